import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isRecord } from '../args.ts';
import type { Delivery } from '../control-types.ts';
import { isOwn } from '../own-request.ts';
import type { Outcome, Retry, Transport } from './delivery.ts';

const MAX_CONNECTIONS = 10;
const MAX_TICKETS = 100;
/** A guess: the largest ack has a view in it, which may take 250 kB. */
const MAX_ACK_BYTES = 4 * 1024 * 1024;
/** Past that, an app that has stopped reading is cut off: it must not fill the memory. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
const PING_EVERY_MS = 10_000;
const CONNECTION_MS = 3_600_000;
/** How long before its end a connection is warned, and how long it may linger after it. */
const WARNING_MS = 10_000;
const NO_APP_MS = 3_000;

const envelopeTypes = {
  event: 'events_api',
  command: 'slash_commands',
  interactive: 'interactive',
  suggestion: 'interactive',
} as const;

/** Why Slack asks a connection to go: soon, now (and to come back anew), or because Socket Mode was turned off. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

export interface SocketModeOptions {
  appId: string;
  /** How long the app may take to ack. Milliseconds. */
  ackTimeoutMs: () => number;
  /** How long a connection lasts that was opened with `debug_reconnects=true`; any other one an hour. Milliseconds. */
  debugReconnectMs: number;
  /** Called when a connection came or went. */
  onChange: () => void;
}

interface Waiting {
  socket: WebSocket;
  settle: (outcome: Outcome) => void;
}

/** Socket Mode: any number of connections up to ten, each payload to any one of them, acks by envelope. */
export class SocketMode implements Transport {
  readonly late = 'timeout';
  readonly #options: SocketModeOptions;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_ACK_BYTES });
  /** Those that payloads go to; one that was asked to leave may still ack what it has. */
  readonly #sockets = new Set<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #arrivals = new Set<() => void>();
  readonly #pings: NodeJS.Timeout;
  #next = 0;
  #refusedUntil = 0;
  #ending = false;

