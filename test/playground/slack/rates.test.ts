import { describe, expect, it } from 'vitest';
import { RateLimits } from '../../../playground/slack/limits/rate-limits.ts';
import { clientOf, start } from './slack-fixture.ts';

const call = (limits: RateLimits, method: string, at = 0, channel = 'C1', app = 'A1') =>
  limits.take(app, method, channel, at);

/** Takes all there is at one moment. */
function drain(limits: RateLimits, method: string, channel = 'C1', max = 1_000): number {
  let taken = 0;
  while (taken < max && call(limits, method, 0, channel) === 0) taken += 1;
  return taken;
}

describe('how many calls fit, and how long the next one waits', () => {
  it.each([
    ['apps.uninstall', 1, 60],
    ['chat.startStream', 20, 60],
    ['chat.stopStream', 20, 60],
    ['users.list', 20, 60],
    ['chat.update', 50, 60],
    ['conversations.replies', 50, 60],
    ['reactions.add', 50, 60],
    ['agents.sessions.setStatus', 50, 60],
    ['chat.appendStream', 100, 60],
    ['chat.postEphemeral', 100, 60],
    ['views.open', 100, 60],
    ['users.info', 100, 60],
    ['files.completeUploadExternal', 100, 60],
    ['assistant.threads.setStatus', 600, 60],
    ['a.method.nobody.listed', 50, 60],
    ['chat.postMessage', 5, 1],
  ])('%s: %i at once, then %i s', (method, edge, seconds) => {
    const limits = new RateLimits();
    expect(drain(limits, method)).toBe(edge);
    expect(call(limits, method)).toBe(seconds);
    expect(call(limits, method, seconds * 1000 - 1)).toBe(1);
    expect(call(limits, method, seconds * 1000)).toBe(0);
  });

  it('a minute begins with each call, not with the clock', () => {
    const limits = new RateLimits();
    for (let second = 0; second < 50; second += 1)
      expect(call(limits, 'chat.update', second * 1000)).toBe(0);
    expect(call(limits, 'chat.update', 50_000)).toBe(10);
    expect(call(limits, 'chat.update', 60_000)).toBe(0);
    expect(call(limits, 'chat.update', 60_000)).toBe(1);
  });

  it('posts go on at one a second for as long as they like, but not beyond 300 a minute in all', () => {
    const limits = new RateLimits();
    for (let second = 0; second < 300; second += 1)
      expect(call(limits, 'chat.postMessage', second * 1000)).toBe(0);
    const many = new RateLimits();
    const channels = Array.from({ length: 61 }, (_, index) => `C${index}`);
    const taken = channels.map((channel) => drain(many, 'chat.postMessage', channel));
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(300);
  });
});

describe('what is counted by itself', () => {
  it.each([
    ['another channel, for posts', 'chat.postMessage', 'chat.postMessage', 'C2', 'A1', 0],
    ['another channel, for edits', 'chat.update', 'chat.update', 'C2', 'A1', 60],
    ['another app', 'chat.update', 'chat.update', 'C1', 'A2', 0],
    ['another method', 'chat.update', 'chat.delete', 'C1', 'A1', 0],
  ])('%s', (_name, method, next, channel, app, seconds) => {
    const limits = new RateLimits();
    drain(limits, method);
    expect(call(limits, next, 0, channel, app)).toBe(seconds);
  });

  it('a refused call is not counted', () => {
    const limits = new RateLimits();
    drain(limits, 'chat.update');
    for (let i = 0; i < 10; i += 1) call(limits, 'chat.update', 30_000);
    expect(call(limits, 'chat.update', 60_000)).toBe(0);
  });
});

describe('gauges', () => {
  it('show the budgets in use, the fullest first, and until when a full one is', () => {
    const limits = new RateLimits();
    call(limits, 'chat.update', 1_000);
    drain(limits, 'chat.startStream');
    expect(limits.gauges(1_000)).toEqual([
      {
        app_id: 'A1',
        method: 'chat.startStream',
        limit: 20,
        windowMs: 60_000,
        used: 20,
        blockedUntil: 60_000,
      },
      { app_id: 'A1', method: 'chat.update', limit: 50, windowMs: 60_000, used: 1 },
    ]);
    expect(limits.gauges(60_500).map(({ method }) => method)).toEqual(['chat.update']);
    expect(limits.gauges(61_000)).toEqual([]);
  });

  it('name the channel where Slack counts by channel', () => {
    const limits = new RateLimits();
    call(limits, 'chat.postMessage');
    const [first] = limits.gauges(0);
    expect(first).toMatchObject({ channel: 'C1', limit: 5, windowMs: 5_000, used: 1 });
  });

  it('stay few, whatever is called', () => {
    const limits = new RateLimits();
    for (let i = 0; i < 10_000; i += 1) call(limits, `made.up${i}`, i, `C${i}`.repeat(1000));
    expect(limits.gauges(10_000)).toHaveLength(200);
  });
});

describe('a real client', () => {
  const posts = (client: ReturnType<typeof clientOf>, count: number) =>
    Promise.allSettled(
      Array.from({ length: count }, () =>
        client.chat.postMessage({ channel: 'C0DATA', text: 'x' }),
      ),
    );

  it('is told to wait, and sees nothing of its refused calls', async () => {
    await using slack = await start({ limits: { rates: true } });
    const results = await posts(clientOf(slack), 8);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ retryAfter: 1 });
    expect(slack.messages('#data')).toHaveLength(5);
    const { rates } = (await (await fetch(`${slack.url}/control/rates`)).json()) as {
      rates: { method: string; used: number }[];
    };
    expect(rates).toContainEqual(
      expect.objectContaining({ method: 'chat.postMessage', channel: 'C0DATA', used: 5 }),
    );
  });

  it('may do what it likes once rates are switched off', async () => {
    await using slack = await start({ limits: { rates: false } });
    const client = clientOf(slack);
    const fine = async () =>
      (await posts(client, 8)).filter((one) => one.status === 'fulfilled').length;
    expect(await fine()).toBe(8);
    slack.limits({ rates: true });
    expect(await fine()).toBe(5);
    slack.limits({ rates: false });
    expect(await fine()).toBe(8);
  });
});
