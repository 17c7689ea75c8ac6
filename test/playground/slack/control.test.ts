import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../playground/slack/control-types.ts';
import { type Slack, startSlack } from '../../../playground/slack/server.ts';
import { clientOf, start } from './slack-fixture.ts';

const post = async (slack: Slack, name: string, body: unknown) => {
  const response = await fetch(`${slack.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return [response.status, await response.json()];
};

describe('the control API over HTTP', () => {
  it('lets people talk and shows what each of them sees', async () => {
    await using slack = await start();
    const [status, said] = await post(slack, 'say', {
      user: '@dana',
      channel: '#leadership',
      text: 'psst',
    });
    expect([status, said]).toEqual([200, { ok: true, ts: expect.stringMatching(/^\d+\.\d{6}$/) }]);
    const state = async (user: string) =>
      (await fetch(`${slack.url}/control/state?user=${user}`)).json();
    expect((await state('U0DANA')).messages.G0LEADERS).toMatchObject([{ text: 'psst' }]);
    expect((await state('U0LUIS')).messages.G0LEADERS).toBeUndefined();
    expect((await state('U0GWEN')).channels.map((one: { name: string }) => one.name)).toEqual([
      'general',
      '',
    ]);
  });

  it.each([
    ['an unknown person', { user: '@nobody', channel: '#data', text: 'x' }, 'user_not_found'],
    ['an unknown channel', { user: '@dana', channel: '#nowhere', text: 'x' }, 'channel_not_found'],
    [
      'a channel they are not in',
      { user: '@mei', channel: '#finance', text: 'x' },
      'not_in_channel',
    ],
    ['someone who left', { user: '@walt', channel: '#data', text: 'x' }, 'account_inactive'],
    ['nothing to say', { user: '@dana', channel: '#data', text: '' }, 'no_text'],
    ['too much', { user: '@dana', channel: '#data', text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['a wrong type', { user: '@dana', channel: '#data', text: 7 }, 'invalid_arguments'],
    ['no body', null, 'invalid_arguments'],
  ])('refuses %s', async (_name, body, error) => {
    await using slack = await start();
    expect(await post(slack, 'say', body)).toMatchObject([400, { ok: false, error }]);
  });

  it.each([
    ['fault', { method: 'chat.update', staus: 500 }, 'Unrecognized key: "staus"'],
    ['limits', { rate: false }, 'Unrecognized key: "rate"'],
    ['say', null, 'Invalid input: expected object, received null'],
    ['say', { user: '@dana', channel: '#data' }, 'text: Invalid input'],
  ])('says what is wrong with a %s of %j', async (name, body, sentence) => {
    await using slack = await start();
    const [, answer] = await post(slack, name, body);
    expect(answer.message).toMatch(`invalid_arguments: ${sentence}`);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a name that points here', { host: 'evil.example' }, 403],
    ['its own page', {}, 200],
  ])('answers %s', async (_name, headers, expected) => {
    await using slack = await start();
    const { port } = new URL(slack.url);
    const own = { host: `127.0.0.1:${port}`, origin: slack.url };
    const status = await new Promise((resolve) => {
      const path = '/control/state?user=U0DANA';
      request({ port, path, headers: { ...own, ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(expected);
  });

  it('does not take forms, which other sites could send', async () => {
    await using slack = await start();
    const body = new URLSearchParams({ user: '@dana', channel: '#data', text: 'x' });
    const response = await fetch(`${slack.url}/control/say`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ ok: false, error: 'invalid_content_type' });
  });

  it('streams what this person sees change', async () => {
    await using slack = await start();
    const response = await fetch(`${slack.url}/control/stream?user=U0LUIS`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const changes = async (count: number): Promise<Change[]> => {
      while (text.split('\n\n').length <= count) text += (await reader?.read())?.value ?? '';
      return text
        .split('\n\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line.slice('data: '.length)));
    };
    expect(await changes(1)).toEqual([{ type: 'hello' }]);
    slack.say('@dana', '#leadership', 'not for Luis');
    const { ts } = await clientOf(slack).chat.postMessage({ channel: 'C0DATA', text: 'v1' });
    await clientOf(slack).chat.update({ channel: 'C0DATA', ts: String(ts), text: 'v2' });
    slack.say('@luis', 'dm', 'bye');
    expect(await changes(4)).toMatchObject([
      { type: 'hello' },
      { type: 'message', message: { text: 'v1', ts } },
      { type: 'message', message: { text: 'v2', ts } },
      { type: 'message', message: { text: 'bye' } },
    ]);
    await reader?.cancel();
  });

  it('makes and ends faults', async () => {
    await using slack = await start();
    const [, { id }] = await post(slack, 'fault', { method: 'auth.test', status: 503 });
    await expect(clientOf(slack).auth.test()).rejects.toThrow();
    await post(slack, 'unfault', { id });
    expect((await clientOf(slack).auth.test()).ok).toBe(true);
    const { traffic } = await (await fetch(`${slack.url}/control/traffic`)).json();
    expect(traffic).toMatchObject([
      { method: 'auth.test', status: 503 },
      { method: 'auth.test', status: 200 },
    ]);
    expect(JSON.stringify(traffic)).not.toContain(slack.env.SLACK_BOT_TOKEN);
  });
});

describe('waiting', () => {
  it('resolves with a message that is there, that comes, or that changes to fit', async () => {
    await using slack = await start();
    const root = slack.say('@dana', '#data', 'question');
    const query = { channel: '#data', thread_ts: root };
    expect((await slack.waitFor({ ...query, matches: 'quest' })).ts).toBe(root);
    const coming = slack.waitFor({ ...query, matches: /answer \d+/, user: '@connector' });
    const client = clientOf(slack);
    const { ts } = await client.chat.postMessage({ channel: 'C0DATA', thread_ts: root, text: '…' });
    const blocks = [{ type: 'markdown' as const, text: 'the answer 42' }];
    await client.chat.update({ channel: 'C0DATA', ts: String(ts), text: 'short', blocks });
    expect((await coming).ts).toBe(ts);
  });

  it('ends with what was said instead, and with the server', async () => {
    await using slack = await start();
    slack.say('@dana', '#data', 'something else');
    await expect(slack.waitFor({ channel: '#data', matches: 'never' }, 20)).rejects.toThrow(
      'something else',
    );
    const waiting = expect(slack.waitFor({ channel: '#data', matches: 'never' })).rejects.toThrow();
    await slack.close();
    await waiting;
  });
});

describe('starting', () => {
  it('serves a built page and nothing beside it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'page-'));
    await writeFile(join(root, 'index.html'), '<title>Page</title>');
    await writeFile(`${root}-secret`, 'secret');
    await using slack = await start({ webRoot: root });
    const get = async (path: string) => (await fetch(`${slack.url}${path}`)).text();
    expect(await get('/')).toBe('<title>Page</title>');
    const outside = `/..%2f${encodeURIComponent(`${root.split('/').pop()}-secret`)}`;
    expect(await get(outside)).toBe('Not found.');
    expect(await get('/%00')).toBe('Not found.');
    await rm(root, { recursive: true });
    await rm(`${root}-secret`);
  });

  it('says in one sentence that the port is taken', async () => {
    await using slack = await start();
    const port = Number(new URL(slack.url).port);
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken.`);
  });

  it.each([
    [
      { features: { slash_commands: [{ command: 'datasource' }] } },
      'features.slash_commands.0.command',
    ],
    [{ settings: { event_subscriptions: { bot_events: 'all' } } }, 'bot_events'],
    [[], 'its top'],
  ])('says where a manifest is broken: %j', async (manifest, place) => {
    await expect(startSlack({ manifest })).rejects.toThrow(place);
  });
});

it('forgets the oldest calls and deliveries', async () => {
  await using slack = await start({ keep: 3 });
  for (let i = 0; i < 10; i += 1) await clientOf(slack).apiCall('api.test', { i });
  expect(slack.traffic().map((one) => one.args.i)).toEqual(['7', '8', '9']);
});