  constructor(options: SocketModeOptions) {
    this.#options = options;
    this.#pings = setInterval(() => {
      for (const socket of this.#server.clients) socket.ping();
    }, PING_EVERY_MS).unref();
  }

  /** A ticket for one connection: the query of the address that `apps.connections.open` gives. */
  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    const [oldest] = this.#tickets;
    if (this.#tickets.size > MAX_TICKETS && oldest) this.#tickets.delete(oldest);
    return `ticket=${ticket}&app_id=${this.#options.appId}`;
  }

  /** Takes over an HTTP upgrade. Unknown or used tickets are refused, and other sites. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL | null): void {
    const known = this.#tickets.delete(url?.searchParams.get('ticket') ?? '');
    if (!known || this.refusing() || !isOwn(request.headers)) {
      const answer = 'HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
      // Whoever never ends their own side would keep it half open for ever.
      socket.end(answer, () => socket.destroy());
      return;
    }
    const debug = url?.searchParams.get('debug_reconnects') === 'true';
    const lastsMs = debug ? this.#options.debugReconnectMs : CONNECTION_MS;
    this.#server.handleUpgrade(request, socket, head, (connected) =>
      this.#welcome(connected, lastsMs),
    );
  }

  online(): boolean {
    return this.#sockets.size > 0;
  }

  connections(): number {
    return this.#sockets.size;
  }

  /** Turns away new connections for a while. Milliseconds. */
  refuse(ms: number): void {
    this.#refusedUntil = Date.now() + ms;
  }

  refusing(): boolean {
    return Date.now() < this.#refusedUntil;
  }

  /** What Slack does every hour or so: asks every connection to come back anew. Or not to come back: `link_disabled`. */
  disconnect(reason: DisconnectReason = 'refresh_requested'): void {
    for (const socket of [...this.#sockets]) this.#askToLeave(socket, reason);
  }

  /** The app is gone: its connections end once it has acked what it heard last, unless it is back by then. */
  end(): void {
    this.#tickets.clear();
    this.#ending = this.#waiting.size > 0;
    if (!this.#ending) this.disconnect('link_disabled');
  }

  /** The app is back. */
  stay(): void {
    this.#ending = false;
  }

  /** What a broken network does: connections end without a word. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  async attempt(delivery: Delivery, left: () => void, retry?: Retry): Promise<Outcome> {
    // At once where it can be: what is sent to an app that is being uninstalled leaves before its connections end.
    const socket = this.#connection() ?? (await this.#arrival());
    if (!socket) return { acked: false, reason: this.late };
    const envelope_id = randomUUID();
    const { promise, resolve: settle } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(
      () => settle({ acked: false, reason: this.late }),
      this.#options.ackTimeoutMs(),
    );
    this.#waiting.set(envelope_id, { socket, settle });
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    socket.send(
      JSON.stringify({
        envelope_id,
        type: envelopeTypes[delivery.kind],
        payload: delivery.body,
        accepts_response_payload: delivery.kind !== 'event',
        ...(delivery.kind === 'event' && {
          retry_attempt: retry?.num ?? 0,
          retry_reason: retry?.reason ?? '',
        }),
      }),
    );
    left();
    const outcome = await promise;
    clearTimeout(timer);
    this.#waiting.delete(envelope_id);
    if (this.#ending) this.end();
    return outcome;
  }

  close(): void {
    clearInterval(this.#pings);
    for (const arrive of this.#arrivals) arrive();
    this.cut();
    this.#server.close();
  }

  #welcome(socket: WebSocket, lastsMs: number): void {
    // A broken connection, or a message past the limit, is followed by its `close`.
    socket.on('error', () => {});
    if (this.#sockets.size >= MAX_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    this.#sockets.add(socket);
    const timers = [
      setTimeout(() => this.#askToLeave(socket, 'warning'), Math.max(0, lastsMs - WARNING_MS)),
      setTimeout(() => this.#askToLeave(socket, 'refresh_requested'), lastsMs),
    ].map((timer) => timer.unref());
    socket.on('message', (data) => this.#onMessage(data));
    socket.on('close', () => {
      for (const timer of timers) clearTimeout(timer);
      this.#onClose(socket);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.size,
        debug_info: { ...debugInfo, approximate_connection_time: Math.round(lastsMs / 1000) },
        connection_info: { app_id: this.#options.appId },
      }),
    );
    this.#options.onChange();
    for (const arrive of this.#arrivals) arrive();
  }

  /** After a mere warning the connection goes on; after the rest it gets no new payloads and soon ends. */
  #askToLeave(socket: WebSocket, reason: DisconnectReason): void {
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: debugInfo }));
    if (reason === 'warning') return;
    this.#forget(socket);
    const late = setTimeout(() => socket.terminate(), WARNING_MS).unref();
    socket.on('close', () => clearTimeout(late));
  }

  #onMessage(data: RawData): void {
    const message = parse(String(data));
    const waiting = this.#waiting.get(String(message?.envelope_id));
    waiting?.settle({ acked: true, body: message?.payload });
  }

  #onClose(socket: WebSocket): void {
    this.#forget(socket);
    for (const waiting of this.#waiting.values())
      if (waiting.socket === socket) waiting.settle({ acked: false, reason: this.late });
  }

  #forget(socket: WebSocket): void {
    if (this.#sockets.delete(socket)) this.#options.onChange();
  }

  /** The next open connection in turn. */
  #connection(): WebSocket | undefined {
    const open = [...this.#sockets].filter((socket) => socket.readyState === socket.OPEN);
    this.#next += 1;
    return open[this.#next % Math.max(1, open.length)];
  }

  /** A connection that opens soon. */
  async #arrival(): Promise<WebSocket | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(NO_APP_MS, this.#options.ackTimeoutMs()));
    this.#arrivals.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#arrivals.delete(resolve);
    return this.#connection();
  }
}

const debugInfo = { host: 'playground', build_number: 1 };

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
