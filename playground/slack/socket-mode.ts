import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isRecord } from './args.ts';
import type { Delivery } from './control-types.ts';
import type { Outcome, Retry, Transport } from './delivery.ts';
import { app } from './people.ts';

const MAX_CONNECTIONS = 10;
const PING_EVERY_MS = 10_000;
const CONNECTION_TIME_S = 3_600;

const envelopeTypes = {
  event: 'events_api',
  command: 'slash_commands',
  interactive: 'interactive',
} as const;

interface Waiting {
  socket: WebSocket;
  settle: (outcome: Outcome) => void;
}

/** Socket Mode: any number of connections up to ten, each payload to any one of them, acks by envelope. */
export class SocketMode implements Transport {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sockets = new Set<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #arrivals = new Set<() => void>();
  readonly #ackTimeoutMs: number;
  readonly #onOnline: (online: boolean) => void;
  readonly #pings: NodeJS.Timeout;
  #next = 0;
  #refusedUntil = 0;

  constructor(options: { ackTimeoutMs: number; onOnline: (online: boolean) => void }) {
    this.#ackTimeoutMs = options.ackTimeoutMs;
    this.#onOnline = options.onOnline;
    this.#pings = setInterval(() => {
      for (const socket of this.#sockets) socket.ping();
    }, PING_EVERY_MS).unref();
  }

  /** A ticket for one connection: the query of the address that `apps.connections.open` gives. */
  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `ticket=${ticket}&app_id=${app.id}`;
  }

  /** Takes over an HTTP upgrade. Unknown or used tickets are refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL | null): void {
    const known = this.#tickets.delete(url?.searchParams.get('ticket') ?? '');
    if (!known || this.refusing()) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connected) => this.#welcome(connected));
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

  /** What Slack does every hour or so: asks every connection to come back anew. */
  refresh(reason: 'warning' | 'refresh_requested' = 'refresh_requested'): void {
    for (const socket of this.#sockets)
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: debugInfo }));
  }

  /** What a broken network does: connections end without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  async attempt(delivery: Delivery, left: () => void, retry?: Retry): Promise<Outcome> {
    const socket = await this.#connection();
    if (!socket) return { acked: false, reason: 'timeout' };
    const envelope_id = randomUUID();
    const { promise, resolve: settle } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => settle({ acked: false, reason: 'timeout' }), this.#ackTimeoutMs);
    this.#waiting.set(envelope_id, { socket, settle });
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
    return outcome;
  }

  close(): void {
    clearInterval(this.#pings);
    for (const arrive of this.#arrivals) arrive();
    this.cut();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    if (this.#sockets.size >= MAX_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    this.#sockets.add(socket);
    socket.on('message', (data) => this.#onMessage(data));
    socket.on('close', () => this.#onClose(socket));
    // A broken connection is followed by its `close`.
    socket.on('error', () => {});
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.size,
        debug_info: debugInfo,
        connection_info: { app_id: app.id },
      }),
    );
    if (this.#sockets.size === 1) this.#onOnline(true);
    for (const arrive of this.#arrivals) arrive();
  }

  #onMessage(data: RawData): void {
    const message = parse(String(data));
    const waiting = this.#waiting.get(String(message?.envelope_id));
    waiting?.settle({ acked: true, body: message?.payload });
  }

  #onClose(socket: WebSocket): void {
    this.#sockets.delete(socket);
    for (const waiting of this.#waiting.values())
      if (waiting.socket === socket) waiting.settle({ acked: false, reason: 'timeout' });
    if (this.#sockets.size === 0) this.#onOnline(false);
  }

  /** The next open connection in turn, waited for as long as an ack would be. */
  async #connection(): Promise<WebSocket | undefined> {
    if (this.#sockets.size === 0) await this.#arrival();
    const open = [...this.#sockets].filter((socket) => socket.readyState === socket.OPEN);
    this.#next += 1;
    return open[this.#next % Math.max(1, open.length)];
  }

  async #arrival(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#ackTimeoutMs);
    this.#arrivals.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#arrivals.delete(resolve);
  }
}

const debugInfo = {
  host: 'playground',
  build_number: 1,
  approximate_connection_time: CONNECTION_TIME_S,
};

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
