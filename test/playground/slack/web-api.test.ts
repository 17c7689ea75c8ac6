import { type UsersListResponse, WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { clientOf, quiet, refusal, start } from './slack-fixture.ts';

let slack: Slack;
let client: WebClient;

beforeAll(async () => {
  slack = await start();
  client = clientOf(slack);
});
afterAll(() => slack.close());

const post = async (text = 'hello', channel = 'C0DATA') =>
  String((await client.chat.postMessage({ channel, text })).ts);

describe('identity', () => {
  it('says who the bot is', async () => {
    const answer = await client.auth.test();
    expect(answer).toMatchObject({ ok: true, user_id: slack.bot.userId, bot_id: slack.bot.botId });
    expect(answer.response_metadata?.scopes).toContain('chat:write');
  });

  it.each([
    ['no token', undefined, 'not_authed'],
    ['a wrong token', 'xoxb-wrong', 'invalid_auth'],
    ['the app token', 'xapp-playground-not-a-token', 'not_allowed_token_type'],
  ])('refuses %s', async (_name, token, error) => {
    const other = new WebClient(token, {
      slackApiUrl: slack.env.SLACK_API_URL,
      retryConfig: { retries: 0 },
      logger: quiet,
    });
    expect(await refusal(other.auth.test())).toBe(error);
  });

  it('does not know methods that Slack does not have', async () => {
    expect(await refusal(client.apiCall('chat.shout'))).toBe('unknown_method');
    expect(await refusal(client.apiCall('toString'))).toBe('unknown_method');
  });
});

describe('people and places', () => {
  it.each([
    ['U0DANA', { tz: 'Europe/Vienna', is_restricted: false, deleted: false }],
    ['U0GWEN', { is_restricted: true }],
    ['U0STEFAN', { is_stranger: true, team_id: 'T0NORTHWIND' }],
    ['U0WALT', { deleted: true }],
    ['U0DEPLOYBOT', { is_bot: true }],
  ])('describes %s', async (user, traits) => {
    expect((await client.users.info({ user })).user).toMatchObject(traits);
  });

  it('gives the offset of a time zone in seconds', async () => {
    expect((await client.users.info({ user: 'U0MEI' })).user?.tz_offset).toBe(9 * 3600);
  });

  it('pages through a list', async () => {
    const names: (string | undefined)[] = [];
    for await (const page of client.paginate('users.list', { limit: 2 })) {
      const { members = [] } = page as UsersListResponse;
      expect(members.length).toBeLessThanOrEqual(2);
      names.push(...members.map((one) => one.name));
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('stefan');
  });

  it.each([
    ['C0DATA', { is_channel: true, is_member: true, is_ext_shared: false }],
    ['C0RANDOM', { is_member: false }],
    ['G0FINANCE', { is_private: true, is_member: true }],
    ['C0PARTNERS', { is_ext_shared: true }],
    ['D0DANA', { is_im: true, user: 'U0DANA' }],
  ])('describes %s', async (channel, traits) => {
    expect((await client.conversations.info({ channel })).channel).toMatchObject(traits);
  });

  it('hides private channels that the bot is not in', async () => {
    expect(await refusal(client.conversations.info({ channel: 'G0LEADERS' }))).toBe(
      'channel_not_found',
    );
  });

  it('opens the DM with a person', async () => {
    const { channel } = await client.conversations.open({ users: 'U0LUIS' });
    expect(channel?.id).toBe('D0LUIS');
  });
});

describe('messages', () => {
  it('posts, edits and deletes', async () => {
    const ts = await post('first');
    await client.chat.update({ channel: 'C0DATA', ts, text: 'second' });
    expect(slack.messages('#data').find((one) => one.ts === ts)).toMatchObject({
      text: 'second',
      edited: { user: slack.bot.userId },
    });
    await client.chat.delete({ channel: 'C0DATA', ts });
    expect(slack.messages('#data').some((one) => one.ts === ts)).toBe(false);
    expect(await refusal(client.chat.update({ channel: 'C0DATA', ts, text: 'third' }))).toBe(
      'message_not_found',
    );
  });

  it('drops the old blocks when an update has only text', async () => {
    const blocks = [{ type: 'markdown', text: '**bold**' }];
    const { ts } = await client.chat.postMessage({ channel: 'C0DATA', text: 'bold', blocks });
    await client.chat.update({ channel: 'C0DATA', ts: String(ts), text: 'plain' });
    const message = slack.messages('#data').find((one) => one.ts === ts);
    expect(message?.text).toBe('plain');
    expect(message?.blocks).toBeUndefined();
  });

  it('gives every message of a channel a later ts', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => post(String(i))));
    expect(new Set(all).size).toBe(50);
    expect(all.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
    expect([...all].sort()).toEqual(
      slack
        .messages('#data')
        .map((one) => one.ts)
        .slice(-50),
    );
  });

  it('takes JSON bodies as well as forms', async () => {
    const response = await fetch(`${slack.env.SLACK_API_URL}chat.postMessage`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: `Bearer ${slack.env.SLACK_BOT_TOKEN}`,
      },
      body: JSON.stringify({ channel: 'C0DATA', blocks: [{ type: 'divider' }], text: 'json' }),
    });
    expect(await response.json()).toMatchObject({ ok: true, message: { text: 'json' } });
  });

  it.each([
    ['an unknown channel', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    ['a channel it is not in', { channel: 'C0RANDOM', text: 'x' }, 'not_in_channel'],
    ['no text', { channel: 'C0DATA', text: '' }, 'no_text'],
    ['an unknown thread', { channel: 'C0DATA', text: 'x', thread_ts: '1.0' }, 'thread_not_found'],
  ])('refuses %s', async (_name, args, error) => {
    expect(await refusal(client.chat.postMessage(args))).toBe(error);
  });

  it('does not edit what others wrote', async () => {
    const ts = slack.say('@dana', '#data', 'mine');
    expect(await refusal(client.chat.update({ channel: 'C0DATA', ts, text: 'no' }))).toBe(
      'cant_update_message',
    );
  });

  it.each([
    [4_000, 'x', 'not refused'],
    [4_001, 'x', 'msg_too_long'],
    [2_000, 'é', 'not refused'],
    [2_001, 'é', 'msg_too_long'],
  ])('updates with %i times "%s": %s', async (count, letter, outcome) => {
    const ts = await post();
    const call = client.chat.update({ channel: 'C0DATA', ts, text: letter.repeat(count) });
    expect(await refusal(call)).toBe(outcome);
  });

  it('cuts a post after 40,000 characters and says so', async () => {
    const answer = await client.chat.postMessage({ channel: 'C0DATA', text: 'x'.repeat(40_001) });
    expect(answer.warning).toBe('message_truncated');
    expect(answer.message?.text).toHaveLength(40_000);
  });

  it('shows an ephemeral message to one person and keeps it out of the history', async () => {
    const { message_ts } = await client.chat.postEphemeral({
      channel: 'C0DATA',
      user: 'U0DANA',
      text: 'only you',
    });
    const has = (user?: string) =>
      slack.messages('#data', user ? { user } : {}).some((one) => one.ts === message_ts);
    expect([has('@dana'), has('@luis'), has()]).toEqual([true, false, false]);
    const { messages } = await client.conversations.history({ channel: 'C0DATA' });
    expect(messages?.some((one) => one.ts === message_ts)).toBe(false);
  });
});

