import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../playground/slack/control-types.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { type Bolt, control, startBolt } from './bolt-fixture.ts';
import { attentive, eventOf, heardBy, namesHeardBy, noticeOf } from './lifecycle-fixture.ts';
import { refusal, start } from './slack-fixture.ts';

let bolt: Bolt;
let slack: Slack;

beforeAll(async () => {
  bolt = await startBolt({ manifest: attentive() });
  ({ slack } = bolt);
});
afterAll(() => bolt[Symbol.asyncDispose]());

/** Somebody's channel with the app in it: its id. */
async function createWithApp(name: string, isPrivate = false): Promise<string> {
  const request = { user: '@dana', name, private: isPrivate };
  const { channel } = await control(slack, 'create-channel', request);
  await control(slack, 'join', { user: '@connector', channel, by: '@dana' });
  return String(channel);
}

const act = (channel: string, action: string, value?: string) =>
  control(slack, 'channel', { user: '@dana', channel, action, ...(value && { value }) });

/** The names of the events that come of something. */
async function heardOf(what: () => unknown): Promise<string[]> {
  const before = namesHeardBy(slack).length;
  await what();
  return namesHeardBy(slack).slice(before);
}

describe('a public channel', () => {
  it('welcomes an app, which hears who brought it', async () => {
    const seen: unknown[] = [];
    bolt.app.event('member_joined_channel', async ({ event }) => void seen.push(event));
    const channel = await createWithApp('launch');
    await slack.until(() => seen.length > 0);
    expect(seen).toMatchObject([{ user: 'U0CONNECTOR', channel, inviter: 'U0DANA' }]);
    expect(noticeOf(slack, 'channel_join')).toMatchObject({ inviter: 'U0DANA', channel });
  });

  it('is renamed, described, archived and brought back', async () => {
    const channel = await createWithApp('rooms');
    expect(
      await heardOf(async () => {
        await act(channel, 'rename', 'spaces');
        await act(channel, 'set-topic', 'Where we sit');
        await act(channel, 'set-purpose', 'All about rooms');
        await act(channel, 'set-topic');
        await act(channel, 'archive');
        await act(channel, 'unarchive');
      }),
    ).toEqual([
      'channel_rename',
      'channel_name',
      'channel_topic',
      'channel_purpose',
      'channel_topic',
      'channel_archive',
      'channel_archive',
      'channel_unarchive',
      'channel_unarchive',
    ]);
    expect(slack.messages(channel).map(({ text }) => text)).toEqual([
      '<@U0DANA> has joined the channel',
      '<@U0CONNECTOR> has joined the channel',
      '<@U0DANA> has renamed the channel from "rooms" to "spaces"',
      '<@U0DANA> set the channel topic: Where we sit',
      '<@U0DANA> set the channel purpose: All about rooms',
      '<@U0DANA> cleared the channel topic',
      '<@U0DANA> archived the channel',
      '<@U0DANA> unarchived the channel',
    ]);
  });

  it('takes no messages while it is archived', async () => {
    const channel = await createWithApp('closed');
    const ts = slack.say('@dana', channel, 'before');
    await act(channel, 'archive');
    expect(() => slack.say('@dana', channel, 'after')).toThrow('is_archived');
    expect(() => slack.react('@dana', channel, ts, 'eyes')).toThrow('is_archived');
    expect(await refusal(bolt.app.client.conversations.join({ channel }))).toBe('is_archived');
    expect(
      await refusal(bolt.app.client.reactions.add({ channel, timestamp: ts, name: 'eyes' })),
    ).toBe('is_archived');
  });

  it('made private keeps its id and is out of sight for the others', async () => {
    const channel = await createWithApp('plans');
    expect(await heardOf(() => act(channel, 'make-private'))).toEqual([
      'channel_convert_to_private',
    ]);
    expect(noticeOf(slack, 'channel_convert_to_private')).toMatchObject({
      channel,
      user: 'U0DANA',
      channel_type: 'group',
    });
    expect(slack.state('@luis').channels.some(({ id }) => id === channel)).toBe(false);
    expect((await bolt.app.client.conversations.info({ channel })).channel).toMatchObject({
      is_private: true,
      is_channel: false,
    });
    expect(await act(channel, 'make-private')).toMatchObject({
      error: 'channel_type_not_supported',
    });
    await act(channel, 'make-public');
    expect(noticeOf(slack, 'channel_convert_to_public')).toMatchObject({
      channel_type: 'channel',
    });
  });

  it('is heard of by an app that is not in it, but for what is said there', async () => {
    const request = { user: '@dana', name: 'elsewhere' };
    const { channel } = await control(slack, 'create-channel', request);
    expect(
      await heardOf(async () => {
        slack.say('@dana', String(channel), 'not for you');
        await act(String(channel), 'rename', 'nowhere-near');
        await act(String(channel), 'archive');
        await act(String(channel), 'unarchive');
        await act(String(channel), 'delete');
      }),
    ).toEqual(['channel_rename', 'channel_archive', 'channel_unarchive', 'channel_deleted']);
    expect(await refusal(bolt.app.client.conversations.info({ channel: String(channel) }))).toBe(
      'channel_not_found',
    );
  });

  it('that is deleted takes each of its messages along', async () => {
    const channel = await createWithApp('short-lived');
    const ts = slack.say('@dana', channel, 'gone soon');
    const gone: Change[] = [];
    const stop = slack.onChange((change) => void gone.push(change));
    await act(channel, 'delete');
    stop();
    expect(gone).toContainEqual({ type: 'channel-gone', channel });
    expect(gone).toContainEqual({ type: 'message-deleted', channel, ts });
    expect(() => slack.messages(channel)).toThrow('channel_not_found');
  });
});

