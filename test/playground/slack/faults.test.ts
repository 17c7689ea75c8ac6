import { describe, expect, it } from 'vitest';
import { Faults } from '../../../playground/slack/faults.ts';
import { RateLimits } from '../../../playground/slack/rate-limits.ts';
import { clientOf, start } from './slack-fixture.ts';

describe('which calls a fault hits', () => {
  const hits = (method: string, fault: object, calls: number) => {
    const faults = new Faults();
    faults.add({ method, ...fault });
    return Array.from({ length: calls }, () => (faults.hit('chat.update') ? 1 : 0)).join('');
  };
  it.each([
    ['chat.update', {}, '1111'],
    ['chat.*', {}, '1111'],
    ['*', {}, '1111'],
    ['chat.postMessage', {}, '0000'],
    ['chat.update', { count: 2 }, '11000'],
    ['chat.update', { share: 0.5 }, '010101'],
    ['chat.update', { share: 1 / 3 }, '001001001'],
    ['chat.update', { share: 0.5, count: 1 }, '010000'],
    ['chat.update', { share: 0 }, '0000'],
  ])('%s %j: %s', (method, fault, expected) => {
    expect(hits(method, fault, expected.length)).toBe(expected);
  });
});

describe('a call that is hit', () => {
  const post = { channel: 'C0DATA', text: 'x' };

  it('gets 429 with the seconds to wait, once', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', status: 429, retryAfter: 7, count: 1 });
    const client = clientOf(slack);
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 7 });
    expect((await client.chat.postMessage(post)).ok).toBe(true);
  });

  it('gets 500 and has no effect', async () => {
    await using slack = await start();
    const end = slack.fault({ method: '*', status: 500 });
    const client = clientOf(slack);
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ statusCode: 500 });
    end();
    expect(slack.messages('#data')).toEqual([]);
    expect((await client.chat.postMessage(post)).ok).toBe(true);
  });

  it('gets any error on request', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', error: 'is_archived' });
    await expect(clientOf(slack).chat.postMessage(post)).rejects.toThrow('is_archived');
  });

  it('has its effect although the reply is lost', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', lostReply: true, count: 1 });
    await expect(clientOf(slack).chat.postMessage(post)).rejects.toThrow();
    expect(slack.messages('#data').map((one) => one.text)).toEqual(['x']);
    expect(slack.traffic()[0]).toMatchObject({ answer: { ok: true } });
  });

  it('may hang, and neither has an effect nor keeps the server from closing', async () => {
    const slack = await start();
    slack.fault({ method: 'chat.postMessage', hang: true });
    const call = clientOf(slack, { timeout: 50 }).chat.postMessage(post);
    await expect(call).rejects.toThrow();
    expect(slack.messages('#data')).toEqual([]);
    await slack.close();
  });

  it('takes effect late, and others do not wait for it', async () => {
    await using slack = await start();
    slack.fault({ method: 'chat.postMessage', delayMs: 60, count: 1 });
    const client = clientOf(slack);
    const slow = client.chat.postMessage(post);
    await slack.until(() => slack.traffic().length === 1);
    await client.chat.postMessage({ ...post, text: 'quick' });
    await slow;
    expect(slack.messages('#data').map((one) => one.text)).toEqual(['quick', 'x']);
    const [entry] = slack.traffic();
    expect(Number(entry?.appliedAt) - Number(entry?.at)).toBeGreaterThanOrEqual(59);
  });
});

describe('rates', () => {
  it.each([
    ['chat.update', 20, 2],
    ['chat.postMessage', 5, 1],
  ])('%s: %i at once, then wait %i s', (method, burst, seconds) => {
    const limits = new RateLimits();
    for (let i = 0; i < burst; i += 1) expect(limits.take(method, 'C1', 0)).toBe(0);
    expect(limits.take(method, 'C1', 0)).toBe(seconds);
    expect(limits.take(method, 'C1', seconds * 1000)).toBe(0);
  });

  it('are kept per channel for posts, per workspace for edits', () => {
    const limits = new RateLimits();
    const drain = (method: string) => {
      while (limits.take(method, 'C1', 0) === 0);
      return limits.take(method, 'C2', 0);
    };
    expect(drain('chat.postMessage')).toBe(0);
    expect(drain('chat.update')).toBeGreaterThan(0);
  });

  it('answer 429 to a real client when they are switched on', async () => {
    await using slack = await start({ rateLimits: true });
    const client = clientOf(slack);
    const calls = Array.from({ length: 8 }, () =>
      client.chat.postMessage({ channel: 'C0DATA', text: 'x' }),
    );
    const results = await Promise.allSettled(calls);
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(5);
  });
});
