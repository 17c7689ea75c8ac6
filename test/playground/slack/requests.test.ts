import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { start } from './slack-fixture.ts';

let slack: Slack;
beforeAll(async () => {
  slack = await start();
});
afterAll(() => slack.close());

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

interface Answer {
  ok: boolean;
  error?: string;
  args?: Record<string, unknown>;
  response_metadata?: { messages?: string[] };
}

async function send(method: string, init: RequestInit, query = ''): Promise<Answer> {
  const headers = { authorization: `Bearer ${slack.env.SLACK_BOT_TOKEN}`, ...init.headers };
  const url = `${slack.env.SLACK_API_URL}${method}${query}`;
  return (await (await fetch(url, { ...init, headers })).json()) as Answer;
}

const post = (body: RequestInit['body'], type?: string) =>
  send('api.test', {
    method: 'POST',
    body: body ?? null,
    ...(type && { headers: { 'content-type': type } }),
  });

describe('arguments come through', () => {
  const multipart = new FormData();
  multipart.set('foo', 'bar é');
  it.each([
    ['in a form', () => post('foo=bar+%C3%A9', form)],
    ['in a form as plain text', () => post('foo=bar+%C3%A9', 'text/plain')],
    ['in a form in parts', () => post(multipart)],
    ['in JSON', () => post('{"foo":"bar é"}', json)],
    ['in JSON that says its charset', () => post('{"foo":"bar é"}', `${json}; charset=utf-8`)],
    [
      'in Latin-1',
      () => post(Buffer.from('{"foo":"bar é"}', 'latin1'), `${json};charset=ISO-8859-1`),
    ],
    ['in a query', () => send('api.test', {}, '?foo=bar+%C3%A9')],
  ])('%s', async (_name, call) => {
    expect((await call()).args).toMatchObject({ foo: 'bar é' });
  });
});

describe('a request is refused', () => {
  const deep = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  it.each([
    ['in a type that is none', 'a=1', 'image/png', 'invalid_post_type'],
    ['in no type', Buffer.from('a=1'), '', 'missing_post_type'],
    ['in a charset that is none', '{}', `${json}; charset=klingon`, 'invalid_charset'],
    ['that is no JSON', '{"a":', json, 'invalid_json'],
    ['that is nested without end', deep, json, 'invalid_json'],
    ['with parts that are none', 'x', 'multipart/form-data; boundary=b', 'invalid_form_data'],
    ['with names that are none', 'a%20b=1', form, 'invalid_arg_name'],
    ['with a name of 101 characters', `${'a'.repeat(101)}=1`, form, 'invalid_arg_name'],
    ['with an array of PHP', 'a[0]=1', form, 'invalid_array_arg'],
  ])('%s', async (_name, body, type, error) => {
    expect((await post(body, type)).error).toBe(error);
  });

  it('with JSON in a form that is nested without end', async () => {
    const blocks = `[{"type":"divider","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}]`;
    const body = new URLSearchParams({ channel: 'C0DATA', text: 'x', blocks });
    const { ok } = await send('chat.postMessage', { method: 'POST', body });
    expect(ok).toBe(false);
    expect(slack.messages('#data')).toEqual([]);
  });

  it('past 4 MB, unless sizes are switched off', async () => {
    const size = (length: number) =>
      fetch(`${slack.env.SLACK_API_URL}api.test`, {
        method: 'POST',
        headers: { 'content-type': form },
        body: `a=${'x'.repeat(length - 2)}`,
      });
    const MB = 1024 * 1024;
    expect((await size(4 * MB)).status).toBe(200);
    const refused = await size(4 * MB + 1);
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { error: 'request_too_large' },
    ]);
    slack.limits({ sizes: false });
    expect((await size(4 * MB + 1)).status).toBe(200);
    slack.limits({ sizes: true });
  });

  it('past 4 MB in a body that does not say its length, and the connection goes on', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const port = Number(new URL(slack.url).port);
    const post = (size: number) =>
      new Promise<[status: number | undefined, reused: boolean]>((resolve, reject) => {
        const headers = { 'content-type': form, 'transfer-encoding': 'chunked' };
        const path = '/api/api.test';
        const sent = request({ agent, port, path, method: 'POST', headers }, (response) => {
          response.resume().on('end', () => resolve([response.statusCode, sent.reusedSocket]));
        });
        sent.on('error', reject).end(`a=${'x'.repeat(size)}`);
      });
    expect(await post(5 * 1024 * 1024)).toEqual([413, false]);
    expect(await post(5)).toEqual([200, true]);
    agent.destroy();
  });

  it('with a token that nobody has, in a sentence that helps', async () => {
    const answer = await send('auth.test', { headers: { authorization: 'Bearer xoxb-none' } });
    expect(answer.error).toBe('invalid_auth');
    expect(answer.response_metadata?.messages?.[0]).toMatch(
      /^\[ERROR\] no app here has this token/,
    );
  });

  it.each(['not.a.method', '__proto__', 'chat', 'chat.postMessage/', '..%2f'])(
    'to the method %s, which is none',
    async (method) => {
      expect((await send(method, { method: 'POST' })).error).toBe('unknown_method');
    },
  );
});
