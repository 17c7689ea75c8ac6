import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScheduledMessages } from '../../../playground/slack/messages/scheduled-messages.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { agentManifest, startAgent } from './agent-fixture.ts';
import { clientOf, refusal } from './slack-fixture.ts';

let slack: Slack;
let client: WebClient;

/** The clock stands still at a full second. */
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 1000) * 1000 });
  slack = await startAgent({ limits: {} });
  client = clientOf(slack);
});
afterEach(async () => {
  vi.useRealTimers();
  await slack.close();
});

const channel = 'C0DATA';
const day = 24 * 3600;
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** Sets the clock `ms` before a full second; timers run on all the same. Returns that second. */
function shortlyBefore(ms: number): number {
  const second = inSeconds(2);
  vi.setSystemTime(second * 1000 - ms);
  return second;
}

const schedule = (post_at: number | string, more: object = {}) =>
  client.chat.scheduleMessage({ channel, text: 'later', post_at, ...more });
const remove = (scheduled_message_id: string) =>
  refusal(client.chat.deleteScheduledMessage({ channel, scheduled_message_id }));
const waiting = async (args: object = {}) =>
  (await client.chat.scheduledMessages.list(args)).scheduled_messages?.map((one) => one.text);

describe('a scheduled message', () => {
  it('is posted in its time, into its thread, and told to the app', async () => {
    const thread_ts = slack.say('@dana', '#data', 'remind me');
    const answer = await schedule(shortlyBefore(20), { thread_ts });
    expect(answer).toMatchObject({ channel, message: { text: 'later', type: 'delayed_message' } });
    const message = await slack.waitFor({ channel: '#data', thread_ts, matches: 'later' });
    expect(message).toMatchObject({ user: slack.bot.userId, thread_ts });
    expect(await waiting()).toEqual([]);
    expect(slack.deliveries().at(-1)?.body.event).toMatchObject({ text: 'later', thread_ts });
  });

  it('is not posted where it must not stand any more', async () => {
    const soon = shortlyBefore(400);
    await schedule(soon);
    slack.leave(slack.bot.userId, '#data');
    await schedule(soon, { channel: 'C0GENERAL', text: 'witness' });
    await slack.waitFor({ channel: '#general', matches: 'witness' });
    expect(slack.messages('#data').map((one) => one.text)).not.toContain('later');
  });

  it('waits in the order of time, until it is deleted', async () => {
    const later = await schedule(inSeconds(200), { text: 'second' });
    await schedule(inSeconds(100), { text: 'first' });
    await schedule(inSeconds(150), { channel: 'C0GENERAL', text: 'elsewhere' });
    expect(await waiting()).toEqual(['first', 'elsewhere', 'second']);
    expect(await waiting({ channel })).toEqual(['first', 'second']);
    expect(await waiting({ latest: inSeconds(170) })).toEqual(['first', 'elsewhere']);
    expect(await waiting({ oldest: inSeconds(170) })).toEqual(['second']);
    expect(await waiting({ limit: 1 })).toEqual(['first']);
    const id = String(later.scheduled_message_id);
    expect([await remove(id), await remove(id)]).toEqual([
      'not refused',
      'invalid_scheduled_message_id',
    ]);
    expect(await waiting({ channel })).toEqual(['first']);
  });

  it('belongs to its app', async () => {
    const second = slack.install(agentManifest);
    const id = String((await schedule(inSeconds(100))).scheduled_message_id);
    const other = clientOf({ ...slack, env: second.env });
    const args = { channel, scheduled_message_id: id };
    expect((await other.chat.scheduledMessages.list()).scheduled_messages).toEqual([]);
    expect(await refusal(other.chat.deleteScheduledMessage(args))).toBe(
      'invalid_scheduled_message_id',
    );
  });

  it('cannot be deleted in its last minute', async () => {
    const id = async (post_at: number) => String((await schedule(post_at)).scheduled_message_id);
    expect(await remove(await id(inSeconds(59)))).toBe('invalid_scheduled_message_id');
    expect(await remove(await id(inSeconds(60)))).toBe('not refused');
  });

  it.each([
    ['in the past', () => inSeconds(0), 'time_in_past'],
    ['in 120 days', () => inSeconds(120 * day), 'not refused'],
    ['after 120 days', () => inSeconds(120 * day + 1), 'time_too_far'],
    ['at no time', () => 'noon', 'invalid_time'],
    ['at infinity', () => 'Infinity', 'invalid_time'],
    ['without a time', () => '', 'invalid_arguments'],
  ])('%s: %s', async (_name, time, outcome) => {
    expect(await refusal(schedule(time()))).toBe(outcome);
  });

  it.each([
    ['nothing', { text: '' }, 'no_text'],
    ['a text of 40,001', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['no channel', { channel: 'C0NOWHERE' }, 'channel_not_found'],
  ])('with %s is refused at once', async (_name, args, error) => {
    expect(await refusal(schedule(inSeconds(100), args))).toBe(error);
  });

  it('is the last of thirty in five minutes and a channel', async () => {
    const start = (Math.floor(inSeconds(0) / 300) + 2) * 300;
    for (let i = 0; i < 30; i += 1) await schedule(start + i);
    expect(await refusal(schedule(start + 299))).toBe('restricted_too_many');
    expect(await refusal(schedule(start + 300))).toBe('not refused');
    expect(await refusal(schedule(start, { channel: 'C0GENERAL' }))).toBe('not refused');
  });

  it('waits longer than a timer can', () => {
    vi.useFakeTimers();
    const scheduled = new ScheduledMessages();
    const posted = vi.fn();
    const app = {} as Parameters<typeof scheduled.list>[0];
    scheduled.add({ app, channel, post_at: inSeconds(60 * day), text: '' }, posted);
    vi.advanceTimersByTime((60 * day - 1) * 1000);
    expect(posted).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2000);
    expect(posted).toHaveBeenCalledOnce();
    expect(scheduled.list(app)).toEqual([]);
  });
});
