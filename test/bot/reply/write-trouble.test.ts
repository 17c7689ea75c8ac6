import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpstreamError } from '../../../src/errors.ts';
import { log } from '../../../src/log.ts';
import { LeaseLost } from '../../../src/store/threads.ts';
import { fakeSlack } from './fake-slack.ts';
import { pass, refused, startReply } from './start-reply.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  log.level = 'silent';
});
afterEach(() => void vi.useRealTimers());

describe('what Slack refuses', () => {
  it.each([
    ['blocks once', [refused('blocks-refused', 'invalid_blocks')], 'section'],
    [
      'blocks twice',
      Array.from({ length: 2 }, () => refused('blocks-refused', 'msg_blocks_too_long')),
      'none',
    ],
    ['in a way nobody has heard of', [refused('other', 'purple_monday')], 'section'],
  ])('%s goes again, plainer, and stays so', async (_, refusals, expected) => {
    const { slack, say, end } = startReply();
    await pass(200);
    for (const refusal of refusals) slack.fail('update', refusal);
    say('**Seven**');
    await pass(1_500);
    say(' orders.');
    const done = end();
    await pass(1_000);
    await done;
    const [shown] = slack.messages.values();
    expect(shown?.message.blocks[0]?.type ?? 'none').toBe(expected);
    expect(slack.texts()[0]).toContain('orders.');
    expect(slack.made('update')).toHaveLength(refusals.length + 2);
  });

  it('as gone is posted anew, once', async () => {
    const { slack, say, end, saved } = startReply();
    await pass(200);
    slack.messages.clear();
    say('Seven.');
    const done = end();
    await pass(1_000);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
    expect(saved.at(-1)).toBe('0 posted 2.000');
  });

  it('as no longer editable is posted anew, and the old message is not taken for the new one', async () => {
    const { slack, say, end, saved } = startReply();
    await pass(200);
    slack.fail('update', refused('gone', 'edit_window_closed'));
    slack.fail('post', 'lost');
    say('Seven.');
    const done = end();
    await pass(30_000);
    await done;
    expect(slack.texts()).toEqual(['Thinking…', 'Seven.']);
    expect(saved.at(-1)).toBe('0 posted 2.000');
  });

  it.each<[string, (slack: ReturnType<typeof fakeSlack>) => void]>([
    ['posts', (slack) => slack.fail('post', refused('gone', 'is_archived'))],
    [
      'edits and posts',
      (slack) => {
        slack.fail('update', refused('gone'));
        slack.fail('post', refused('gone'));
      },
    ],
    ['edits again and again', (slack) => slack.fail('update', refused('gone'), 2)],
    ['the token', (slack) => slack.fail('update', refused('auth', 'token_revoked'))],
    ['everything', (slack) => slack.fail('update', refused('other'), 99)],
  ])('for good (%s) makes finish fail, and nothing hangs', async (name, refuse) => {
    const slack = fakeSlack();
    if (name === 'posts') refuse(slack);
    const { say, end } = startReply({ slack });
    await pass(200);
    if (name !== 'posts') refuse(slack);
    say('Seven');
    await pass(5_000);
    say(' orders.');
    const done = end();
    await pass(120_000);
    await expect(done).rejects.toThrow(UpstreamError);
    await expect(done).rejects.toThrow('undeliverable');
  });

  it('for ten minutes is given up', async () => {
    const { slack, say, end } = startReply();
    await pass(200);
    slack.fail('update', refused('unreachable'), 9_999);
    say('Seven.');
    const done = end();
    await pass(590_000);
    expect(slack.made('update').length).toBeGreaterThan(15);
    expect(slack.made('update').length).toBeLessThan(40);
    await pass(60_000);
    await expect(done).rejects.toThrow('undeliverable');
  });
});

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
