import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../../src/log.ts';
import { LeaseLost } from '../../../src/store/threads.ts';
import { fakeSlack } from './fake-slack.ts';
import { pass, startReply } from './start-reply.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  log.level = 'silent';
});
afterEach(() => void vi.useRealTimers());

describe('a lost thread', () => {
  it('ends the reply before the next call', async () => {
    const { slack, say, end, lease } = startReply();
    await pass(200);
    lease.live = false;
    say('Seven.');
    const done = end();
    await pass(1_000);
    await expect(done).rejects.toThrow(LeaseLost);
    expect(slack.texts()).toEqual(['Thinking…']);
    expect(slack.statuses).toEqual(['is thinking…', '']);
  });

  it('ends it at once, also while it waits', async () => {
    const { slack, say, end, controller } = startReply({
      grant: ({ kind }) => (kind === 'final' ? 60_000 : 0),
    });
    await pass(200);
    say('Seven.');
    const done = end();
    await pass(10);
    controller.abort(new LeaseLost('gone'));
    await pass(110);
    await expect(done).rejects.toThrow(LeaseLost);
    expect(slack.statuses).toEqual(['is thinking…']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps a post from happening whose intent could not be stored', async () => {
    const slack = fakeSlack();
    const { end, lease } = startReply({ slack });
    lease.storeFails = new Error('redis');
    await pass(3_000);
    expect(slack.calls).toEqual([]);
    lease.storeFails = new LeaseLost('gone');
    const done = end();
    await pass(10_000);
    await expect(done).rejects.toThrow(LeaseLost);
    expect(slack.calls).toEqual([]);
  });
});

describe('a shutdown', () => {
  it.each<
    [string, Parameters<typeof startReply>[0], (reply: ReturnType<typeof startReply>) => void]
  >([
    ['waits for the budget', { grantDelay: 1_000_000_000 }, () => {}],
    [
      'waits for the store',
      {},
      ({ lease }) => {
        lease.storing = new Promise(() => {});
      },
    ],
    ['waits for Slack', { slack: fakeSlack(9_000) }, () => {}],
  ])(
    'ends a reply at once that %s, and nothing is sent afterwards',
    async (_, setting, prepare) => {
      const reply = startReply(setting);
      prepare(reply);
      reply.say('Seven.');
      const done = reply.end();
      await pass(500);
      const before = reply.slack.calls.length;
      reply.controller.abort(new Error('shutdown'));
      await pass(0);
      await expect(done).rejects.toThrow('shutdown');
      reply.say(' More.');
      await pass(60_000);
      expect(reply.slack.calls).toHaveLength(before);
    },
  );

  it('keeps a post from happening whose intent is stored only afterwards', async () => {
    const { slack, controller, lease, end } = startReply();
    let store = () => {};
    lease.storing = new Promise((resolve) => {
      store = resolve;
    });
    const done = end();
    await pass(100);
    controller.abort(new Error('shutdown'));
    store();
    await pass(1_000);
    await expect(done).rejects.toThrow('shutdown');
    expect(slack.calls).toEqual([]);
  });
});
