import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Activity } from './client/activity.ts';
import { openClient } from './client/client.ts';
import { openControl } from './control/control.ts';
import { openControlHttp } from './control/control-http.ts';
import type { Delivery, Limits, TrafficEntry } from './control-types.ts';
import { Announcer } from './delivery/events.ts';
import { Files } from './files/files.ts';
import { Forms } from './interactivity/forms.ts';
import { ResponseUrls, Triggers } from './interactivity/invitations.ts';
import { Views } from './interactivity/views.ts';
import { Faults } from './limits/faults.ts';
import { toLimits } from './limits/limits.ts';
import { RateLimits } from './limits/rate-limits.ts';
import { Prompts } from './messages/prompts.ts';
import { ScheduledMessages } from './messages/scheduled-messages.ts';
import { Streams } from './messages/streams.ts';
import type { Parts } from './parts.ts';
import { Ring } from './ring.ts';
import { openRouter } from './router.ts';
import { openWebApi } from './web-api.ts';
import { openPage, type WebRoot } from './web-root.ts';
import { Apps } from './workspace/apps.ts';
import type { DeliveryMode, InstalledApp } from './workspace/installed-app.ts';
import { permissive, readManifest, toManifest } from './workspace/manifest.ts';
import { Workspace } from './workspace/workspace.ts';

export interface SlackOptions {
  /** 0, the default: a free one. */
  port?: number;
  /** An app manifest, or `none` for an app that may do everything; default: the project's `manifest.json`, if there is one. */
  manifest?: object | 'none';
  /** How long every Web API call takes to have its effect and be answered. Milliseconds, default 0. */
  delayMs?: number;
  /** Waits before an event is delivered again. Default as Slack: at once, 1 minute, 5 minutes. */
  redeliveryMs?: number[];
  /** Default: Socket Mode. */
  delivery?: DeliveryMode;
  /** The folder of a built page, served at `/`, or what builds one. */
  webRoot?: WebRoot;
  /** How long a Socket Mode connection lasts that was opened with `debug_reconnects=true`. Default 360,000 milliseconds. */
  debugReconnectMs?: number;
  /** How long the app may take to ack. Default 3,000 milliseconds. */
  ackTimeoutMs?: number;
  /** Which of Slack's limits to keep; default: all. */
  limits?: Partial<Limits>;
  /** How long a stream may last. Default as Slack: 300,000 milliseconds. */
  streamLifetimeMs?: number;
  /** A Slack that knows no `assistant.*` and `agents.*`; default off. */
  classicOnly?: boolean;
  /** How many calls and deliveries are remembered, each. Default 10,000. */
  keep?: number;
}

/** A running look-alike. */
export type Slack = Awaited<ReturnType<typeof startSlack>>;

/** The longest time that a timer can wait: 24 days. */
const NEVER_MS = 2 ** 31 - 1;

const manifestFile = new URL('../../manifest.json', import.meta.url);

/**
 * Starts a Slack look-alike on the loopback interface: Web API, Socket Mode or signed HTTP, and the control API.
 *
 * @throws Error in one sentence when the port is taken or the manifest is broken.
 */
export async function startSlack(options: SlackOptions = {}) {
  const { ackTimeoutMs = 3_000, redeliveryMs = [0, 60_000, 300_000], keep = 10_000 } = options;
  const manifest = await manifestOf(options);
  const server = createServer();
  const address = await listen(server, options.port ?? 0);
  const url = () => address;

  const limits = toLimits(options.limits);
  const workspace = new Workspace();
  const activity = new Activity(workspace);
  const deliveryLog = new Ring<Delivery>(keep);
  const traffic = new Ring<TrafficEntry>(keep);
  deliveryLog.onChange(() => activity.notify());
  traffic.onChange(() => activity.notify());
  let deliveries = 0;
  const apps = new Apps(workspace, {
    ackTimeoutMs: () => (limits.deadlines ? ackTimeoutMs : NEVER_MS),
    redeliveryMs,
    debugReconnectMs: options.debugReconnectMs ?? 360_000,
    log: deliveryLog,
    nextId: () => ++deliveries,
    onProgress: (delivery) => deliveryLog.update(delivery),
  });
  const app = apps.install(manifest);
  const announcer = new Announcer({ workspace, apps });
  const parts: Parts = {
    workspace,
    apps,
    deliveryLog,
    url,
    limits,
    rates: new RateLimits(),
    traffic,
    views: new Views(workspace),
    forms: new Forms(),
    files: new Files(url, limits),
    triggers: new Triggers(limits),
    responseUrls: new ResponseUrls(url, limits),
    faults: new Faults(),
    announcer,
    streams: new Streams({
      workspace,
      announcer,
      limits,
      lifetimeMs: options.streamLifetimeMs ?? 300_000,
    }),
    scheduled: new ScheduledMessages(),
    prompts: new Prompts(workspace),
  };

  const closing = new AbortController();
  const control = openControl(parts);
  const client = openClient(parts, control, activity);
  const webApi = openWebApi(parts, {
    delayMs: options.delayMs ?? 0,
    classicOnly: options.classicOnly ?? false,
    closing: closing.signal,
  });
  server.on(
    'request',
    openRouter(parts, {
      webApi,
      control: openControlHttp(parts, control, client),
      page: openPage(options.webRoot),
    }),
  );
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const link = URL.parse(request.url ?? '/', address);
    const id = link?.searchParams.get('app_id');
    const { sockets } = apps.list().find((one) => one.id === id) ?? app;
    sockets.upgrade(request, socket, head, link);
  });
  if (options.delivery) app.deliverTo(options.delivery);

  const close = async (): Promise<void> => {
    closing.abort();
    apps.close();
    activity.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };

  return {
    ...client,
    /** The address of everything, without a slash at the end. */
    url: address,
    /** What an app needs in its environment to work with this Slack. */
    env: environmentOf(address, app),
    bot: botOf(app),
    /** Installs one more app; returns what it needs in its environment, its ids, and how to reach it. */
    install: (manifest: object | 'none') => {
      const added = apps.install(manifest === 'none' ? permissive : toManifest(manifest));
      return {
        env: environmentOf(address, added),
        bot: botOf(added),
        id: added.id,
        deliverTo: (delivery: DeliveryMode) => added.deliverTo(delivery),
      };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const environmentOf = (address: string, { tokens, signingSecret }: InstalledApp) => ({
  SLACK_API_URL: `${address}/api/`,
  SLACK_BOT_TOKEN: tokens.bot,
  SLACK_APP_TOKEN: tokens.app,
  SLACK_SIGNING_SECRET: signingSecret,
});

const botOf = ({ id, user, bot_id, manifest }: InstalledApp) => ({
  appId: id,
  userId: user,
  botId: bot_id,
  name: manifest.name,
});

async function manifestOf({ manifest }: SlackOptions) {
  if (manifest === 'none') return permissive;
  return manifest ? toManifest(manifest) : readManifest(manifestFile);
}

/** Resolves with the address. @throws Error when the port is taken. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken.`
          : `Port ${port} cannot be used: ${error.code}.`;
      reject(new Error(`Slack look-alike: ${sentence}`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      const { port: actual } = server.address() as AddressInfo;
      server.removeAllListeners('error');
      resolve(`http://127.0.0.1:${actual}`);
    });
  });
}