describe('threads', () => {
  it('counts replies on the root and gives them in order', async () => {
    const root = slack.say('@dana', '#general', 'a question');
    for (const text of ['one', 'two', 'three'])
      await client.chat.postMessage({ channel: 'C0GENERAL', thread_ts: root, text });
    const { messages } = await client.conversations.replies({ channel: 'C0GENERAL', ts: root });
    expect(messages?.map((one) => one.text)).toEqual(['a question', 'one', 'two', 'three']);
    expect(messages?.[0]).toMatchObject({ reply_count: 3, thread_ts: root });
  });

  it('keeps replies out of the channel history', async () => {
    const root = slack.say('@dana', '#general', 'another');
    const ts = slack.say('@luis', '#general', 'aside', { thread_ts: root });
    const { messages } = await client.conversations.history({ channel: 'C0GENERAL' });
    expect(messages?.[0]?.ts).toBe(root);
    expect(messages?.some((one) => one.ts === ts)).toBe(false);
  });

  it('refuses a reply to a reply', async () => {
    const root = slack.say('@dana', '#general', 'root');
    const reply = slack.say('@dana', '#general', 'reply', { thread_ts: root });
    const call = client.chat.postMessage({ channel: 'C0GENERAL', thread_ts: reply, text: 'x' });
    expect(await refusal(call)).toBe('cannot_reply_to_message');
  });

  it('leaves a tombstone where a root with replies was', async () => {
    const root = slack.say('@dana', '#general', 'oops');
    slack.say('@luis', '#general', 'too late', { thread_ts: root });
    slack.remove('@dana', '#general', root);
    const { messages } = await client.conversations.replies({ channel: 'C0GENERAL', ts: root });
    expect(messages?.map((one) => one.text)).toEqual(['This message was deleted.', 'too late']);
  });

  it('gives metadata only to those who ask for it', async () => {
    const metadata = { event_type: 'agent_run', event_payload: { run: 'r1' } };
    const root = slack.say('@dana', '#data', 'with metadata');
    await client.chat.postMessage({ channel: 'C0DATA', thread_ts: root, text: 'x', metadata });
    const read = async (include_all_metadata: boolean) => {
      const args = { channel: 'C0DATA', ts: root, include_all_metadata };
      return (await client.conversations.replies(args)).messages?.[1]?.metadata;
    };
    expect(await read(true)).toEqual(metadata);
    expect(await read(false)).toBeUndefined();
  });

  it('finds messages after a point in time, the edge only when asked', async () => {
    const from = slack.say('@mei', '#data', 'edge');
    const later = slack.say('@mei', '#data', 'later');
    const read = async (inclusive: boolean) => {
      const args = { channel: 'C0DATA', oldest: from, inclusive };
      return (await client.conversations.history(args)).messages?.map((one) => one.ts);
    };
    expect(await read(false)).toEqual([later]);
    expect(await read(true)).toEqual([later, from]);
  });
});

