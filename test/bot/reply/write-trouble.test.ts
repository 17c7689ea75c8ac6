import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Refusal } from '../../../src/bot/reply/reply-client.ts';
import { UpstreamError } from '../../../src/errors.ts';
import { log } from '../../../src/log.ts';
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
    expect(slack.texts()).toEqual(['Seven.']);
    expect(saved.at(-1)).toBe('0 posted 2.000');
  });

  it.each<[string, Refusal, number]>([
    ['the token, once', refused('auth', 'invalid_auth'), 100],
    ['the channel, for seconds', refused('closed', 'channel_not_found'), 3_000],
    ['the channel as archived', refused('closed', 'is_archived'), 3_000],
    ['everything, for reasons unknown', refused('other', 'purple_monday'), 20_000],
    ['everything, as forbidden', refused('other', 'http_403'), 20_000],
    ['every form', refused('blocks-refused', 'invalid_blocks'), 20_000],
  ])('in mid-answer (%s) is sat out, and the message goes on as it was', async (_, refusal, ms) => {
    const { slack, say, end } = startReply();
    say('one ');
    await pass(1_500);
    slack.fail('update', refusal, 9_999);
    for (let at = 0; at < ms; at += 100) {
      say('two ');
      await pass(100);
    }
    slack.heal();
    await pass(35_000);
    expect(slack.texts()[0]).toMatch(/two $|two$/);
    say('three');
    const done = end();
    await pass(200);
    await done;
    const [shown, ...others] = slack.messages.values();
    expect(others).toEqual([]);
    expect(shown?.message.text).toMatch(/^one two .*three$/);
    expect(shown?.message.blocks[0]?.type).toBe('markdown');
  });

  it.each<[string, Refusal, string]>([
    ['goes plainer', refused('blocks-refused', 'invalid_blocks'), 'section'],
    ['rests shortly', refused('unreachable', 'ECONNREFUSED'), 'markdown'],
  ])(
    'for a while is forgotten when it is over: what is refused later %s',
    async (_, later, form) => {
      const { slack, say } = startReply();
      say('one');
      await pass(1_500);
      slack.fail('update', refused('other', 'purple_monday'), 9_999);
      say(' two');
      await pass(20_000);
      slack.heal();
      await pass(30_000);
      slack.fail('update', later);
      say(' three');
      await pass(5_500); // the gap is 5 s by now, the longest rest 30 s
      const [shown] = slack.messages.values();
      expect(shown?.message.text).toBe('one two three');
      expect(shown?.message.blocks[0]?.type).toBe(form);
    },
  );

  it('of a call under way when the end comes says nothing of the end', async () => {
    const { slack, say, end } = startReply();
    await pass(200);
    slack.fail('update', refused('other', 'purple_monday'));
    say('Seven');
    await pass(50);
    say(' orders.');
    const done = end();
    await pass(200);
    await done;
    const [shown] = slack.messages.values();
    expect(shown?.message).toMatchObject({
      text: 'Seven orders.',
      blocks: [{ type: 'markdown' }],
    });
  });

  it('before the end does not make the end wait', async () => {
    const { slack, say, end } = startReply();
    say('one');
    await pass(1_500);
    slack.fail('update', refused('auth', 'invalid_auth'), 9_999);
    say(' two');
    await pass(40_000);
    slack.heal();
    say(' three');
    const done = end();
    await pass(100);
    await done;
    expect(slack.texts()).toEqual(['one two three']);
  });

  it('before the end does not count at the end', async () => {
    const { slack, say, end } = startReply();
    say('one');
    await pass(1_500);
    slack.fail('update', refused('auth', 'invalid_auth'), 9_999);
    say(' two');
    await pass(40_000);
    const done = end();
    await pass(3_000);
    slack.heal();
    await pass(1_000);
    await done;
    expect(slack.texts()).toEqual(['one two']);
  });

  it.each([
    refused('auth', 'invalid_auth'),
    refused('closed', 'channel_not_found'),
    refused('closed', 'is_archived'),
    refused('other', 'purple_monday'),
  ])('as the first post ($code) is posted again, once', async (refusal) => {
    const slack = fakeSlack();
    slack.fail('post', refusal);
    const { say, end } = startReply({ slack });
    say('Seven.');
    await pass(50);
    const done = end();
    await pass(1_000);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
  });

  it.each<[string, Refusal, number]>([
    ['other', refused('other', 'purple_monday'), 15_000],
    ['closed', refused('closed', 'channel_not_found'), 3_000],
    ['auth', refused('auth', 'invalid_auth'), 3_000],
    ['unreachable', refused('unreachable', 'ECONNREFUSED'), 200_000],
  ])('for a while at the end (%s) is sat out', async (_, refusal, ms) => {
    const { slack, say, end } = startReply();
    await pass(200);
    slack.fail('update', refusal, 9_999);
    say('Seven.');
    const done = end();
    await pass(ms);
    slack.heal();
    await pass(35_000);
    await done;
    const [shown] = slack.messages.values();
    expect(shown?.message).toMatchObject({ text: 'Seven.', blocks: [{ type: 'markdown' }] });
  });

  it.each<[string, Refusal, number, number]>([
    ['archived', refused('closed', 'is_archived'), 1, 150],
    ['not a member', refused('closed', 'not_in_channel'), 1, 150],
    ['token revoked', refused('auth', 'token_revoked'), 1, 150],
    ['not there', refused('closed', 'channel_not_found'), 2, 10_000],
    ['token unknown', refused('auth', 'invalid_auth'), 2, 10_000],
    ['unknown', refused('other', 'purple_monday'), 5, 90_000],
    ['every form', refused('blocks-refused', 'invalid_blocks'), 5, 90_000],
  ])('at the end for good (%s) is given up in good time', async (_, refusal, tries, ms) => {
    const { slack, say, end } = startReply();
    await pass(200);
    slack.fail('update', refusal, 9_999);
    slack.fail('post', refusal, 9_999);
    say('Seven.');
    const done = end();
    await pass(ms);
    await expect(done).rejects.toThrow(`undeliverable: ${refusal.code}`);
    const calls = slack.made('update');
    expect(calls.length).toBeGreaterThanOrEqual(tries);
    expect(calls.length).toBeLessThanOrEqual(10);
    if (tries > 2) expect((calls.at(-1)?.at ?? 0) - 200).toBeGreaterThan(20_000);
  });

  it.each<[string, (slack: ReturnType<typeof fakeSlack>) => void]>([
    ['posts', (slack) => slack.fail('post', refused('closed', 'is_archived'), 99)],
    [
      'edits and posts',
      (slack) => {
        slack.fail('update', refused('gone'), 99);
        slack.fail('post', refused('gone'), 99);
      },
    ],
    ['the token', (slack) => slack.fail('update', refused('auth', 'token_revoked'), 99)],
    [
      'everything',
      (slack) => {
        slack.fail('update', refused('other'), 99);
        slack.fail('post', refused('other'), 99);
      },
    ],
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
