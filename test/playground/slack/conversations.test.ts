import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { control } from './bolt-fixture.ts';
import { attentive, eventOf, heardBy, noticeOf } from './lifecycle-fixture.ts';
import { clientOf, refusal, start } from './slack-fixture.ts';

let slack: Slack;
let client: WebClient;
let made = 0;

beforeAll(async () => {
  slack = await start({ manifest: attentive() });
  client = clientOf(slack);
});
afterAll(() => slack.close());

/** A channel of the app's own. */
async function create(is_private = false): Promise<string> {
  made += 1;
  const { channel } = await client.conversations.create({ name: `own-${made}`, is_private });
  return String(channel?.id);
}

describe('making a channel', () => {
  it('puts the app into it and tells everybody', async () => {
    const { channel } = await client.conversations.create({ name: 'sales' });
    expect(channel).toMatchObject({
      id: 'C0SALES',
      name: 'sales',
      creator: slack.bot.userId,
      is_channel: true,
      is_private: false,
      is_member: true,
    });
    expect(eventOf(slack, 'channel_created')).toMatchObject({
      channel: { id: 'C0SALES', name: 'sales', creator: slack.bot.userId },
    });
    expect(eventOf(slack, 'member_joined_channel')).toMatchObject({ channel: 'C0SALES' });
  });

  it('in private is nobody else’s business', async () => {
    const before = heardBy(slack).length;
    const { channel } = await client.conversations.create({ name: 'quiet', is_private: true });
    expect(channel).toMatchObject({ is_group: true, is_private: true });
    expect(
      heardBy(slack)
        .slice(before)
        .map(({ type }) => type),
    ).not.toContain('channel_created');
    const { channels } = slack.state('@luis');
    expect(channels.some(({ name }) => name === 'quiet')).toBe(false);
  });

  it.each([
    ['nothing', '', 'invalid_name_required'],
    ['80 letters', 'x'.repeat(80), 'not refused'],
    ['81 letters', 'x'.repeat(81), 'invalid_name_maxlength'],
    ['only punctuation', '---', 'invalid_name_punctuation'],
    ['capitals', 'Sales', 'invalid_name_specials'],
    ['a space', 'the sales', 'invalid_name_specials'],
    ['another script', 'größe-販売', 'not refused'],
    ['a name that is taken', 'general', 'name_taken'],
  ])('named with %s: %s → %s', async (_name, name, outcome) => {
    expect(await refusal(client.conversations.create({ name }))).toBe(outcome);
  });
});

describe('inviting', () => {
  it('brings people in, with who invited them', async () => {
    const channel = await create();
    await client.conversations.invite({ channel, users: 'U0DANA,U0MEI' });
    const { members } = await client.conversations.members({ channel });
    expect(members).toEqual([slack.bot.userId, 'U0DANA', 'U0MEI']);
    expect(eventOf(slack, 'member_joined_channel')).toMatchObject({
      user: 'U0MEI',
      channel,
      channel_type: 'C',
      team: 'T0ACMEGOODS',
      inviter: slack.bot.userId,
    });
    expect(noticeOf(slack, 'channel_join')).toMatchObject({
      user: 'U0MEI',
      inviter: slack.bot.userId,
      text: '<@U0MEI> has joined the channel',
    });
  });

  it('is all or none, unless it is forced', async () => {
    const channel = await create();
    const users = 'U0NOBODY,U0CONNECTOR,U0DANA';
    const error = await client.conversations.invite({ channel, users }).catch(({ data }) => data);
    expect(error).toMatchObject({
      ok: false,
      error: 'user_not_found',
      errors: [
        { user: 'U0NOBODY', ok: false, error: 'user_not_found' },
        { user: 'U0CONNECTOR', ok: false, error: 'cant_invite_self' },
      ],
    });
    expect((await client.conversations.members({ channel })).members).toHaveLength(1);
    await client.conversations.invite({ channel, users, force: true });
    expect((await client.conversations.members({ channel })).members).toContain('U0DANA');
  });

  it.each([
    ['nobody', '', 'no_user'],
    ['itself', 'U0CONNECTOR', 'cant_invite_self'],
    ['somebody deactivated', 'U0WALT', 'cant_invite'],
    ['a stranger into what is not shared', 'U0STEFAN', 'cant_invite'],
    ['101 people', Array.from({ length: 101 }, (_, i) => `U${i}`).join(), 'too_many_users'],
    ['100 unknown ones', Array.from({ length: 100 }, (_, i) => `U${i}`).join(), 'user_not_found'],
  ])('refuses %s', async (_name, users, error) => {
    expect(await refusal(client.conversations.invite({ channel: 'C0DATA', users }))).toBe(error);
  });

  it('refuses who is there already, and where it makes no sense', async () => {
    const invite = (channel: string) =>
      refusal(client.conversations.invite({ channel, users: 'U0DANA' }));
    expect(await invite('C0DATA')).toBe('already_in_channel');
    expect(await invite('D0LUIS')).toBe('method_not_supported_for_channel_type');
    expect(await invite('C0RANDOM')).toBe('not_in_channel');
    expect(await invite('G0LEADERS')).toBe('channel_not_found');
  });
});