describe('a private channel', () => {
  it('has events of its own, for those in it', async () => {
    const channel = await createWithApp('board', true);
    expect(
      await heardOf(async () => {
        await act(channel, 'rename', 'the-board');
        await act(channel, 'archive');
        await act(channel, 'unarchive');
      }),
    ).toEqual([
      'group_rename',
      'channel_name',
      'group_archive',
      'channel_archive',
      'group_unarchive',
      'channel_unarchive',
    ]);
    expect(eventOf(slack, 'group_archive')).toMatchObject({ channel, user: 'U0DANA', is_moved: 0 });
    expect(eventOf(slack, 'group_unarchive')).toMatchObject({ channel, actor_id: 'U0DANA' });
    await control(slack, 'join', { user: '@connector', channel, leave: true, by: '@dana' });
    expect(eventOf(slack, 'group_left')).toMatchObject({ channel, actor_id: 'U0DANA' });
    expect(await heardOf(() => act(channel, 'delete'))).toEqual([]);
    expect(await heardOf(() => act('#leadership', 'archive'))).toEqual([]);
  });

  it('from old times speaks of a group', async () => {
    await control(slack, 'join', { user: '@mei', channel: '#finance', by: '@dana' });
    expect(noticeOf(slack, 'group_join')).toMatchObject({
      user: 'U0MEI',
      inviter: 'U0DANA',
      channel_type: 'group',
    });
    expect(eventOf(slack, 'member_joined_channel')).toMatchObject({ channel_type: 'G' });
    await control(slack, 'join', { user: '@mei', channel: '#finance', leave: true });
    expect(noticeOf(slack, 'group_leave')).toMatchObject({ user: 'U0MEI' });
  });
});

describe('a shared channel', () => {
  it('says whose each message is', async () => {
    await control(slack, 'channel', { user: '@dana', channel: '#data', action: 'share' });
    expect(eventOf(slack, 'channel_shared')).toMatchObject({
      connected_team_id: 'T0NORTHWIND',
      channel: 'C0DATA',
    });
    await control(slack, 'join', { user: '@stefan', channel: '#data', by: '@dana' });
    expect(eventOf(slack, 'member_joined_channel')).toMatchObject({ team: 'T0NORTHWIND' });
    slack.say('@stefan', '#data', '@connector hello from outside');
    await slack.until(() => eventOf(slack, 'message')?.user === 'U0STEFAN');
    const ours = { team: 'T0NORTHWIND', user_team: 'T0NORTHWIND', source_team: 'T0NORTHWIND' };
    for (const type of ['app_mention', 'message'])
      expect(eventOf(slack, type)).toMatchObject({
        ...ours,
        user_profile: { display_name: 'stefan', team: 'T0NORTHWIND' },
      });
    expect(slack.deliveries().at(-1)?.body).toMatchObject({
      is_ext_shared_channel: true,
      team_id: 'T0ACMEGOODS',
      authorizations: [{ team_id: 'T0ACMEGOODS', user_id: 'U0CONNECTOR' }],
    });
    const { channel } = await bolt.app.client.conversations.info({ channel: 'C0DATA' });
    expect(channel).toMatchObject({ is_ext_shared: true, connected_team_ids: ['T0NORTHWIND'] });
  });

  it('that is shared no more loses the others', async () => {
    await control(slack, 'channel', { user: '@dana', channel: '#data', action: 'unshare' });
    expect(eventOf(slack, 'channel_unshared')).toMatchObject({
      previously_connected_team_id: 'T0NORTHWIND',
      channel: 'C0DATA',
      is_ext_shared: false,
    });
    expect(() => slack.say('@stefan', '#data', 'hello?')).toThrow('not_in_channel');
    expect(
      await control(slack, 'join', { user: '@stefan', channel: '#data', by: '@dana' }),
    ).toMatchObject({ error: 'cant_invite' });
  });
});

