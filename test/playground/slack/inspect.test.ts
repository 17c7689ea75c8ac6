import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Inspection } from '../../../playground/slack/control-types.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { clientOf, start } from './slack-fixture.ts';

/** Reads the inspector's stream until it is disposed. */
async function inspect(slack: Slack) {
  const closing = new AbortController();
  const response = await fetch(`${slack.url}/control/inspect`, { signal: closing.signal });
  const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Inspection> => {
    while (!text.includes('\n\n')) {
      const { value, done } = (await lines?.read()) ?? { done: true, value: undefined };
      if (done) throw new Error('The stream has ended.');
      text += value;
    }
    const [event = '', ...rest] = text.split('\n\n');
    text = rest.join('\n\n');
    return event.startsWith('data: ') ? JSON.parse(event.slice('data: '.length)) : next();
  };
  return {
    next,
    /** Skips to the first of a kind that passes. */
    async until<T extends Inspection['type']>(
      type: T,
      passes: (one: Extract<Inspection, { type: T }>) => boolean = () => true,
    ): Promise<Extract<Inspection, { type: T }>> {
      for (;;) {
        const one = await next();
        if (one.type === type && passes(one as Extract<Inspection, { type: T }>))
          return one as Extract<Inspection, { type: T }>;
      }
    },
    [Symbol.dispose]: () => closing.abort(),
  };
}

describe('the inspector', () => {
  let slack: Slack;
  beforeAll(async () => {
    slack = await start({ limits: { rates: true } });
  });
  afterAll(() => slack.close());
  beforeEach(() => slack.limits({ scopes: true }));

  it('is told what there was, then a call when it comes in and when it is answered', async () => {
    const client = clientOf(slack);
    await client.auth.test();
    using inspector = await inspect(slack);
    const hello = await inspector.next();
    expect(hello).toMatchObject({ type: 'hello', limits: { rates: true }, faults: [] });
    if (hello.type !== 'hello') throw new Error('no hello');
    expect(hello.calls.map(({ method }) => method)).toContain('auth.test');
    await client.users.info({ user: 'U0DANA' });
    const { call } = await inspector.until('call');
    expect(call).toMatchObject({
      method: 'users.info',
      args: { user: 'U0DANA' },
      app_id: 'A0CONNECTOR',
    });
    expect(call.answer).toBeUndefined();
    const answered = await inspector.until('call');
    expect(answered.call).toMatchObject({ id: call.id, status: 200, answer: { ok: true } });
  });

  it('shows no whole token', async () => {
    using inspector = await inspect(slack);
    const body = new URLSearchParams({ token: slack.env.SLACK_BOT_TOKEN, user: 'U0DANA' });
    await fetch(`${slack.env.SLACK_API_URL}users.info`, { method: 'POST', body });
    await clientOf(slack).auth.test();
    const { call } = await inspector.until('call', ({ call: one }) => one.method === 'auth.test');
    expect(JSON.stringify(call)).not.toContain(slack.env.SLACK_BOT_TOKEN);
    const all = JSON.stringify(slack.traffic());
    expect(all).toContain('users.info');
    expect(all).not.toContain(slack.env.SLACK_BOT_TOKEN);
  });

  it('sees deliveries, budgets, limits and faults change', async () => {
    using inspector = await inspect(slack);
    await inspector.next();
    slack.limits({ scopes: false });
    expect((await inspector.until('limits')).limits.scopes).toBe(false);
    const end = slack.fault({ method: 'chat.*', count: 3 });
    expect((await inspector.until('faults')).faults).toMatchObject([
      { method: 'chat.*', count: 3 },
    ]);
    end();
    expect((await inspector.until('faults')).faults).toEqual([]);
    slack.say('@dana', '#data', 'hello');
    expect((await inspector.until('delivery')).delivery).toMatchObject({ type: 'message' });
    await clientOf(slack).auth.test();
    const { rates } = await inspector.until('rates');
    expect(rates.map(({ method }) => method)).toContain('auth.test');
  });

  it('is dropped when it reads no more', async () => {
    const { host, port } = new URL(slack.url);
    const reader = connect(Number(port), '127.0.0.1');
    reader.write(`GET /control/inspect HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    reader.pause();
    const body = `a=${'x'.repeat(3_000_000)}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (let i = 0; i < 4; i += 1)
      await fetch(`${slack.env.SLACK_API_URL}api.test`, { method: 'POST', headers, body });
    const closed = once(reader, 'close');
    reader.on('error', () => {}).resume();
    await closed;
  });

  it('is not for other sites', async () => {
    const headers = { origin: 'https://elsewhere.test' };
    expect((await fetch(`${slack.url}/control/inspect`, { headers })).status).toBe(403);
  });
});