describe('leaving', () => {
  it('ends what the app hears, and it hears that', async () => {
    const channel = await create();
    await client.conversations.invite({ channel, users: 'U0DANA' });
    await client.conversations.leave({ channel });
    expect(eventOf(slack, 'channel_left')).toMatchObject({ channel, actor_id: slack.bot.userId });
    expect(eventOf(slack, 'member_left_channel')).toMatchObject({
      channel,
      user: slack.bot.userId,
    });
    const before = heardBy(slack).length;
    slack.say('@dana', channel, 'are you still there?');
    expect(heardBy(slack)).toHaveLength(before);
    expect(await client.conversations.leave({ channel })).toMatchObject({ not_in_channel: true });
    await client.conversations.join({ channel });
    expect(await client.conversations.join({ channel })).toMatchObject({
      warning: 'already_in_channel',
    });
  });

  it.each([
    ['#general', 'C0GENERAL', 'cant_leave_general'],
    ['a DM', 'D0DANA', 'method_not_supported_for_channel_type'],
    ['what it does not know', 'G0LEADERS', 'channel_not_found'],
  ])('is refused from %s', async (_name, channel, error) => {
    expect(await refusal(client.conversations.leave({ channel }))).toBe(error);
  });

  it('is refused to the last one', async () => {
    expect(await refusal(client.conversations.leave({ channel: await create() }))).toBe(
      'last_member',
    );
  });
});

describe('removing people', () => {
  it('takes them out', async () => {
    const channel = await create();
    await client.conversations.invite({ channel, users: 'U0DANA' });
    await client.conversations.kick({ channel, user: 'U0DANA' });
    expect((await client.conversations.members({ channel })).members).toEqual([slack.bot.userId]);
    expect(await refusal(client.conversations.kick({ channel, user: 'U0DANA' }))).toBe(
      'not_in_channel',
    );
  });

  it.each([
    ['itself', 'C0DATA', 'U0CONNECTOR', 'cant_kick_self'],
    ['anybody from #general', 'C0GENERAL', 'U0DANA', 'cant_kick_from_general'],
    ['an unknown person', 'C0DATA', 'U0NOBODY', 'user_not_found'],
  ])('refuses %s', async (_name, channel, user, error) => {
    expect(await refusal(client.conversations.kick({ channel, user }))).toBe(error);
  });
});

describe('a channel', () => {
  it('is renamed by whoever made it', async () => {
    const channel = await create();
    const was = `own-${made}`;
    await client.conversations.rename({ channel, name: 'renamed' });
    expect((await client.conversations.info({ channel })).channel).toMatchObject({
      name: 'renamed',
      previous_names: [was],
    });
    expect(eventOf(slack, 'channel_rename')).toMatchObject({
      channel: { id: channel, name: 'renamed', is_channel: true },
    });
    expect(noticeOf(slack, 'channel_name')).toMatchObject({ name: 'renamed', old_name: was });
    const others = client.conversations.rename({ channel: 'C0DATA', name: 'mine-now' });
    expect(await refusal(others)).toBe('not_authorized');
  });

  it.each([
    ['topic', 250, 'not refused'],
    ['topic', 251, 'too_long'],
    ['purpose', 250, 'not refused'],
    ['purpose', 251, 'too_long'],
  ] as const)('takes a %s of %i characters: %s', async (what, length, outcome) => {
    const method = what === 'topic' ? 'conversations.setTopic' : 'conversations.setPurpose';
    const text = 'é'.repeat(length);
    expect(await refusal(client.apiCall(method, { channel: 'C0DATA', [what]: text }))).toBe(
      outcome,
    );
    if (outcome !== 'not refused') return;
    expect((await client.conversations.info({ channel: 'C0DATA' })).channel?.[what]?.value).toBe(
      text,
    );
    expect(noticeOf(slack, `channel_${what}`)).toMatchObject({ [what]: text });
  });

  it('is archived and comes back', async () => {
    const channel = await create();
    await client.conversations.archive({ channel });
    expect(eventOf(slack, 'channel_archive')).toMatchObject({ channel, user: slack.bot.userId });
    expect(noticeOf(slack, 'channel_archive')).toMatchObject({ channel });
    for (const [call, error] of [
      [client.conversations.archive({ channel }), 'already_archived'],
      [client.conversations.rename({ channel, name: 'other' }), 'is_archived'],
      [client.conversations.invite({ channel, users: 'U0DANA' }), 'is_archived'],
      [client.chat.postMessage({ channel, text: 'x' }), 'is_archived'],
    ] as const)
      expect(await refusal(call)).toBe(error);
    const listed = async (exclude_archived: boolean) =>
      (await client.conversations.list({ exclude_archived, limit: 1000 })).channels?.some(
        ({ id }) => id === channel,
      );
    expect([await listed(false), await listed(true)]).toEqual([true, false]);
    await client.conversations.unarchive({ channel });
    expect(eventOf(slack, 'channel_unarchive')).toMatchObject({ channel });
    expect(await refusal(client.conversations.unarchive({ channel }))).toBe('not_archived');
    expect(await refusal(client.conversations.archive({ channel: 'C0GENERAL' }))).toBe(
      'cant_archive_general',
    );
  });

  it('is marked as read up to a point', async () => {
    const mark = (ts: string) => refusal(client.conversations.mark({ channel: 'C0DATA', ts }));
    expect([await mark('1.5'), await mark('soon')]).toEqual(['not refused', 'invalid_timestamp']);
  });
});

