import { RespondError } from '@slack/bolt';
import { describe, expect, it, vi } from 'vitest';
import { type Bolt, plain, startBolt } from './bolt-fixture.ts';

const channel = 'C0DATA';
const button = (action_id: string) => ({ type: 'button' as const, action_id, text: plain('Go') });
const withButton = {
  channel,
  text: 'press',
  blocks: [{ type: 'actions' as const, elements: [button('go')] }],
};

/** Answers by an address as an app does: the status, and Slack's word when it refuses. */
async function answer(url: string, body: unknown): Promise<[number, string]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', body: text });
  const said = await response.text();
  return [response.status, response.ok ? said : (JSON.parse(said) as { error: string }).error];
}

const lastUrl = ({ slack }: Bolt) =>
  String(slack.deliveries().findLast(({ body }) => body.response_url)?.body.response_url);

/** The address that goes with a command. */
async function afterCommand(bolt: Bolt): Promise<string> {
  bolt.app.command('/datasource', async ({ ack }) => ack());
  await bolt.slack.command('@dana', '#data', '/datasource');
  return lastUrl(bolt);
}

/** A message with a button, and the address that goes with a click on it. */
async function afterClick(
  bolt: Bolt,
  { ephemeral = false, thread_ts }: { ephemeral?: boolean; thread_ts?: string } = {},
): Promise<{ ts: string; url: string }> {
  bolt.app.action('go', async ({ ack }) => ack());
  const { client } = bolt.app;
  const message = { ...withButton, ...(thread_ts && { thread_ts }) };
  const ts = ephemeral
    ? (await client.chat.postEphemeral({ ...message, user: 'U0DANA' })).message_ts
    : (await client.chat.postMessage(message)).ts;
  await bolt.slack.click('@dana', '#data', String(ts), 'go');
  return { ts: String(ts), url: lastUrl(bolt) };
}

const seenBy = ({ slack }: Bolt, user: string) => slack.messages('#data', { user });
const texts = (bolt: Bolt, user: string) => seenBy(bolt, user).map((one) => one.text);

describe('an address for answers', () => {
  it('is good for five', async () => {
    await using bolt = await startBolt();
    const url = await afterCommand(bolt);
    for (let i = 0; i < 5; i += 1) expect(await answer(url, { text: 'x' })).toEqual([200, 'ok']);
    expect(await answer(url, { text: 'x' })).toEqual([404, 'used_url']);
  });

  it('is good for thirty minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await using bolt = await startBolt();
      const url = await afterCommand(bolt);
      vi.setSystemTime(Date.now() + 30 * 60_000 - 1_000);
      expect(await answer(url, { text: 'x' })).toEqual([200, 'ok']);
      vi.setSystemTime(Date.now() + 2_000);
      expect(await answer(url, { text: 'x' })).toEqual([404, 'expired_url']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is always good while deadlines do not matter', async () => {
    await using bolt = await startBolt({ limits: { deadlines: false } });
    const url = await afterCommand(bolt);
    for (let i = 0; i < 6; i += 1) expect(await answer(url, { text: 'x' })).toEqual([200, 'ok']);
  });

  it.each([
    ['no JSON', '{', [400, 'invalid_json']],
    ['a list', '[]', [400, 'invalid_json']],
    ['no text', { text: ' ' }, [400, 'no_text']],
    ['a block that does not exist', { blocks: [{ type: 'song' }] }, [400, 'invalid_blocks']],
    [
      'an unknown thread',
      { response_type: 'in_channel', text: 'x', thread_ts: '1.0' },
      [400, 'thread_not_found'],
    ],
    ['nothing', {}, [200, 'ok']],
  ])('answered with %s', async (_name, body, expected) => {
    await using bolt = await startBolt();
    expect(await answer(await afterCommand(bolt), body)).toEqual(expected);
    expect(texts(bolt, '@dana')).toEqual([]);
  });

  it('has to exist', async () => {
    await using bolt = await startBolt();
    expect(await answer(`${bolt.slack.url}/response/none`, { text: 'x' })).toEqual([
      404,
      'expired_url',
    ]);
  });

  it('makes the respond() of Bolt fail when it is used up', async () => {
    await using bolt = await startBolt();
    const { promise: failure, resolve } = Promise.withResolvers<unknown>();
    bolt.app.command('/datasource', async ({ ack, respond }) => {
      await ack();
      for (let i = 0; i < 6; i += 1) await respond(`answer ${i}`).catch(resolve);
    });
    await bolt.slack.command('@dana', '#data', '/datasource');
    expect(await failure).toBeInstanceOf(RespondError);
    expect(texts(bolt, '@dana')).toHaveLength(5);
  });
});

describe('an answer', () => {
  it('is for the person alone, or for all', async () => {
    await using bolt = await startBolt();
    const url = await afterCommand(bolt);
    await answer(url, { text: 'alone' });
    await answer(url, { text: 'for all', response_type: 'in_channel' });
    expect(texts(bolt, '@dana')).toEqual(['alone', 'for all']);
    expect(texts(bolt, '@luis')).toEqual(['for all']);
  });

  it('is heard where the app is no member', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ ack, respond }) => {
      await ack();
      await respond({ response_type: 'in_channel', text: 'hello' });
    });
    await bolt.slack.command('@dana', '#random', '/datasource');
    await bolt.slack.waitFor({ channel: '#random', matches: 'hello' });
  });

  it('chooses its thread only when it is for all; else it stays where the click was', async () => {
    await using bolt = await startBolt();
    const other = bolt.slack.say('@luis', '#data', 'another thread');
    const thread_ts = bolt.slack.say('@dana', '#data', 'the thread');
    const { url } = await afterClick(bolt, { thread_ts });
    await answer(url, { text: 'alone', thread_ts: other });
    await answer(url, { text: 'for all', thread_ts: other, response_type: 'in_channel' });
    await answer(url, { text: 'outside', response_type: 'in_channel' });
    const threadOf = (text: string) =>
      seenBy(bolt, '@dana').find((one) => one.text === text)?.thread_ts;
    expect(['alone', 'for all', 'outside'].map(threadOf)).toEqual([thread_ts, other, undefined]);
  });

  it.each([false, true])(
    'takes the place of what was clicked, ephemeral: %s',
    async (ephemeral) => {
      await using bolt = await startBolt();
      const { ts, url } = await afterClick(bolt, { ephemeral });
      await answer(url, { replace_original: true, text: 'replaced' });
      const [message, ...others] = seenBy(bolt, '@dana');
      expect(message).toMatchObject({ ts, text: 'replaced' });
      expect(message).not.toHaveProperty('blocks');
      expect(others).toEqual([]);
      expect(texts(bolt, '@luis')).toEqual(ephemeral ? [] : ['replaced']);
    },
  );

  it.each([false, true])('deletes what was clicked, ephemeral: %s', async (ephemeral) => {
    await using bolt = await startBolt();
    const { url } = await afterClick(bolt, { ephemeral });
    expect(await answer(url, { delete_original: true })).toEqual([200, 'ok']);
    expect(texts(bolt, '@dana')).toEqual([]);
    expect(await answer(url, { delete_original: true })).toEqual([404, 'message_not_found']);
    const replace = { replace_original: true, text: 'x' };
    expect(await answer(url, replace)).toEqual([404, 'message_not_found']);
  });

  it('to a command replaces nothing', async () => {
    await using bolt = await startBolt();
    const url = await afterCommand(bolt);
    await answer(url, { replace_original: true, text: 'new' });
    await answer(url, { delete_original: true });
    expect(texts(bolt, '@dana')).toEqual(['new']);
  });
});
