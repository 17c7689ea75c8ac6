import type { RequestListener } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type App, HTTPReceiver, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { WebClientOptions } from '@slack/web-api';
import { StartError } from '../errors.ts';
import type { Log } from '../log.ts';
import { within } from '../within.ts';
import { slackErrorCode } from './slack-error-code.ts';
import { toSlackLogger } from './slack-logger.ts';

/**
 * One rule for both transports: an event is acked when its listener has stored it, and not at all when that
 * failed, so that Slack delivers it again. Commands, clicks and views are acked by their listeners, at once.
 */
async function processAndAck(app: App, event: ReceiverEvent): Promise<void> {
  if (event.body?.type === 'event_callback') {
    await app.processEvent({ ...event, ack: async () => {} });
    return event.ack();
  }
  let acked = false;
  const ack: ReceiverEvent['ack'] = (response) => {
    acked = true;
    return event.ack(response);
  };
  await app.processEvent({ ...event, ack });
  if (!acked) await event.ack(); // nobody listens to it: Slack need not wait for a time-out
}

/** A receiver that says whether Slack can reach us, for `/ready`. */
export interface SlackReceiver extends Receiver {
  connected(): boolean;
  /** HTTP delivery only: what answers `/slack/events`. */
  requestListener?: RequestListener;
}

/** Slack's signed HTTP deliveries. It owns no server: `http.ts` mounts its request listener. */
export function httpReceiver(signingSecret: string, log: Log): SlackReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: toSlackLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      log.error({ err: error }, 'a delivery failed; Slack sends an event again');
      if (!response.headersSent) response.writeHead(500).end();
      return false;
    },
  });
  return {
    requestListener: receiver.requestListener,
    connected: () => true,
    init: (app) =>
      receiver.init(
        new Proxy(app, {
          get: (target, name) =>
            name === 'processEvent'
              ? (event: ReceiverEvent) => processAndAck(target, event)
              : Reflect.get(target, name, target),
        }),
      ),
    start: async () => {},
    stop: async () => {},
  };
}

/** First and longest pause between two tries to connect, in milliseconds. */
const defaultPauses = { first: 250, longest: 30_000 };

/** How long a connection may take from the request for its address to Slack's hello, in milliseconds. */
const helloWithin = 15_000;

/** Errors of `apps.connections.open` that no patience mends. */
const hopeless = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'not_allowed_token_type',
  'missing_scope',
]);

/**
 * Slack's Socket Mode over two connections: while Slack refreshes one (about once an hour), events, commands and
 * clicks come through the other. Each connection has its own reconnect loop; the SDK's gives up after an outage.
 */
export function socketModeReceiver(
  appToken: string,
  clientOptions: WebClientOptions,
  log: Log,
  pauses = defaultPauses,
): SlackReceiver {
  let app: App;
  const stopped = new AbortController();
  const clients = [0, 1].map(() => {
    const client = new SocketModeClient({
      appToken,
      autoReconnectEnabled: false,
      logger: toSlackLogger(log),
      clientOptions: { ...clientOptions, retryConfig: { retries: 0 }, timeout: 10_000 },
    });
    client.on('slack_event', async ({ body, ack, retry_num, retry_reason }) => {
      try {
        await processAndAck(app, { body, ack, retryNum: retry_num, retryReason: retry_reason });
      } catch (error) {
        log.error({ err: error }, 'a delivery failed; Slack sends an event again');
      }
    });
    return client;
  });

  let greeted = false;

  /** Connects again and again. Ends with a refusal only at the start: later, even that may pass (a token changed). */
  async function keepConnected(client: SocketModeClient, onHello: () => void): Promise<unknown> {
    let pause = pauses.first;
    while (!stopped.signal.aborted) {
      const gone = Promise.withResolvers<void>();
      client.once('disconnected', gone.resolve);
      try {
        await within(helloWithin, client.start());
        pause = pauses.first;
        greeted = true;
        onHello();
        await gone.promise;
      } catch (error) {
        const isHopeless = hopeless.has(slackErrorCode(error) ?? '');
        if (isHopeless && !greeted) return error;
        if (isHopeless) pause = pauses.longest;
        log.warn({ err: error }, 'Slack is not reachable; trying again');
      } finally {
        client.off('disconnected', gone.resolve);
      }
      await setTimeout(pause * (0.5 + Math.random() / 2), undefined, {
        signal: stopped.signal,
      }).catch(() => {});
      pause = Math.min(pause * 2, pauses.longest);
    }
    return undefined;
  }

  return {
    connected: () => clients.some((client) => client.websocket?.isActive()),
    init(created) {
      app = created;
    },
    async start() {
      const hello = Promise.withResolvers<void>();
      for (const client of clients) {
        void keepConnected(client, hello.resolve).then((refusal) => {
          if (!refusal) return;
          log.error('Slack refuses SLACK_APP_TOKEN');
          hello.reject(
            new StartError(
              "Slack refuses SLACK_APP_TOKEN. It is the app-level token (xapp-…) with the scope connections:write; see Basic Information → App-Level Tokens in the app's settings.",
              { cause: refusal },
            ),
          );
        });
      }
      await hello.promise;
    },
    async stop() {
      stopped.abort();
      await Promise.all(clients.map((client) => within(2000, client.disconnect()).catch(() => {})));
    },
  };
}
