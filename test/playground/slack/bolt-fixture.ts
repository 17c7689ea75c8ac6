import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Delivery } from '../../../playground/slack/control-types.ts';
import type { Slack, SlackOptions } from '../../../playground/slack/server.ts';
import { quiet, start } from './slack-fixture.ts';

export const modes = ['socket', 'http'] as const;
export type Mode = (typeof modes)[number];

/** A look-alike with a real Bolt app, over Socket Mode or signed HTTP. */
export async function startBolt(options: SlackOptions = {}, mode: Mode = 'socket') {
  const slack = await start(options);
  const app = await connectBolt(slack, slack, mode);
  const apps = [app];
  /** One more app, connected. */
  const install = async (manifest: object) => {
    const other = slack.install(manifest);
    const second = await connectBolt(slack, other, mode);
    apps.push(second);
    return { ...other, app: second };
  };
  const close = async () => {
    await slack.until(() => slack.deliveries().every(isOver), 1_000).catch(() => {});
    // Over HTTP the look-alike first: it hangs up, and the app has nobody to wait for.
    if (mode === 'http') await slack.close();
    for (const one of apps) await one.stop();
    if (mode === 'socket') await slack.close();
  };
  return { slack, app, install, [Symbol.asyncDispose]: close };
}

export type Bolt = Awaited<ReturnType<typeof startBolt>>;

type Installed = Pick<Slack, 'env' | 'bot' | 'deliverTo'>;

/** Bolt throws where nobody catches when it acks after its end. */
const isOver = ({ ackedAt, failed }: Delivery) => failed || ackedAt !== undefined;

/** A real Bolt app for one of the apps of the look-alike. */
export async function connectBolt(
  slack: Slack,
  { env, bot, deliverTo }: Installed,
  mode: Mode = 'socket',
): Promise<App> {
  const clientOptions = { slackApiUrl: env.SLACK_API_URL, retryConfig: { retries: 0 } };
  const receiver: Receiver =
    mode === 'socket'
      ? new SocketModeReceiver({
          appToken: env.SLACK_APP_TOKEN,
          installerOptions: { clientOptions },
          logger: quiet,
        })
      : new HTTPReceiver({ signingSecret: env.SLACK_SIGNING_SECRET, logger: quiet });
  const app = new App({
    receiver,
    token: env.SLACK_BOT_TOKEN,
    clientOptions,
    convoStore: false,
    logger: quiet,
  });
  const started = await app.start(0);
  if (mode === 'http') {
    const { port } = (started as Server).address() as AddressInfo;
    deliverTo({ mode: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  }
  // Bolt asks at once who it is, and throws where nobody catches when Slack is gone by then.
  await slack.until(() => slack.traffic().some(({ answer }) => answer?.bot_id === bot.botId));
  return app;
}

/** The control API as the page uses it: what it answers, and its error's word when it refuses. */
export async function control(slack: Slack, action: string, body: object) {
  const response = await fetch(`${slack.url}/control/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { ok: boolean; error?: string } & Record<string, unknown>;
}

/** Has the app open a modal for Dana, in answer to `/datasource`. Gives its id. */
export async function openModal({ slack, app }: Bolt, view: object): Promise<string> {
  app.command('/datasource', async ({ ack }) => ack());
  await slack.command('@dana', '#data', '/datasource');
  const trigger_id = triggerOf(slack);
  const { view: opened } = await app.client.views.open({ trigger_id, view: view as never });
  return String(opened?.id);
}

/** The trigger id of the last payload that had one. */
export const triggerOf = (slack: Slack) =>
  String(slack.deliveries().findLast(({ body }) => body.trigger_id)?.body.trigger_id);

/** The last payload of a type. */
export const payloadOf = (slack: Slack, type: string) =>
  slack.deliveries().findLast((one) => one.type === type)?.body;

export const plain = (text: string) => ({ type: 'plain_text' as const, text });
