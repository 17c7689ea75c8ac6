import { createHmac } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { App, HTTPReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { Slack, SlackOptions } from '../../../playground/slack/server.ts';
import { appManifest, quiet, start } from './slack-fixture.ts';

/** A real Bolt app over signed HTTP, and the look-alike it belongs to. */
async function startBolt({ secret, ...options }: SlackOptions & { secret?: string } = {}) {
  const slack = await start({ redeliveryMs: [0], ackTimeoutMs: 200, ...options });
  const receiver = new HTTPReceiver({
    signingSecret: secret ?? slack.env.SLACK_SIGNING_SECRET,
    logger: quiet,
    processBeforeResponse: true,
  });
  const app = new App({
    receiver,
    token: slack.env.SLACK_BOT_TOKEN,
    clientOptions: { slackApiUrl: slack.env.SLACK_API_URL },
    convoStore: false,
    logger: quiet,
  });
  const server = (await app.start(0)) as Server;
  const { port } = server.address() as AddressInfo;
  slack.deliverTo({ mode: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  const close = async () => {
    // The look-alike first: it hangs up, and the app has nobody to wait for.
    await slack.close();
    await app.stop();
  };
  return { slack, app, [Symbol.asyncDispose]: close };
}

const settled = (slack: Slack) =>
  slack.until(() => {
    const all = slack.deliveries();
    return all.length > 0 && all.every((one) => one.ackedAt || one.failed);
  });

describe('an app over HTTP', () => {
  it('answers the challenge when its address is entered', async () => {
    await using bolt = await startBolt({ ackTimeoutMs: 3_000 });
    expect(await bolt.slack.verifyUrl()).toEqual({ challenge: true, ssl_check: true });
  });

  it('hears a mention and answers in its thread', async () => {
    await using bolt = await startBolt();
    bolt.app.event('message', async () => {});
    bolt.app.event('app_mention', async ({ event, say }) => {
      await say({ thread_ts: event.ts, text: `You said: ${event.text}` });
    });
    const thread_ts = bolt.slack.say('@dana', '#general', '@connector ping');
    const reply = await bolt.slack.waitFor({ channel: '#general', thread_ts, matches: 'You said' });
    expect(reply.user).toBe(bolt.slack.bot.userId);
  });

  it('is told again what it failed to take, with the reason', async () => {
    await using bolt = await startBolt();
    const retries: unknown[] = [];
    bolt.app.event('message', async ({ context }) => {
      retries.push([context.retryNum, context.retryReason]);
      if (!context.retryNum) throw new Error('not today');
    });
    bolt.slack.say('@dana', '#data', 'hello');
    await settled(bolt.slack);
    expect(retries).toEqual([
      [undefined, undefined],
      [1, 'http_error'],
    ]);
  });

  it('that checks signatures with another secret takes nothing', async () => {
    await using bolt = await startBolt({ secret: 'wrong-secret' });
    bolt.slack.say('@dana', '#data', 'hello');
    await settled(bolt.slack);
    expect(bolt.slack.deliveries()[0]).toMatchObject({
      failed: true,
      retryReasons: ['http_error'],
    });
  });

  it('that is not there counts as a failed connection and as offline', async () => {
    await using slack = await start({
      redeliveryMs: [0],
      delivery: { mode: 'http', url: 'http://127.0.0.1:9/slack/events' },
    });
    slack.say('@dana', '#data', 'hello');
    await settled(slack);
    expect(slack.deliveries()[0]?.retryReasons).toEqual(['connection_failed']);
    expect(slack.state('@dana').apps[0]?.online).toBe(false);
  });

  it('gets commands and clicks as forms', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ command, ack, respond }) => {
      await ack();
      const button = {
        type: 'button' as const,
        text: { type: 'plain_text' as const, text: 'Use' },
        action_id: 'use',
        value: command.text,
      };
      await respond({ text: 'pick', blocks: [{ type: 'actions', elements: [button] }] });
    });
    bolt.app.action(
      { type: 'block_actions', action_id: 'use' },
      async ({ action, ack, respond }) => {
        await ack();
        if (action.type === 'button')
          await respond({ replace_original: true, text: `using ${action.value}` });
      },
    );
    await bolt.slack.command('@dana', '#data', '/datasource', 'mysql & co');
    const [shown] = bolt.slack.messages('#data', { user: '@dana' });
    expect(shown).toMatchObject({ text: 'pick', ephemeral_to: 'U0DANA' });
    await bolt.slack.click('@dana', '#data', String(shown?.ts), 'use');
    expect(bolt.slack.messages('#data', { user: '@dana' })[0]?.text).toBe('using mysql & co');
  });

  it('gets shortcuts, suggestions and submissions, and may answer in the ack', async () => {
    const shortcut = { name: 'Pick', type: 'global', callback_id: 'pick', description: 'Pick one' };
    const features = { ...appManifest.features, shortcuts: [shortcut] };
    await using bolt = await startBolt({ manifest: { ...appManifest, features } });
    const plain = (words: string) => ({ type: 'plain_text' as const, text: words });
    bolt.app.shortcut('pick', async ({ ack, shortcut: { trigger_id }, client }) => {
      await ack();
      const element = { type: 'external_select' as const, action_id: 'one', min_query_length: 0 };
      await client.views.open({
        trigger_id,
        view: {
          type: 'modal',
          callback_id: 'picked',
          title: plain('Pick'),
          submit: plain('Send'),
          blocks: [{ type: 'input', block_id: 'b', label: plain('One'), element }],
        },
      });
    });
    bolt.app.options('one', async ({ ack, options: { value } }) => {
      await ack({ options: [{ text: plain(`${value}!`), value }] });
    });
    bolt.app.view('picked', async ({ ack, view }) => {
      const picked = view.state.values.b?.one?.selected_option?.value;
      await ack({ response_action: 'errors', errors: { b: `Not ${picked}.` } });
    });
    await bolt.slack.shortcut('@dana', 'pick');
    const view = await bolt.slack.until(() => bolt.slack.state('@dana').views[0]);
    const offered = await bolt.slack.suggest('@dana', { view_id: view.id }, 'one', 'tea');
    expect(offered).toMatchObject({ options: [{ value: 'tea', text: { text: 'tea!' } }] });
    const errors = await bolt.slack.submit('@dana', view.id, { b: { one: 'tea' } });
    expect(errors).toEqual({ b: 'Not tea.' });
  });
});