describe('DMs', () => {
  it('of several people have a place of their own, opened once', async () => {
    const open = () => client.conversations.open({ users: 'U0DANA,U0LUIS', return_im: true });
    const first = await open();
    expect(first.already_open).toBeUndefined();
    expect(first.channel).toMatchObject({ is_mpim: true, name: 'mpdm-dana--luis--connector-1' });
    const again = await open();
    expect(again).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
    slack.say('@dana', String(first.channel?.id), '@connector hello you two');
    await slack.until(() => heardBy(slack).at(-1)?.channel_type === 'mpim');
    expect(heardBy(slack).slice(-2)).toMatchObject([{ type: 'app_mention' }, { type: 'message' }]);
    await client.conversations.close({ channel: String(first.channel?.id) });
  });

  it.each([
    ['nobody', '', 'users_list_not_supplied'],
    ['an unknown person', 'U0NOBODY', 'user_not_found'],
    ['somebody deactivated', 'U0WALT', 'user_disabled'],
    ['a bot', 'U0DEPLOYBOT', 'cannot_dm_bot'],
    ['nine people', Array.from({ length: 9 }, (_, i) => `U${i}`).join(), 'too_many_users'],
    ['eight unknown ones', Array.from({ length: 8 }, (_, i) => `U${i}`).join(), 'user_not_found'],
  ])('with %s are refused', async (_name, users, error) => {
    expect(await refusal(client.conversations.open({ users }))).toBe(error);
  });

  it('are looked up without making one', async () => {
    const look = (users: string) => client.conversations.open({ users, prevent_creation: true });
    expect(await refusal(look('U0DANA,U0MEI'))).toBe('channel_not_found');
    expect((await look('U0DANA')).channel?.id).toBe('D0DANA');
  });

  it('of other people stay theirs', async () => {
    const { channel } = await control(slack, 'open-dm', { user: '@dana', others: ['@luis'] });
    slack.say('@dana', String(channel), 'between us');
    expect(heardBy(slack).some(({ text }) => text === 'between us')).toBe(false);
    expect(await refusal(client.conversations.info({ channel: String(channel) }))).toBe(
      'channel_not_found',
    );
    const { channels } = await client.conversations.list({ types: 'im,mpim', limit: 1000 });
    expect(channels?.some(({ id }) => id === channel)).toBe(false);
    expect(slack.messages(String(channel)).map(({ text }) => text)).toEqual(['between us']);
  });
});

describe('lists', () => {
  it('are of the kinds that are asked for', async () => {
    const names = async (types: string) =>
      (await client.conversations.list({ types, limit: 1000 })).channels?.map(({ id }) => id);
    expect(await names('private_channel')).toContain('G0FINANCE');
    expect(await names('private_channel')).not.toContain('G0LEADERS');
    expect(await names('im')).toContain('D0DANA');
    expect(await names('public_channel, private_channel')).toContain('C0RANDOM');
    expect(await refusal(client.conversations.list({ types: 'secret' }))).toBe('invalid_types');
  });

  it('of somebody’s conversations show what the app may know', async () => {
    const { channels } = await client.users.conversations({
      user: 'U0DANA',
      types: 'public_channel,private_channel',
      limit: 1000,
    });
    const ids = channels?.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['C0RANDOM', 'G0FINANCE']));
    expect(ids).not.toContain('G0LEADERS');
  });

  it.each([
    ['conversations.list', { limit: 'many' }, 'invalid_limit'],
    ['conversations.members', { channel: 'C0DATA', limit: -1 }, 'invalid_limit'],
    ['conversations.members', { channel: 'C0DATA', cursor: 'zzz' }, 'invalid_cursor'],
    ['conversations.history', { channel: 'C0DATA', oldest: 'monday' }, 'invalid_ts_oldest'],
    ['conversations.replies', { channel: 'C0DATA', ts: '1.0' }, 'thread_not_found'],
  ])('%s of %j is refused: %s', async (method, args, error) => {
    expect(await refusal(client.apiCall(method, args))).toBe(error);
  });

  it('of messages hold 100 unless told, 999 at most, and lead on', async () => {
    const channel = await create();
    for (let i = 0; i < 1_001; i += 1) slack.say('@connector', channel, `line ${i}`);
    const read = async (limit?: number, cursor?: string) =>
      client.conversations.history({ channel, ...(limit && { limit }), ...(cursor && { cursor }) });
    expect((await read()).messages).toHaveLength(100);
    const { messages, has_more, response_metadata } = await read(1_000);
    expect([messages?.length, has_more]).toEqual([999, true]);
    const rest = await read(1_000, response_metadata?.next_cursor);
    // Two lines, and that the app joined.
    expect([rest.messages?.length, rest.has_more]).toEqual([3, false]);
  });
});
