import { once } from 'node:events';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { WebSocket as Ws } from 'ws';
import type { Slack } from '../../../playground/slack/server.ts';
import { openSocket } from './open-socket.ts';
import { clientOf, quiet, start } from './slack-fixture.ts';

interface Arrival {
  type: string;
  body: Record<string, unknown> & { event_id: string; event: Record<string, unknown> };
  ack: (answer?: Record<string, unknown>) => Promise<void>;
  retry_num: number;
  retry_reason: string;
}

/** A connected client that keeps what arrives and acks it, unless `ack` says no. */
async function connect(slack: Slack, ack: (arrival: Arrival) => boolean = () => true) {
  const client = new SocketModeClient({
    appToken: slack.env.SLACK_APP_TOKEN,
    clientOptions: { slackApiUrl: slack.env.SLACK_API_URL, retryConfig: { retries: 0 } },
    autoReconnectEnabled: false,
    logger: quiet,
  });
  const arrivals: Arrival[] = [];
  client.on('slack_event', async (arrival: Arrival) => {
    arrivals.push(arrival);
    if (ack(arrival)) await arrival.ack();
  });
  await client.start();
  return { client, arrivals, [Symbol.asyncDispose]: () => client.disconnect() };
}

/** Resolves when every delivery so far is settled. */
const settled = (slack: Slack, count: number) =>
  slack.until(() => {
    const all = slack.deliveries();
    return all.length >= count && all.every((one) => one.ackedAt || one.failed);
  });

const types = (arrivals: Arrival[]) => arrivals.map((one) => one.body.event.type);

describe('events', () => {
  it('come whole: the body and the event as Slack sends them', async () => {
    await using slack = await start();
    await using app = await connect(slack);
    const ts = slack.say('@dana', '#data', 'a < b & c, see https://example.test/x?a=1&b=2');
    await settled(slack, 1);
    expect(app.arrivals[0]?.body).toMatchObject({
      type: 'event_callback',
      team_id: 'T0ACMEGOODS',
      api_app_id: 'A0CONNECTOR',
      event_id: expect.stringMatching(/^Ev/),
      event_time: expect.any(Number),
      is_ext_shared_channel: false,
      authorizations: [{ user_id: slack.bot.userId, is_bot: true }],
      event: {
        type: 'message',
        channel: 'C0DATA',
        channel_type: 'channel',
        user: 'U0DANA',
        ts,
        event_ts: ts,
        client_msg_id: expect.any(String),
        team: 'T0ACMEGOODS',
        text: 'a &lt; b &amp; c, see <https://example.test/x?a=1&amp;b=2>',
        blocks: [{ type: 'rich_text' }],
      },
    });
  });

  it.each([
    ['mention-first', ['app_mention', 'message']],
    ['message-first', ['message', 'app_mention']],
    ['mention-only', ['app_mention']],
    ['message-only', ['message']],
  ] as const)('of a mention are twins: %s', async (twinOrder, expected) => {
    await using slack = await start();
    await using app = await connect(slack);
    slack.say('@dana', '#general', '@connector hello', { twinOrder });
    await settled(slack, expected.length);
    expect(types(app.arrivals)).toEqual(expected);
    const events = app.arrivals.map(({ body }) => [body.event.ts, body.event.text]);
    expect(new Set(events.map(String)).size).toBe(1);
    expect(events[0]?.[1]).toBe(`<@${slack.bot.userId}> hello`);
    expect(new Set(app.arrivals.map(({ body }) => body.event_id)).size).toBe(expected.length);
  });

  it('of a DM are one, with or without a mention', async () => {
    await using slack = await start();
    await using app = await connect(slack);
    slack.say('@luis', 'dm', '@connector hi');
    await settled(slack, 1);
    expect(app.arrivals.map(({ body }) => body.event)).toMatchObject([
      { type: 'message', channel: 'D0LUIS', channel_type: 'im' },
    ]);
  });

  it.each([
    [
      'an edit',
      'message_changed',
      (slack: Slack, ts: string) => slack.edit('@dana', '#data', ts, 'new'),
    ],
    [
      'a deletion',
      'message_deleted',
      (slack: Slack, ts: string) => slack.remove('@dana', '#data', ts),
    ],
  ])('tell of %s, hidden', async (_name, subtype, act) => {
    await using slack = await start();
    await using app = await connect(slack);
    const ts = slack.say('@dana', '#data', 'old');
    await settled(slack, 1);
    act(slack, ts);
    await settled(slack, 2);
    expect(app.arrivals[1]?.body.event).toMatchObject({
      subtype,
      hidden: true,
      previous_message: { text: 'old', ts },
    });
  });

  it('tell of the bot itself, of joins, reactions, files and the Home tab', async () => {
    await using slack = await start();
    await using app = await connect(slack);
    const { ts } = await clientOf(slack).chat.postMessage({ channel: 'C0DATA', text: 'mine' });
    slack.react('@dana', '#data', String(ts), 'tada');
    slack.join('@connector', '#random');
    slack.openHome('@mei');
    slack.say('@mei', '#data', 'look', { files: [{ name: 'a.csv', content: 'a,b' }] });
    await settled(slack, 6);
    expect(app.arrivals.map(({ body }) => body.event)).toMatchObject([
      { type: 'message', user: slack.bot.userId, bot_id: slack.bot.botId },
      { type: 'reaction_added', reaction: 'tada', item: { ts }, item_user: slack.bot.userId },
      { type: 'member_joined_channel', channel: 'C0RANDOM', user: slack.bot.userId },
      { type: 'message', subtype: 'channel_join' },
      { type: 'app_home_opened', channel: 'D0MEI', tab: 'home' },
      { type: 'message', subtype: 'file_share', files: [{ name: 'a.csv', size: 3 }] },
    ]);
  });

  it('mark strangers and shared channels', async () => {
    await using slack = await start();
    await using app = await connect(slack);
    slack.say('@stefan', '#acme-northwind', 'hello partners');
    await settled(slack, 1);
    expect(app.arrivals[0]?.body).toMatchObject({
      is_ext_shared_channel: true,
      event: { user_team: 'T0NORTHWIND', team: 'T0NORTHWIND' },
    });
  });

  it('do not come from channels without the bot, nor unsubscribed', async () => {
    await using slack = await start({
      manifest: { settings: { event_subscriptions: { bot_events: ['message.im'] } } },
    });
    await using app = await connect(slack);
    slack.say('@dana', '#random', '@connector are you here?');
    slack.say('@dana', '#data', '@connector and here?');
    slack.say('@dana', 'dm', 'but here');
    await settled(slack, 1);
    expect(app.arrivals.map(({ body }) => body.event.text)).toEqual(['but here']);
    const last = slack.messages('#random', { user: '@dana' }).at(-1);
    expect(last).toMatchObject({ user: 'USLACKBOT', ephemeral_to: 'U0DANA' });
  });
});

