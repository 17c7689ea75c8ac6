import { ReadableStream as WebStream } from 'node:stream/web';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';

/** The server wants to send us elsewhere, perhaps with our token. */
export class RedirectRefused extends Error {
  override name = 'RedirectRefused';
}

/** An answer, or one event of a stream, past the limit. */
export class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge';
}

/**
 * `fetch` for one connection to an MCP server of others: follows no redirect, reads no answer or event larger than
 * `maxBytes`, and ends a request that was cancelled, which the SDK would leave open for as long as the server does.
 *
 * @param onBroken told when a stream with the answer to a request breaks: the SDK would wait for it until its time limit
 */
export function guardedFetch(maxBytes: number, onBroken: (error: Error) => void): FetchLike {
  /** The requests under way, by the id of their message. */
  const underWay = new Map<unknown, AbortController>();

  return async (url, init) => {
    const { id, cancelled } = toMessage(init?.body);
    if (cancelled !== undefined) underWay.get(cancelled)?.abort();
    const givenUp = new AbortController();
    if (id !== undefined) underWay.set(id, givenUp);
    const done = () => void underWay.delete(id);
    try {
      const signal = AbortSignal.any([givenUp.signal, ...(init?.signal ? [init.signal] : [])]);
      const response = await fetchHere(url, { ...init, signal });
      const { status, statusText, headers, body } = response;
      if (!body) {
        done();
        return response;
      }
      const isStream = headers.get('content-type')?.includes('text/event-stream') ?? false;
      const isAnswer = init?.method === 'POST';
      const pieces = upTo(maxBytes, body, isStream);
      const guarded = untilGivenUp(pieces, {
        signal: givenUp.signal,
        lastWords: isStream ? noAnswer(id) : '',
        onBroken: isStream && isAnswer ? onBroken : () => {},
        done,
      });
      const whole = WebStream.from(guarded) as ReadableStream;
      return new Response(whole, { status, statusText, headers });
    } catch (error) {
      done();
      throw error;
    }
  };
}

async function fetchHere(url: string | URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const { status, body } = response;
  if (status < 300 || status >= 400) return response;
  await body?.cancel();
  throw new RedirectRefused(`status ${status}`);
}

async function* upTo(
  maxBytes: number,
  body: ReadableStream<Uint8Array>,
  isStream: boolean,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`);
    if (isStream && endsEvent(chunk)) size = 0;
    yield chunk;
  }
}

/** Events end with an empty line. */
const endsEvent = (chunk: Uint8Array) =>
  /\n\n|\r\r|\r\n\r\n/.test(Buffer.from(chunk).toString('latin1'));

interface GivingUp {
  signal: AbortSignal;
  /** What stands in the place of the rest. */
  lastWords: string;
  onBroken(error: Error): void;
  done(): void;
}

async function* untilGivenUp(
  pieces: AsyncGenerator<Uint8Array>,
  { signal, lastWords, onBroken, done }: GivingUp,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    if (!signal.aborted) {
      onBroken(error as Error);
      throw error;
    }
    yield Buffer.from(lastWords);
  } finally {
    done();
  }
}

/** Nobody waits for it, but without an answer the SDK would take the stream up again. */
const noAnswer = (id: unknown) =>
  `\n\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, result: {} })}\n\n`;

/** The id of a request, or the one that a notification cancels; nothing of what answers a request of the server's. */
function toMessage(body: unknown): { id?: unknown; cancelled?: unknown } {
  if (typeof body !== 'string') return {};
  const { id, method, params } = JSON.parse(body) as {
    id?: unknown;
    method?: string;
    params?: { requestId?: unknown };
  };
  if (method === undefined) return {};
  return method === 'notifications/cancelled' ? { cancelled: params?.requestId } : { id };
}
