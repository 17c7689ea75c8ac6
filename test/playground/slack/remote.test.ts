import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectSlack, type RemoteSlack } from '../../../playground/slack/client/remote.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { appManifest, clientOf, quiet, start } from './slack-fixture.ts';

let slack: Slack;
let remote: RemoteSlack;
let app: App;

/** A real Bolt app that does a bit of everything. */
async function startApp(): Promise<App> {
  const bolt = new App({
    token: slack.env.SLACK_BOT_TOKEN,
    appToken: slack.env.SLACK_APP_TOKEN,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.env.SLACK_API_URL },
    convoStore: false,
    logger: quiet,
  });
  bolt.event('app_mention', async ({ event, client }) => {
    const { channel, ts: thread_ts } = event;
    if (event.text.includes('silence')) return;
    const { ts } = await client.chat.postMessage({ channel, thread_ts, text: 'Thinking…' });
    for (const text of ['The', 'The answer', 'The answer is 42.'])
      await client.chat.update({ channel, ts: String(ts), text });
  });
  bolt.command('/datasource', async ({ ack, command, client }) => {
    await ack(`You typed: ${command.text}`);
    await client.views.open({ trigger_id: command.trigger_id, view: modal });
  });
  bolt.view('form', async ({ ack }) => {
    await ack({ response_action: 'errors', errors: { name: 'Too short.' } });
  });
  bolt.shortcut('ask_message', async ({ ack, shortcut, client }) => {
    await ack();
    if (shortcut.type === 'message_action')
      await client.reactions.add({
        channel: shortcut.channel.id,
        timestamp: shortcut.message_ts,
        name: 'eyes',
      });
  });
  await bolt.start();
  return bolt;
}

const modal = {
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: 'Form' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'name',
      label: { type: 'plain_text' as const, text: 'Name' },
      element: { type: 'plain_text_input' as const, action_id: 'value' },
    },
  ],
};

beforeAll(async () => {
  const features = {
    ...appManifest.features,
    shortcuts: [
      { name: 'Ask', type: 'message', callback_id: 'ask_message', description: 'Ask about it' },
    ],
  };
  slack = await start({ manifest: { ...appManifest, features }, limits: { rates: false } });
  remote = connectSlack(`${slack.url}/`);
  app = await startApp();
});

afterAll(async () => {
  await app.stop();
  await slack.close();
});

describe.each([
  ['in the same process', () => slack],
  ['over HTTP', () => remote],
] as const)('the client %s', (_where, client) => {
  it('asks, and has the whole reply once nothing changes any more', async () => {
    const reply = await client().ask('@dana', '#data', '@connector what is it?', { settleMs: 300 });
    expect(reply).toMatchObject({ text: 'The answer is 42.', busy: false, thread_ts: reply.ts });
    expect(reply.messages).toMatchObject([{ user: slack.bot.userId, thread_ts: reply.ts }]);
  });

  it('has the reply as soon as the test says so', async () => {
    const reply = await client().ask('@dana', '#data', '@connector quick!', {
      settleMs: 60_000,
      until: ({ text }) => text.startsWith('The'),
    });
    expect(reply.text).toMatch(/^The/);
  });

  it('says so when nobody replies', async () => {
    const silence = client().ask('@dana', '#data', '@connector silence', { timeoutMs: 30 });
    await expect(silence).rejects.toThrow('No app replied within 30 ms.');
  });

  it('says what there was of a reply that never ended', async () => {
    const endless = client().ask('@dana', '#data', '@connector go', {
      timeoutMs: 400,
      until: () => false,
    });
    await expect(endless).rejects.toThrow(
      'not complete after 400 ms; so far it was:\nThe answer is 42.',
    );
  });

  it('writes, edits, reacts and deletes', async () => {
    const ts = await client().say('@dana', '#random', 'hello');
    await client().edit('@dana', '#random', ts, 'hello again');
    await client().react('@luis', '#random', ts, 'wave');
    const found = await client().waitFor({ channel: '#random', user: '@dana', matches: /again$/ });
    expect(found).toMatchObject({ ts, reactions: [{ name: 'wave', users: ['U0LUIS'] }] });
    await client().remove('@dana', '#random', ts);
    expect(await client().messages('#random')).toEqual([]);
  });

  it('uses commands, modals and shortcuts', async () => {
    await client().command('@luis', '#data', '/datasource', 'mysql');
    const said = await client().waitFor((message) => message.text === 'You typed: mysql');
    expect(said.ephemeral_to).toBe('U0LUIS');
    const view = await client().until(async () => (await client().state('@luis')).views[0]);
    const errors = await client().submit('@luis', view.id, { name: { value: 'Al' } });
    expect(errors).toEqual({ name: 'Too short.' });
    await client().closeView('@luis', view.id);
    expect((await client().state('@luis')).views).toEqual([]);

    const ts = await client().say('@mei', '#data', 'look at this');
    await client().shortcut('@mei', 'ask_message', { channel: '#data', ts });
    await client().waitFor((message) => message.ts === ts && message.reactions !== undefined);
  });

  it('opens conversations and changes who is in them', async () => {
    const dm = await client().openDm('@dana', '@mei', '@luis');
    await client().say('@mei', dm, 'the three of us');
    expect((await client().messages(dm)).at(-1)).toMatchObject({ text: 'the three of us' });
    const name = client() === slack ? 'here' : 'there';
    const id = await client().createChannel('@dana', name, { private: true });
    await client().join('@luis', id);
    await client().leave('@luis', id);
    await client().channel('@dana', id, 'archive');
    const { channels } = await client().state('@dana');
    expect(channels.find((one) => one.id === id)).toMatchObject({
      archived: true,
      kind: 'private',
      members: ['U0DANA'],
    });
    await client().person('@mei', { is_restricted: true });
    expect((await client().state('@mei')).people).toContainEqual(
      expect.objectContaining({ id: 'U0MEI', is_restricted: true }),
    );
    await client().person('@mei', { is_restricted: false });
  });

  it('brings people, and says how an app is reached', async () => {
    const name = client() === slack ? 'ines' : 'olga';
    const id = await client().addPerson({ name, real_name: name });
    expect((await client().state('@dana')).people).toContainEqual(
      expect.objectContaining({ id, name }),
    );
    expect(await client().verifyUrl()).toEqual({ challenge: false, ssl_check: false });
  });

  it('sends files', async () => {
    const { id, size } = await client().upload('@dana', 'a.csv', 'a,b\n1,2');
    expect(size).toBe(7);
    const ts = await client().say('@dana', '#data', '', { file_ids: [id] });
    const [message] = (await client().messages('#data')).filter((one) => one.ts === ts);
    expect(message?.files).toMatchObject([{ id, name: 'a.csv' }]);
  });

  it('makes calls fail and switches limits', async () => {
    const end = await client().fault({ method: 'auth.test', error: 'fatal_error' });
    await expect(clientOf(slack).auth.test()).rejects.toThrow('fatal_error');
    await end();
    expect((await clientOf(slack).auth.test()).ok).toBe(true);
    await client().limits({ sizes: false });
    expect((await client().state('@dana')).limits).toMatchObject({ sizes: false, rates: false });
    await client().limits({ sizes: true });
  });

  it('sees calls, deliveries and connections', async () => {
    const ts = await client().say('@dana', '#data', 'note this');
    await client().until(async () =>
      (await client().deliveries()).some(
        ({ ackedAt, body }) => ackedAt && (body.event as { ts?: string })?.ts === ts,
      ),
    );
    expect((await client().traffic()).map(({ method }) => method)).toContain(
      'apps.connections.open',
    );
    expect(await client().connections()).toBe(1);
  });

  it.each([
    ['user_not_found', () => client().say('@nobody', '#data', 'x')],
    ['channel_not_found', () => client().messages('#nowhere')],
    ['not_in_channel', () => client().ask('@mei', '#finance', 'x')],
    ['unknown_command', () => client().command('@dana', '#data', '/nothing')],
  ])('passes on why Slack refuses: %s', async (word, call) => {
    const refused = (async () => call())();
    await expect(refused).rejects.toMatchObject({ name: 'Refusal', error: word });
  });

  it('says what was there instead when it waits in vain', async () => {
    await client().say('@dana', '#data', 'something else');
    await expect(client().waitFor({ channel: '#data', matches: 'never' }, 20)).rejects.toThrow(
      /within 20 ms[\s\S]*something else/,
    );
  });
});