describe('what people do to messages', () => {
  it('is told as changes', async () => {
    const ts = slack.say('@dana', '#data', 'frist');
    slack.edit('@dana', '#data', ts, 'first');
    expect(noticeOf(slack, 'message_changed')).toMatchObject({
      hidden: true,
      channel: 'C0DATA',
      message: { ts, text: 'first', edited: { user: 'U0DANA' } },
      previous_message: { ts, text: 'frist' },
    });
    slack.remove('@dana', '#data', ts);
    expect(noticeOf(slack, 'message_deleted')).toMatchObject({
      hidden: true,
      deleted_ts: ts,
      previous_message: { text: 'first' },
    });
  });

  it('says nothing of a root that got a reply', async () => {
    const root = slack.say('@dana', '#data', 'root');
    const names = await heardOf(() => slack.say('@luis', '#data', 'reply', { thread_ts: root }));
    expect(names).toEqual(['message']);
    expect(heardBy(slack).at(-1)).toMatchObject({ thread_ts: root, parent_user_id: 'U0DANA' });
  });

  it('leaves a tombstone until the last reply is gone', async () => {
    const root = slack.say('@dana', '#data', 'root');
    const reply = slack.say('@luis', '#data', 'reply', { thread_ts: root });
    slack.remove('@dana', '#data', root);
    expect(noticeOf(slack, 'message_changed')).toMatchObject({ message: { subtype: 'tombstone' } });
    slack.remove('@luis', '#data', reply);
    expect(slack.messages('#data').some(({ ts }) => ts === root)).toBe(false);
  });

  it('shows a broadcast reply with its thread', async () => {
    const root = slack.say('@dana', '#data', 'root');
    const args = { channel: 'C0DATA', thread_ts: root, text: 'to all', reply_broadcast: true };
    await bolt.app.client.chat.postMessage(args);
    expect(heardBy(slack).findLast((one) => one.thread_ts === root)).toMatchObject({
      subtype: 'thread_broadcast',
      root: { ts: root, reply_count: 1, reply_users: ['U0CONNECTOR'] },
    });
    const { messages } = await bolt.app.client.conversations.history({ channel: 'C0DATA' });
    expect(messages?.[0]).toMatchObject({ text: 'to all' });
  });

  it('may be a bot’s, too', async () => {
    slack.say('@deploybot', '#data', 'release is out');
    expect(eventOf(slack, 'message')).toMatchObject({
      subtype: 'bot_message',
      bot_id: 'B0DEPLOYBOT',
      username: 'Deploy Bot',
    });
  });
});

describe('what people see', () => {
  it('comes and goes with what they may see', async () => {
    await using fresh = await start({ manifest: attentive() });
    const response = await fetch(`${fresh.url}/control/stream?user=U0LUIS`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    /** The channels that came (+) and went (-), once `last` is among them. */
    const until = async (last: string) => {
      for (;;) {
        const lines = text.split('\n\n').filter((line) => line.endsWith('}'));
        const seen = lines.flatMap((line) => {
          const change: Change = JSON.parse(line.slice('data: '.length));
          if (change.type === 'hello') return ['hello'];
          if (change.type === 'channel') return [`+${change.channel.id}`];
          return change.type === 'channel-gone' ? [`-${change.channel}`] : [];
        });
        if (seen.includes(last)) return [...new Set(seen)];
        text += (await reader?.read())?.value ?? '';
      }
    };
    const on = (action: string, body: object) => control(fresh, action, { user: '@dana', ...body });
    await until('hello');
    await on('create-channel', { name: 'secret', private: true });
    await on('join', { user: '@luis', channel: '#secret', by: '@dana' });
    await on('join', { user: '@luis', channel: '#secret', leave: true });
    await on('channel', { channel: '#random', action: 'make-private' });
    await on('create-channel', { name: 'open' });
    await on('person', { user: '@luis', is_restricted: true });
    await on('channel', { channel: '#open', action: 'rename', value: 'opened' });
    await on('person', { user: '@luis', is_restricted: false });
    await on('create-channel', { name: 'last' });
    expect(await until('+C0LAST')).toEqual([
      'hello',
      '+C0SECRET',
      '-C0SECRET',
      '+C0RANDOM',
      '+C0OPEN',
      '-C0OPEN',
      '+C0LAST',
    ]);
    await reader?.cancel();
  });
});
