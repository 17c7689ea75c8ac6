import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { attentive } from './lifecycle-fixture.ts';
import { openSocket } from './open-socket.ts';
import { start } from './slack-fixture.ts';

const uninstall = (slack: Slack) => slack.app(slack.bot.appId, 'uninstall');
const install = (slack: Slack) => slack.app(slack.bot.appId, 'install');

const deliveryOf = (slack: Slack, type: string) =>
  slack.deliveries().find((one) => one.type === type);

/** An app over HTTP that fails to take whatever it is sent. */
async function startFailing(redeliveryMs: number[]) {
  const server: Server = createServer((_request, response) => response.writeHead(500).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const slack = await start({
    manifest: attentive(),
    redeliveryMs,
    delivery: { mode: 'http', url: `http://127.0.0.1:${port}/` },
  });
  const close = async () => {
    await slack.close();
    server.closeAllConnections();
    server.close();
  };
  return { slack, [Symbol.asyncDispose]: close };
}

it('ends the repetitions of what was under way, but not of the farewell', async () => {
  await using app = await startFailing([30]);
  const { slack } = app;
  slack.say('@dana', '#data', 'hello?');
  await slack.until(() => slack.deliveries()[0]?.attempts === 1);
  uninstall(slack);
  await slack.until(() => slack.deliveries().every((one) => one.failed));
  expect(deliveryOf(slack, 'message')?.attempts).toBe(1);
  expect(deliveryOf(slack, 'app_uninstalled')?.attempts).toBe(2);
});

it('leaves no ticket that still opens a connection', async () => {
  await using slack = await start();
  const web = new WebClient(slack.env.SLACK_APP_TOKEN, { slackApiUrl: slack.env.SLACK_API_URL });
  const { url } = await web.apps.connections.open();
  uninstall(slack);
  const opened = await new Promise((resolve) => {
    const socket = new WebSocket(String(url));
    socket.onopen = () => resolve(true);
    socket.onerror = () => resolve(false);
  });
  expect(opened).toBe(false);
});

it('taken back before the last ack ends no connection', async () => {
  const settings = { event_subscriptions: { bot_events: ['app_uninstalled'] } };
  await using slack = await start({ manifest: { settings } });
  await using raw = await openSocket(slack);
  uninstall(slack);
  const { envelope_id } = await raw.message('events_api');
  install(slack);
  raw.send({ envelope_id });
  await slack.until(() => deliveryOf(slack, 'app_uninstalled')?.ackedAt);
  expect(slack.connections()).toBe(1);
});