describe('over HTTP', () => {
  it('any language can ask in one request', async () => {
    const response = await fetch(`${slack.url}/control/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"user":"@dana","channel":"#data","text":"@connector ?","settleMs":300}',
    });
    expect(await response.json()).toMatchObject({ ok: true, text: 'The answer is 42.' });
  });

  it('a question that nobody answers is no fault of the server', async () => {
    const response = await fetch(`${slack.url}/control/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"user":"@dana","channel":"#random","text":"hm","timeoutMs":20}',
    });
    expect([response.status, await response.json()]).toMatchObject([
      504,
      { ok: false, error: 'no_reply', message: 'no_reply: No app replied within 20 ms.' },
    ]);
  });

  it('everything that changes is told, whoever sees it', async () => {
    const changes: unknown[] = [];
    const stop = remote.onChange((change) => changes.push(change));
    await remote.until(() => changes.length > 0);
    slack.say('@dana', '#leadership', 'psst');
    await remote.until(() =>
      changes.some((one) => (one as { message?: { text: string } }).message?.text === 'psst'),
    );
    stop();
  });

  it('an app is given another address, or none', async () => {
    await using other = await start();
    const away = connectSlack(other.url);
    const online = async () => (await away.state('@dana')).apps[0]?.online;
    await away.deliverTo({ mode: 'http', url: 'http://127.0.0.1:9/' });
    expect(await online()).toBe(true); // until somebody has tried
    await away.deliverTo({ mode: 'socket' });
    expect(await online()).toBe(false);
    const nowhere = away.deliverTo({ mode: 'http', url: 'file:///etc/hosts' });
    await expect(nowhere).rejects.toMatchObject({ error: 'invalid_arguments' });
  });

  it('a broken pattern is refused', async () => {
    const response = await fetch(`${slack.url}/control/find?pattern=(`);
    expect(await response.json()).toMatchObject({ ok: false, error: 'invalid_arguments' });
  });

  it('every call says so when nobody listens there, or somebody else', async () => {
    const server = createServer((_request, response) => response.end('Hello.'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const other = connectSlack(`http://127.0.0.1:${port}`);
    await expect(other.state('@dana')).rejects.toThrow('is no Slack look-alike');
    await expect(other.waitFor({ matches: 'x' })).rejects.toThrow('is no Slack look-alike');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(other.state('@dana')).rejects.toThrow('No Slack look-alike answers at');
    await expect(other.waitFor({ matches: 'x' })).rejects.toThrow('No Slack look-alike answers at');
  });
});