describe('redelivery', () => {
  it('repeats with the same event id until an ack, counting', async () => {
    await using slack = await start({ ackTimeoutMs: 30, redeliveryMs: [0, 10, 20] });
    await using app = await connect(slack, ({ retry_num }) => retry_num === 2);
    slack.say('@dana', '#data', 'hello?');
    await settled(slack, 1);
    expect(app.arrivals.map(({ retry_num }) => retry_num)).toEqual([0, 1, 2]);
    expect(app.arrivals[2]?.retry_reason).toBe('timeout');
    expect(new Set(app.arrivals.map(({ body }) => body.event_id)).size).toBe(1);
    expect(slack.deliveries()[0]).toMatchObject({ attempts: 3, failed: false });
  });

  it('gives up after the last repetition', async () => {
    await using slack = await start({ ackTimeoutMs: 20, redeliveryMs: [0, 5] });
    await using app = await connect(slack, () => false);
    slack.say('@dana', '#data', 'hello?');
    await settled(slack, 1);
    expect(app.arrivals).toHaveLength(3);
    expect(slack.deliveries()[0]).toMatchObject({ attempts: 3, failed: true });
  });

  it('delivers twice on request, although it was acked', async () => {
    await using slack = await start();
    await using app = await connect(slack);
    slack.say('@dana', '#data', '@connector hi', { deliverTwice: true });
    await slack.until(() => app.arrivals.length === 4);
    expect(slack.deliveries().map((one) => one.attempts)).toEqual([2, 2]);
    expect(new Set(app.arrivals.map(({ body }) => body.event_id)).size).toBe(2);
  });
});

