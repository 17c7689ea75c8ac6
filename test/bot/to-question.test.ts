import { describe, expect, it } from 'vitest';
import { toQuestion } from '../../src/bot/to-question.ts';

const bot = { userId: 'UBOT' };
const body = { team_id: 'T1', event_id: 'Ev1' };

const message = (given: object) => ({
  type: 'message',
  channel: 'C1',
  channel_type: 'channel',
  user: 'U1',
  ts: '1700000001.000100',
  text: 'hello',
  ...given,
});

const inThread = { thread_ts: '1700000000.000100' };
const ask = (given: object) => toQuestion(message(given), body, bot, 7);

describe('toQuestion', () => {
  it('reads a mention, and roots its session at the message', () => {
    expect(ask({ text: '<@UBOT> how many orders?', client_msg_id: 'abc' })).toEqual({
      session: 'T1:C1:1700000001.000100',
      kind: 'mention',
      id: '1700000001.000100',
      team: 'T1',
      channel: 'C1',
      thread: '1700000001.000100',
      inThread: false,
      user: 'U1',
      text: 'how many orders?',
      files: [],
      identities: ['ts:1700000001.000100', 'ev:Ev1', 'cm:abc'],
      at: 7,
    });
  });

  it('makes the same question of both deliveries of a mention', () => {
    const text = '<@UBOT> how many?';
    const asMessage = ask({ text });
    const asMention = toQuestion(
      message({ type: 'app_mention', text, channel_type: undefined }),
      body,
      bot,
      7,
    );
    expect(asMention).toEqual(asMessage);
  });

  it.each<[string, object, object]>([
    [
      'a reply in a thread',
      { ...inThread },
      { kind: 'follow-up', session: 'T1:C1:1700000000.000100', inThread: true },
    ],
    [
      'a mention in a thread',
      { ...inThread, text: '<@UBOT> hi' },
      { kind: 'mention', inThread: true },
    ],
    [
      'a mention of the bot and a person',
      { ...inThread, text: '<@UBOT> ask <@U2>' },
      { kind: 'mention', text: 'ask @U2' },
    ],
    ['a DM', { channel: 'D1', channel_type: 'im' }, { kind: 'direct', session: 'T1:D1:dm' }],
    [
      'a thread in a DM',
      { channel: 'D1', channel_type: 'im', ...inThread },
      { kind: 'direct', session: 'T1:D1:1700000000.000100' },
    ],
    [
      'a reply also sent to the channel',
      { ...inThread, subtype: 'thread_broadcast' },
      { kind: 'follow-up' },
    ],
    [
      'a message with files',
      { channel_type: 'im', subtype: 'file_share', files: [{ name: 'a.csv' }, {}] },
      { files: ['a.csv', 'a file'] },
    ],
    ['an empty mention', { text: ' <@UBOT> ' }, { kind: 'mention', text: '' }],
    ['a mention in a group DM', { channel_type: 'mpim', text: 'hey <@UBOT>' }, { kind: 'mention' }],
  ])('takes %s', (_, given, expected) => {
    expect(ask(given)).toMatchObject(expected);
  });

  it('answers a DM at its root', () => {
    expect(ask({ channel_type: 'im' })).not.toHaveProperty('thread');
  });

  it.each<[string, object]>([
    ['channel chatter', {}],
    ['a group DM without a mention', { channel_type: 'mpim' }],
    ['another bot', { bot_id: 'B2', text: '<@UBOT> hi' }],
    ['the bot itself', { user: 'UBOT', text: '<@UBOT> hi' }],
    ['an edit', { subtype: 'message_changed', text: '<@UBOT> hi' }],
    ['a deletion', { subtype: 'message_deleted', channel_type: 'im' }],
    ['somebody joining', { subtype: 'channel_join', text: '<@UBOT> has joined' }],
    ['a bot message without a bot id', { subtype: 'bot_message', text: '<@UBOT> hi' }],
    ['a reply to somebody else', { ...inThread, text: '<@U2> what do you think?' }],
    ['thanks', { ...inThread, text: 'Thank you so much!' }],
    ['only emoji', { ...inThread, text: ':tada: 🎉' }],
    ['a message without a user', { user: undefined, channel_type: 'im' }],
    ['an event of another shape', { ts: 5, channel: undefined }],
  ])('ignores %s', (_, given) => {
    expect(ask(given)).toBeUndefined();
  });

  it.each([null, undefined, 'text', 5, []])('ignores %o where an event should be', (event) => {
    expect(toQuestion(event, event, bot, 7)).toBeUndefined();
  });

  it('keeps a message of 40,000 characters and cuts a longer one without breaking a character', () => {
    const long = `${'x'.repeat(39_999)}😀`;
    const text = ask({ channel_type: 'im', text: long })?.text ?? '';
    expect(text).toHaveLength(40_000);
    expect(text.isWellFormed()).toBe(true);
    expect(ask({ channel_type: 'im', text: 'y'.repeat(40_000) })?.text).toHaveLength(40_000);
  });
});