describe('status', () => {
  it('stands below the thread until the bot replies', async () => {
    const thread_ts = slack.say('@dana', '#data', 'work');
    const args = { channel_id: 'C0DATA', thread_ts, status: 'is thinking…' };
    await client.assistant.threads.setStatus(args);
    expect(slack.state('@dana').statuses).toMatchObject([{ thread_ts, status: 'is thinking…' }]);
    await client.chat.postMessage({ channel: 'C0DATA', thread_ts, text: 'done' });
    expect(slack.state('@dana').statuses).toEqual([]);
    expect(slack.messages('#data').find((one) => one.ts === thread_ts)?.statuses).toEqual([
      'is thinking…',
    ]);
  });

  it('is unknown to a Slack of the classic methods', async () => {
    await using classic = await start({ classicOnly: true });
    const thread_ts = classic.say('@dana', '#data', 'work');
    const args = { channel_id: 'C0DATA', thread_ts, status: 'x' };
    expect(await refusal(clientOf(classic).assistant.threads.setStatus(args))).toBe(
      'unknown_method',
    );
  });
});

describe('reactions', () => {
  it('are added once and taken away once', async () => {
    const timestamp = slack.say('@dana', '#data', 'look');
    const args = { channel: 'C0DATA', timestamp, name: 'eyes' };
    await client.reactions.add(args);
    expect(await refusal(client.reactions.add(args))).toBe('already_reacted');
    const { message } = await client.reactions.get(args);
    expect(message?.reactions).toEqual([{ name: 'eyes', users: [slack.bot.userId], count: 1 }]);
    await client.reactions.remove(args);
    expect(await refusal(client.reactions.remove(args))).toBe('no_reaction');
  });
});

describe('files', () => {
  it('go up in three steps, into a thread, and come down with the token', async () => {
    const thread_ts = slack.say('@dana', '#data', 'as a file please');
    await client.filesUploadV2({
      channel_id: 'C0DATA',
      thread_ts,
      filename: 'rows.csv',
      file: Buffer.from('id,name\n1,Ann\n'),
      initial_comment: 'here',
    });
    const [, message] = slack.messages('#data', { thread_ts });
    const file = message?.files?.[0];
    expect(message?.text).toBe('here');
    expect(file).toMatchObject({ name: 'rows.csv', mimetype: 'text/csv', size: 14 });
    const info = await client.files.info({ file: String(file?.id) });
    expect(info.file?.shares).toMatchObject({ public: { C0DATA: [{ thread_ts }] } });
    const read = async (headers: Record<string, string>) =>
      (await fetch(String(file?.url_private_download), { headers })).text();
    const authorization = `Bearer ${slack.env.SLACK_BOT_TOKEN}`;
    expect(await read({ authorization })).toBe('id,name\n1,Ann\n');
    expect(await read({})).toContain('<title>Sign in</title>');
  });

  it('are not shared before their bytes are there', async () => {
    const { file_id } = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    const call = client.files.completeUploadExternal({ files: [{ id: String(file_id) }] });
    expect(await refusal(call)).toBe('file_not_uploaded');
  });
});