describe('connections', () => {
  it('share the payloads: each goes to one of them', async () => {
    await using slack = await start();
    await using one = await connect(slack);
    await using two = await connect(slack);
    expect(slack.connections()).toBe(2);
    for (let i = 0; i < 10; i += 1) slack.say('@dana', '#data', `number ${i}`);
    await settled(slack, 10);
    expect(one.arrivals.length + two.arrivals.length).toBe(10);
    expect(Math.min(one.arrivals.length, two.arrivals.length)).toBeGreaterThan(0);
  });

  it('are waited for, each of them', async () => {
    await using slack = await start();
    const three = slack.until(() => slack.connections() === 3);
    await using all = new AsyncDisposableStack();
    for (let number = 1; number <= 3; number += 1) all.use(await openSocket(slack));
    expect(await three).toBe(true);
  });

  it('are refreshed on request, and what happens meanwhile waits for the next one', async () => {
    await using slack = await start();
    await using old = await connect(slack);
    slack.refreshSockets();
    await slack.until(() => slack.connections() === 0);
    expect(slack.state('@dana').apps[0]?.online).toBe(false);
    slack.say('@dana', '#data', 'in between');
    await using fresh = await connect(slack);
    await settled(slack, 1);
    expect(old.arrivals).toHaveLength(0);
    expect(fresh.arrivals[0]?.body.event.text).toBe('in between');
    expect(slack.state('@dana').apps[0]?.online).toBe(true);
  });

  it('that are cut lose nothing: what was not acked comes again', async () => {
    await using slack = await start({ redeliveryMs: [0] });
    await using old = await connect(slack, () => {
      slack.cutSockets();
      return false;
    });
    slack.say('@dana', '#data', 'precious');
    await slack.until(() => slack.connections() === 0);
    await using fresh = await connect(slack);
    await settled(slack, 1);
    expect([old, fresh].map((app) => app.arrivals.length)).toEqual([1, 1]);
    expect(fresh.arrivals[0]?.retry_num).toBe(1);
  });

  it('are refused for a while on request', async () => {
    await using slack = await start();
    slack.refuseConnections(60_000);
    await expect(connect(slack)).rejects.toThrow('internal_error');
    slack.refuseConnections(0);
    await using app = await connect(slack);
    expect(app.client).toBeDefined();
  });

  it('need a ticket, and each ticket serves once', async () => {
    await using slack = await start();
    const open = new WebClient(slack.env.SLACK_APP_TOKEN, {
      slackApiUrl: slack.env.SLACK_API_URL,
    });
    const { url } = await open.apps.connections.open();
    const opens = (address: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      });
    expect(await opens(String(url))).toBe(true);
    expect(await opens(String(url))).toBe(false);
    expect(await opens(`${slack.url.replace('http', 'ws')}/link/`)).toBe(false);
  });

  it.each([
    ['are warned and go on', 'warning', 1],
    ['are refreshed and get nothing more', 'refresh_requested', 0],
    ['are turned off and get nothing more', 'link_disabled', 0],
  ] as const)('%s: %s', async (_name, reason, left) => {
    await using slack = await start();
    await using raw = await openSocket(slack);
    slack.refreshSockets(reason);
    expect(await raw.message('disconnect')).toMatchObject({ reason });
    expect(slack.connections()).toBe(left);
  });

  it('may ack what they have when they are asked to go', async () => {
    await using slack = await start();
    await using raw = await openSocket(slack);
    slack.say('@dana', '#data', 'last orders');
    const { envelope_id } = await raw.message('events_api');
    slack.refreshSockets();
    raw.send({ envelope_id });
    await settled(slack, 1);
    expect(slack.deliveries()[0]).toMatchObject({ attempts: 1, failed: false });
  });

  it('that ask for it come back sooner: debug_reconnects', async () => {
    await using slack = await start({ debugReconnectMs: 20 });
    await using patient = await openSocket(slack);
    await using hasty = await openSocket(slack, '&debug_reconnects=true');
    expect(await patient.message('hello')).toMatchObject({
      debug_info: { approximate_connection_time: 3600 },
    });
    expect(await hasty.message('disconnect', 'warning')).toBeDefined();
    expect(await hasty.message('disconnect', 'refresh_requested')).toBeDefined();
    expect(slack.connections()).toBe(1);
  });

  it('are ten at most', async () => {
    await using slack = await start();
    await using all = new AsyncDisposableStack();
    for (let number = 1; number <= 10; number += 1) all.use(await openSocket(slack));
    await using surplus = await openSocket(slack);
    expect(await surplus.message('disconnect')).toMatchObject({ reason: 'too_many_websockets' });
    expect(slack.connections()).toBe(10);
  });

  it('end with their app, once it has acked what it heard last', async () => {
    await using slack = await start({
      manifest: {
        settings: { event_subscriptions: { bot_events: ['app_uninstalled'] } },
      },
    });
    await using raw = await openSocket(slack);
    slack.app(slack.bot.appId, 'uninstall');
    const { envelope_id } = await raw.message('events_api');
    expect(slack.connections()).toBe(1);
    raw.send({ envelope_id });
    expect(await raw.message('disconnect')).toMatchObject({ reason: 'link_disabled' });
    expect(slack.connections()).toBe(0);
    expect(slack.deliveries()).toMatchObject([{ type: 'app_uninstalled', attempts: 1 }]);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '"ack"'],
    ['an ack of nothing', '{"envelope_id":"of-nobody"}'],
    ['a payload of no envelope', '{"payload":{}}'],
  ])('bear %s', async (_name, message) => {
    await using slack = await start();
    await using raw = await openSocket(slack);
    raw.send(message);
    slack.say('@dana', '#data', 'still there?');
    const { envelope_id } = await raw.message('events_api');
    raw.send({ envelope_id });
    await settled(slack, 1);
    expect(slack.deliveries()[0]?.failed).toBe(false);
  });

  it('end that read no more', async () => {
    await using slack = await start({ redeliveryMs: [] });
    const web = new WebClient(slack.env.SLACK_APP_TOKEN, { slackApiUrl: slack.env.SLACK_API_URL });
    const { url } = await web.apps.connections.open();
    const socket = new Ws(String(url));
    await once(socket, 'open');
    socket.pause();
    for (let said = 0; said < 300; said += 1) slack.say('@dana', '#data', 'x'.repeat(40_000));
    await slack.until(() => slack.connections() === 0);
    socket.terminate();
  });

  it('end that send more than any ack can be', async () => {
    await using slack = await start();
    await using raw = await openSocket(slack);
    raw.send('x'.repeat(4 * 1024 * 1024 + 1));
    await slack.until(() => slack.connections() === 0);
  });
});