/** A server that answers each request with the next of `answers`, or else 200, and keeps what came. */
async function serve(...answers: ((response: ServerResponse) => void)[]) {
  const requests: { headers: IncomingHttpHeaders; path: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const { headers, url: path = '' } = request;
    requests.push({ headers, path, body: await text(request) });
    const answer = answers.shift() ?? ((last: ServerResponse) => last.end());
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/slack/events`;
  const slack = await start({
    redeliveryMs: [0, 1, 2],
    ackTimeoutMs: 250,
    delivery: { mode: 'http', url },
  });
  const close = async () => {
    await slack.close();
    server.closeAllConnections();
    server.close();
  };
  return { slack, requests, [Symbol.asyncDispose]: close };
}

const status = (code: number, headers: Record<string, string> = {}) =>
  function answer(response: ServerResponse) {
    response.writeHead(code, headers).end();
  };
const redirect = (location: string) => status(307, { location });
const never = () => {};
const cut = (response: ServerResponse) => void response.destroy();
const endless = (response: ServerResponse) => void response.end('x'.repeat(5 * 1024 * 1024));

describe('a delivery over HTTP', () => {
  it.each([
    ['is refused', status(500), 'http_error'],
    ['is not found', status(404), 'http_error'],
    ['is not answered', never, 'http_timeout'],
    ['is cut', cut, 'connection_failed'],
    ['is answered without end', endless, 'unknown_error'],
    ['is sent elsewhere', redirect('http://slack.example/'), 'http_error'],
  ])('that %s comes again, saying why', async (_name, answer, reason) => {
    await using app = await serve(answer);
    app.slack.say('@dana', '#data', 'hello');
    await settled(app.slack);
    const [first, second] = app.requests;
    expect(app.requests).toHaveLength(2);
    expect(first?.headers).not.toHaveProperty('x-slack-retry-num');
    expect(second?.headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': reason,
    });
    expect(second?.body).toBe(first?.body);
    expect(app.slack.deliveries()[0]).toMatchObject({ attempts: 2, retryReasons: [reason] });
  });

  it('comes four times in all, then counts as failed', async () => {
    await using app = await serve(...Array.from({ length: 9 }, () => status(503)));
    app.slack.say('@dana', '#data', 'hello');
    await settled(app.slack);
    expect(app.requests.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([
      undefined,
      '1',
      '2',
      '3',
    ]);
    expect(app.slack.deliveries()[0]).toMatchObject({ attempts: 4, failed: true });
  });

  it('that comes twice on request gives a reason that Slack knows', async () => {
    await using app = await serve();
    app.slack.say('@dana', '#data', 'hello', { deliverTwice: true });
    await app.slack.until(() => app.requests.length === 2);
    expect(app.slack.deliveries()[0]?.retryReasons).toEqual(['http_timeout']);
  });

  it('whose answer is nested without end counts as refused', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    await using app = await serve((response) => response.end(deep));
    const command = app.slack.command('@dana', '#data', '/datasource');
    await expect(command).rejects.toMatchObject({ error: 'dispatch_failed' });
  });

  it('does not come again when the app says so', async () => {
    await using app = await serve(status(500, { 'x-slack-no-retry': '1' }));
    app.slack.say('@dana', '#data', 'hello');
    await settled(app.slack);
    expect(app.requests).toHaveLength(1);
    expect(app.slack.deliveries()[0]).toMatchObject({ failed: true, retryReasons: [] });
  });

  it.each([
    [2, ['/slack/events', '/1', '/2'], []],
    [3, ['/slack/events', '/1', '/2', '/slack/events'], ['too_many_redirects']],
  ])('follows redirects, %i of them', async (count, paths, retryReasons) => {
    const redirects = Array.from({ length: count }, (_, index) => redirect(`/${index + 1}`));
    await using app = await serve(...redirects);
    app.slack.say('@dana', '#data', 'hello');
    await settled(app.slack);
    expect(app.requests.map(({ path }) => path)).toEqual(paths);
    expect(app.slack.deliveries()[0]).toMatchObject({ retryReasons, failed: false });
    expect(new Set(app.requests.map(({ body }) => body)).size).toBe(1);
  });

  it('is signed anew each time, over the body as it was sent', async () => {
    await using app = await serve(status(500));
    app.slack.say('@dana', '#data', 'grüezi');
    await settled(app.slack);
    for (const { headers, body } of app.requests) {
      const digest = createHmac('sha256', app.slack.env.SLACK_SIGNING_SECRET)
        .update(`v0:${headers['x-slack-request-timestamp']}:${body}`)
        .digest('hex');
      expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
    }
  });

  it('waits for an ack for ever when deadlines are off', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    await using app = await serve(asked.resolve);
    app.slack.limits({ deadlines: false });
    app.slack.say('@dana', '#data', 'take your time');
    const response = await asked.promise;
    await new Promise((resolve) => setTimeout(resolve, 300)); // longer than the deadline that is off
    response.end();
    await settled(app.slack);
    expect(app.slack.deliveries()[0]).toMatchObject({ attempts: 1, retryReasons: [] });
  });

  it('is asked for the challenge, and for a mere sign of life, and both must be taken', async () => {
    await using app = await serve((response) => response.end('what challenge?'), status(500));
    expect(await app.slack.verifyUrl()).toEqual({ challenge: false, ssl_check: false });
    expect(app.requests.map(({ body }) => body)).toEqual([
      expect.stringContaining('"type":"url_verification"'),
      'ssl_check=1&token=playground',
    ]);
  });

  it('takes the place of Socket Mode, whose connections end', async () => {
    await using slack = await start();
    const { url } = await new WebClient(slack.env.SLACK_APP_TOKEN, {
      slackApiUrl: slack.env.SLACK_API_URL,
    }).apps.connections.open();
    const socket = new WebSocket(String(url));
    const disabled = new Promise((resolve) => {
      socket.onmessage = ({ data }) => String(data).includes('link_disabled') && resolve(true);
    });
    await slack.until(() => slack.connections() === 1);
    slack.deliverTo({ mode: 'http', url: 'http://127.0.0.1:9/' });
    expect(slack.connections()).toBe(0);
    expect(await disabled).toBe(true);
    socket.close();
  });
});
