import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { clientOf, refusal, start } from './slack-fixture.ts';

let slack: Slack;
beforeAll(async () => {
  slack = await start();
});
afterAll(() => slack.close());

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

const upgrade = 'connection: upgrade\r\nupgrade: websocket';

async function call(method: string, contentType: string, body: string) {
  const headers = {
    'content-type': contentType,
    authorization: `Bearer ${slack.env.SLACK_BOT_TOKEN}`,
  };
  const response = await fetch(`${slack.env.SLACK_API_URL}${method}`, {
    method: 'POST',
    headers,
    body,
  });
  const answer = (await response.json()) as { ok: boolean; error?: string };
  return answer.error ?? 'not refused';
}

describe('a broken call', () => {
  it.each([
    ['cut JSON', 'chat.postMessage', json, '{"channel":"C0D', 'invalid_json'],
    ['a JSON array', 'chat.postMessage', json, '[]', 'invalid_json'],
    ['JSON null', 'chat.postMessage', json, 'null', 'invalid_json'],
    ['nothing', 'chat.postMessage', form, '', 'channel_not_found'],
    [
      'blocks that are no JSON',
      'chat.postMessage',
      form,
      'channel=C0DATA&blocks=[{',
      'invalid_blocks_format',
    ],
    [
      'blocks that are a number',
      'chat.postMessage',
      form,
      'channel=C0DATA&blocks=7',
      'invalid_blocks',
    ],
    [
      'metadata without a type',
      'chat.postMessage',
      json,
      '{"channel":"C0DATA","text":"x","metadata":{}}',
      'invalid_metadata_format',
    ],
    [
      'a channel that objects inherit',
      'chat.postMessage',
      form,
      'channel=__proto__&text=x',
      'channel_not_found',
    ],
    [
      'a channel that is an object',
      'chat.postMessage',
      json,
      '{"channel":{},"text":"x"}',
      'channel_not_found',
    ],
    ['a stray cursor', 'users.list', form, 'cursor=zzz', 'invalid_cursor'],
    ['a strange limit', 'users.list', form, 'limit=-Infinity', 'invalid_limit'],
    ['no user', 'users.info', form, '', 'user_not_found'],
    ['no view', 'views.publish', form, 'user_id=U0DANA', 'invalid_arguments'],
    [
      'an unknown trigger',
      'views.open',
      json,
      '{"trigger_id":"1.2","view":{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"divider"}]}}',
      'invalid_trigger_id',
    ],
    [
      'an emoji with spaces',
      'reactions.add',
      form,
      'channel=C0DATA&timestamp=1.0&name=a%20b',
      'message_not_found',
    ],
    [
      'a file of no size',
      'files.getUploadURLExternal',
      form,
      'filename=a&length=0',
      'missing_argument',
    ],
    ['a file that nobody knows', 'files.info', form, 'file=F0', 'file_not_found'],
    ['an empty method', '', form, '', 'unknown_method'],
    ['a method that objects inherit', '__proto__', form, '', 'unknown_method'],
  ])('is refused with a word of Slack: %s', async (_name, method, type, body, error) => {
    expect(await call(method, type, body)).toBe(error);
  });

  it.each([
    ['cut half-way', 'POST /api/chat.postMessage HTTP/1.1', 'content-length: 99', 'abc'],
    ['to a broken address', 'GET // HTTP/1.1', 'connection: close', ''],
    ['for a socket at a broken address', 'GET // HTTP/1.1', upgrade, ''],
    ['that is no HTTP', 'hello', 'there', ''],
  ])('%s leaves the server standing', async (_name, line, header, body) => {
    const { port } = new URL(slack.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.end(`${line}\r\nhost: x\r\n${header}\r\n\r\n${body}`);
      });
      socket.on('close', () => resolve());
      socket.resume();
    });
    expect((await clientOf(slack).auth.test()).ok).toBe(true);
  });

  it('does not take bytes of another length, nor twice, nor for no file', async () => {
    const client = clientOf(slack);
    const { upload_url } = await client.files.getUploadURLExternal({ filename: 'a', length: 3 });
    const put = async (url: string, body: string) =>
      (await fetch(url, { method: 'POST', body })).status;
    expect(await put(String(upload_url), 'four')).toBe(400);
    expect(await put(String(upload_url), 'abc')).toBe(200);
    expect(await put(String(upload_url), 'abc')).toBe(400);
    expect(await put(`${slack.url}/upload/v1/F0`, 'abc')).toBe(400);
  });
});

describe('strange text', () => {
  it.each([
    ['NUL', 'a\0b'],
    ['emoji', '👩‍🚀'.repeat(1000)],
    ['markup', '<script>alert(1)</script>'],
    ['bidi', '\u202Eabc'],
  ])('comes through as it is: %s', async (_name, text) => {
    const { message } = await clientOf(slack).chat.postMessage({ channel: 'C0DATA', text });
    expect(message?.text).toBe(text);
  });
});

describe('a Slack without the agent feature', () => {
  it('knows statuses, and refuses sessions and prompts', async () => {
    await using classic = await start({ manifest: { features: {} } });
    const client = clientOf(classic);
    const thread_ts = classic.say('@dana', '#data', 'hi');
    const thread = { channel_id: 'C0DATA', thread_ts };
    const status = client.assistant.threads.setStatus({ ...thread, status: 'x' });
    const session = client.apiCall('agents.sessions.setStatus', {
      ...thread,
      status: 'processing',
    });
    const prompts = client.apiCall('assistant.threads.setSuggestedPrompts', {
      ...thread,
      prompts: [],
    });
    expect(await Promise.all([status, session, prompts].map(refusal))).toEqual([
      'not refused',
      'feature_disabled',
      'not_agent_app',
    ]);
  });
});

it('applies a call after the delay and answers then, noting each time', async () => {
  await using slow = await start({ delayMs: 40 });
  await clientOf(slow).chat.postMessage({ channel: 'C0DATA', text: 'x', unfurl_links: false });
  const [entry] = slow.traffic();
  expect(entry).toMatchObject({ args: { text: 'x', unfurl_links: 'false' }, status: 200 });
  const [at, applied, answered] = [entry?.at, entry?.appliedAt, entry?.answeredAt].map(Number);
  expect(Number(applied) - Number(at)).toBeGreaterThanOrEqual(39);
  expect(Number(answered)).toBeGreaterThanOrEqual(Number(applied));
});
