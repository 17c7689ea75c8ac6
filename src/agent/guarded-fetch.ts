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
 * `fetch` for an MCP server of others: follows no redirect, and reads no answer or event larger than `maxBytes`.
 *
 * @param onBroken told when a stream with the answer to a request breaks: the SDK would wait for it until its time limit
 */
export const guardedFetch =
  (maxBytes: number, onBroken: (error: Error) => void): FetchLike =>
  async (url, init) => {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const { status, statusText, headers, body } = response;
    if (status >= 300 && status < 400) {
      await body?.cancel();
      throw new RedirectRefused(`status ${status}`);
    }
    if (!body) return response;
    const isStream = headers.get('content-type')?.includes('text/event-stream') ?? false;
    const told = isStream && init?.method === 'POST' ? onBroken : () => {};
    const capped = WebStream.from(upTo(maxBytes, body, isStream, told)) as ReadableStream;
    return new Response(capped, { status, statusText, headers });
  };

async function* upTo(
  maxBytes: number,
  body: ReadableStream<Uint8Array>,
  isStream: boolean,
  onBroken: (error: Error) => void,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`);
      if (isStream && endsEvent(chunk)) size = 0;
      yield chunk;
    }
  } catch (error) {
    onBroken(error as Error);
    throw error;
  }
}

/** Events end with an empty line. */
const endsEvent = (chunk: Uint8Array) =>
  /\n\n|\r\r|\r\n\r\n/.test(Buffer.from(chunk).toString('latin1'));
