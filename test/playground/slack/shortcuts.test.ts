import { describe, expect, it } from 'vitest';
import { control, modes, payloadOf, plain, startBolt, triggerOf } from './bolt-fixture.ts';
import { appManifest, refusal } from './slack-fixture.ts';

const withShortcuts = (...shortcuts: object[]) => ({
  ...appManifest,
  features: { ...appManifest.features, shortcuts },
});

const manifest = withShortcuts(
  { name: 'Ask about this', type: 'message', callback_id: 'ask', description: 'Ask' },
  { name: 'New report', type: 'global', callback_id: 'report', description: 'Report' },
);

describe.each(modes)('a shortcut, over %s', (mode) => {
  it('of a message brings the message and its place in a thread', async () => {
    await using bolt = await startBolt({ manifest }, mode);
    bolt.app.shortcut({ type: 'message_action', callback_id: 'ask' }, async (heard) => {
      await heard.ack();
      const { thread_ts } = heard.shortcut.message;
      await heard.say({ thread_ts, text: `about: ${heard.shortcut.message.text}` });
    });
    const { slack } = bolt;
    const thread_ts = slack.say('@luis', '#data', 'a question');
    const ts = slack.say('@luis', '#data', 'an answer', { thread_ts });
    await slack.shortcut('@dana', 'ask', { channel: '#data', ts });
    expect(payloadOf(slack, 'message_action')).toMatchObject({
      type: 'message_action',
      callback_id: 'ask',
      user: { id: 'U0DANA', name: 'dana' },
      channel: { id: 'C0DATA', name: 'data' },
      message_ts: ts,
      message: { text: 'an answer', user: 'U0LUIS', thread_ts },
      response_url: expect.stringContaining('/response/'),
    });
    const reply = await slack.waitFor({ channel: '#data', thread_ts, matches: 'about' });
    expect(reply.text).toBe('about: an answer');
  });

  it('that is global has a trigger, and neither channel nor response_url', async () => {
    await using bolt = await startBolt({ manifest }, mode);
    bolt.app.shortcut('report', async ({ ack }) => ack());
    await bolt.slack.shortcut('@dana', 'report');
    const payload = payloadOf(bolt.slack, 'shortcut') ?? {};
    expect(payload).toMatchObject({ type: 'shortcut', callback_id: 'report' });
    expect(Object.keys(payload)).not.toContain('channel');
    expect(Object.keys(payload)).not.toContain('response_url');
    const view = {
      type: 'modal' as const,
      title: plain('Report'),
      blocks: [{ type: 'divider' as const }],
    };
    const opened = bolt.app.client.views.open({ trigger_id: triggerOf(bolt.slack), view });
    expect(await refusal(opened)).toBe('not refused');
  });

  it('that nobody acks fails and is not repeated', async () => {
    await using bolt = await startBolt({ manifest, ackTimeoutMs: 30 }, mode);
    bolt.app.shortcut('report', async () => {});
    await expect(bolt.slack.shortcut('@dana', 'report')).rejects.toThrow('operation_timeout');
    expect(bolt.slack.deliveries()).toMatchObject([{ attempts: 1, failed: true }]);
  });
});

describe('a shortcut', () => {
  it('answers by its response_url in the thread, to that person alone', async () => {
    await using bolt = await startBolt({ manifest });
    bolt.app.shortcut('ask', async ({ ack, respond }) => {
      await ack();
      await respond('only for you');
    });
    const ts = bolt.slack.say('@luis', '#data', 'look');
    await bolt.slack.shortcut('@dana', 'ask', { channel: '#data', ts });
    const answer = await bolt.slack.waitFor(({ text }) => text === 'only for you');
    expect(answer.ephemeral_to).toBe('U0DANA');
  });

  it('goes to the app that offers it, or to the one that is named', async () => {
    await using bolt = await startBolt({ manifest });
    const { slack } = bolt;
    const other = await bolt.install(
      withShortcuts({ name: 'Other report', type: 'global', callback_id: 'report' }),
    );
    const heard: string[] = [];
    bolt.app.shortcut('report', async ({ ack }) => {
      heard.push('first');
      await ack();
    });
    other.app.shortcut('report', async ({ ack }) => {
      heard.push('second');
      await ack();
    });
    const app_id = other.id;
    await slack.shortcut('@dana', 'report');
    const named = { user: '@dana', callback_id: 'report', app_id };
    expect(await control(slack, 'shortcut', named)).toEqual({ ok: true });
    expect(heard).toEqual(['first', 'second']);
  });

  it.each([
    ['that no app declares', { user: '@dana', callback_id: 'nothing' }, 'unknown_shortcut'],
    ['of a message, used globally', { user: '@dana', callback_id: 'ask' }, 'unknown_shortcut'],
    [
      'that is global, used on a message',
      { user: '@dana', callback_id: 'report', channel: '#data', ts: '1.0' },
      'unknown_shortcut',
    ],
    [
      'on a message that is not there',
      { user: '@dana', callback_id: 'ask', channel: '#data', ts: '1.0' },
      'message_not_found',
    ],
    ['by somebody who left', { user: '@walt', callback_id: 'report' }, 'account_inactive'],
    ['by somebody from outside', { user: '@stefan', callback_id: 'report' }, 'unknown_shortcut'],
    ['without a name', { user: '@dana', callback_id: '' }, 'invalid_arguments'],
    [
      'of an unknown app',
      { user: '@dana', callback_id: 'report', app_id: 'A0' },
      'unknown_shortcut',
    ],
  ])('%s is refused', async (_name, request, error) => {
    await using bolt = await startBolt({ manifest });
    expect(await control(bolt.slack, 'shortcut', request)).toMatchObject({ ok: false, error });
    expect(bolt.slack.deliveries()).toEqual([]);
  });

  it('is refused on what this person does not see', async () => {
    await using bolt = await startBolt({ manifest });
    const whisper = { channel: 'C0DATA', user: 'U0DANA', text: 'psst' };
    const { message_ts: ts = '' } = await bolt.app.client.chat.postEphemeral(whisper);
    for (const user of ['@dana', '@luis'])
      await expect(bolt.slack.shortcut(user, 'ask', { channel: '#data', ts })).rejects.toThrow(
        'message_not_found',
      );
    const secret = bolt.slack.say('@dana', '#leadership', 'secret');
    const place = { channel: '#leadership', ts: secret };
    const spy = bolt.slack.shortcut('@luis', 'ask', place);
    await expect(spy).rejects.toThrow('message_not_found');
  });
});
