import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Activity } from './activity.ts';
import { openClient } from './client.ts';
import { openControl } from './control.ts';
import { openControlHttp } from './control-http.ts';
import type { Delivery, TrafficEntry } from './control-types.ts';
import { Deliveries, type Transport } from './delivery.ts';
import { Announcer } from './events.ts';
import { Faults } from './faults.ts';
import { Files } from './files.ts';
import { HttpDelivery } from './http-delivery.ts';
import { ResponseUrls, Triggers } from './invitations.ts';
import { readManifest, toManifest } from './manifest.ts';
import type { Parts } from './parts.ts';
import { app } from './people.ts';
import { Ring } from './ring.ts';
import { openRouter } from './router.ts';
import { SocketMode } from './socket-mode.ts';
import { Views } from './views.ts';
import { openWebApi } from './web-api.ts';
import { Workspace } from './workspace.ts';

export type DeliveryMode = { mode: 'socket' } | { mode: 'http'; url: string };

export interface SlackOptions {
  /** 0, the default: a free one. */
  port?: number;
  /** An app manifest; default: the project's `manifest.json`, and an app that may do everything when there is none. */
  manifest?: object;
  /** How long every Web API call takes to have its effect and be answered. Milliseconds, default 0. */
  delayMs?: number;
  /** Waits before an event is delivered again. Default as Slack: at once, 1 minute, 5 minutes. */
  redeliveryMs?: number[];
  /** Default: Socket Mode. */
  delivery?: DeliveryMode;
  /** The folder of a built page, served at `/`. */
  webRoot?: string;
  /** How long the app may take to ack. Default 3,000 milliseconds. */
  ackTimeoutMs?: number;
  /** Keep Slack's documented rates; default off. */
  rateLimits?: boolean;
  /** A Slack that knows no `assistant.*` and `agents.*`; default off. */
  classicOnly?: boolean;
  /** How many calls and deliveries are remembered, each. Default 10,000. */
  keep?: number;
}

/** A running look-alike. */
export type Slack = Awaited<ReturnType<typeof startSlack>>;

const signingSecret = 'playground-signing-secret';
const tokens = { bot: 'xoxb-playground-not-a-token', app: 'xapp-playground-not-a-token' };
const manifestFile = new URL('../../manifest.json', import.meta.url);

/**
 * Starts a Slack look-alike on the loopback interface: Web API, Socket Mode or signed HTTP, and the control API.
 *
 * @throws Error in one sentence when the port is taken or the manifest is broken.
 */
export async function startSlack(options: SlackOptions = {}) {
  const { ackTimeoutMs = 3_000, redeliveryMs = [0, 60_000, 300_000], keep = 10_000 } = options;
  const manifest = options.manifest
    ? toManifest(options.manifest)
    : await readManifest(manifestFile);
  const server = createServer();
  const address = await listen(server, options.port ?? 0);
  const url = () => address;

  const workspace = new Workspace(manifest.name);
  const activity = new Activity(workspace);
  const onProgress = () => activity.notify();
  const onOnline = (online: boolean) => workspace.tell({ type: 'app-online', online });
  const sockets = new SocketMode({ ackTimeoutMs, onOnline });
  let transport: Transport = sockets;
  const deliveryLog = new Ring<Delivery>(keep);
  const deliveries = new Deliveries({
    transport: () => transport,
    log: deliveryLog,
    redeliveryMs,
    onProgress,
  });
  const parts: Parts = {
    workspace,
    manifest,
    sockets,
    deliveries,
    deliveryLog,
    tokens,
    url,
    traffic: new Ring<TrafficEntry>(keep),
    views: new Views(workspace),
    files: new Files(url),
    triggers: new Triggers(),
    responseUrls: new ResponseUrls(url),
    faults: new Faults(),
    announcer: new Announcer({
      workspace,
      deliveries,
      ...(manifest.events && { subscribed: manifest.events }),
    }),
    online: () => transport.online(),
  };

  const closing = new AbortController();
  const control = openControl(parts);
  const webApi = openWebApi(parts, {
    delayMs: options.delayMs ?? 0,
    rateLimits: options.rateLimits ?? false,
    classicOnly: options.classicOnly ?? false,
    onProgress,
    closing: closing.signal,
  });
  server.on(
    'request',
    openRouter(parts, {
      webApi,
      control: openControlHttp(parts, control),
      webRoot: options.webRoot,
    }),
  );
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    sockets.upgrade(request, socket, head, URL.parse(request.url ?? '/', address));
  });

  /** Changes how the app is reached, e.g. once its port is known. */
  const deliverTo = (delivery: DeliveryMode): void => {
    if (transport !== sockets) transport.close();
    transport =
      delivery.mode === 'socket'
        ? sockets
        : new HttpDelivery({ url: delivery.url, signingSecret, ackTimeoutMs, onOnline });
  };
  if (options.delivery) deliverTo(options.delivery);

  const close = async (): Promise<void> => {
    closing.abort();
    deliveries.close();
    transport.close();
    sockets.close();
    activity.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };

  return {
    ...openClient(parts, control, activity),
    /** The address of everything, without a slash at the end. */
    url: address,
    /** What an app needs in its environment to work with this Slack. */
    env: {
      SLACK_API_URL: `${address}/api/`,
      SLACK_BOT_TOKEN: tokens.bot,
      SLACK_APP_TOKEN: tokens.app,
      SLACK_SIGNING_SECRET: signingSecret,
    },
    bot: { userId: app.user, botId: app.bot_id },
    deliverTo,
    /** Slack's handshake with an HTTP app: whether it answers the challenge. False in Socket Mode. */
    verifyUrl: async () => transport instanceof HttpDelivery && (await transport.verifyUrl()),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Resolves with the address. @throws Error when the port is taken. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence =
        error.code === 'EADDRINUSE' ? `Port ${port} is taken.` : 'The server cannot listen.';
      reject(new Error(`Slack look-alike: ${sentence}`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      const { port: actual } = server.address() as AddressInfo;
      server.removeAllListeners('error');
      resolve(`http://127.0.0.1:${actual}`);
    });
  });
}
