import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

/** A request as a handler sees it. */
export interface StandInRequest {
  method: string;
  /** Without host, decoded by nobody: `/rest/api/3/issue/OPS-7`. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Fires when the caller is gone. */
  signal: AbortSignal;
}

/** What comes back. */
export interface StandInAnswer {
  status: number;
  headers?: Record<string, string>;
  /** A stream is pulled only as fast as the caller reads. */
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** A request that came, and how it ended. */
export interface RecordedRequest extends Omit<StandInRequest, 'signal'> {
  /** Milliseconds since 1970. */
  at: number;
  /** 0 while there is no answer. */
  status: number;
  /** Of the answer's body, given to the network. */
  bytesSent: number;
  /** The caller hung up before the end. */
  aborted: boolean;
}

/** An API's stand-in at work. */
export interface StandIn extends AsyncDisposable {
  /** Without a slash at the end: `http://127.0.0.1:4567`. */
  url: string;
  /** The last 10,000 requests, the oldest first, those that failed on purpose too. */
  requests: RecordedRequest[];
  /** From now on this goes wrong. The fault that was told first comes first. */
  fail(fault: Fault): void;
  /** Nothing goes wrong any more. */
  heal(): void;
}

/** Longest body of a request, in bytes. */
const maxBody = 64 * 1024 * 1024;
const maxRecords = 10_000;

/** Serves an API's stand-in on the loopback interface. What its handler throws is a 500 with the message. */
export async function startStandIn(
  handle: (request: StandInRequest) => StandInAnswer | Promise<StandInAnswer>,
  { port = 0 }: { port?: number } = {},
): Promise<StandIn> {
  const requests: RecordedRequest[] = [];
  let faults: { fault: Fault; left: number }[] = [];

  function takeFault(request: StandInRequest): Fault | undefined {
    const found = faults.find(({ fault }) => fault.when?.(request) ?? true);
    if (!found) return;
    found.left -= 1;
    if (found.left <= 0) faults = faults.filter((each) => each !== found);
    return found.fault;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    const request = { ...(await read(incoming)), signal: gone.signal };
    const { signal: _, ...facts } = request;
    const record = { ...facts, at: Date.now(), status: 0, bytesSent: 0, aborted: false };
    requests.push(record);
    if (requests.length > maxRecords) requests.shift();
    response.once('close', () => {
      record.aborted = !response.writableFinished;
      gone.abort();
    });
    const fault = takeFault(request);
    if (fault?.delayMs) await sleep(fault.delayMs, undefined, { signal: gone.signal });
    const right = fault?.status === undefined ? await handle(request) : undefined;
    const answer = right ?? { ...fault, status: fault?.status ?? 200 };
    await send(response, answer, record, fault?.cutAfter);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return response.destroy();
      response.writeHead(500, { 'content-type': 'text/plain' });
      return response.end(error instanceof Error ? error.stack : String(error));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The stand-in has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    heal() {
      faults = [];
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Omit<StandInRequest, 'signal'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) throw new Error('The request is larger than the stand-in takes.');
    chunks.push(chunk);
  }
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

async function send(
  response: ServerResponse,
  { status, headers, body = '' }: StandInAnswer,
  record: RecordedRequest,
  cutAfter = Number.POSITIVE_INFINITY,
): Promise<void> {
  record.status = status;
  if (cutAfter === 0) return void response.destroy();
  response.writeHead(status, headers);
  const chunks =
    typeof body === 'string' || body instanceof Uint8Array ? [Buffer.from(body)] : body;
  for await (const chunk of chunks) {
    if (response.destroyed) return;
    const part = chunk.subarray(0, cutAfter - record.bytesSent);
    record.bytesSent += part.length;
    if (!response.write(part)) await drained(response);
    // What was written has to leave first: a reset would take it along.
    if (record.bytesSent >= cutAfter) return void setTimeout(() => response.destroy(), 20);
  }
  response.end();
}

const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
