import { Readable } from 'node:stream';
import { ToolError } from '../../tool-error.ts';

interface ReadOptions {
  /** Bytes to be left out in front. */
  skip: number;
  /** Bytes that are wanted. */
  length: number;
  signal: AbortSignal;
}

/** So much is read past when a server ignores ranges; in bytes. */
const mostSkipped = 32_000_000;

/** The wanted bytes of a body, however much it has; the rest is not read. */
export async function readBody(body: unknown, options: ReadOptions): Promise<Buffer> {
  const { skip, length, signal } = options;
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  if (skip > mostSkipped) {
    body.destroy();
    throw new ToolError('REFUSED', 'this S3 server gives whole objects only, no ranges', {
      try: 'the first 32 MB of it',
    });
  }
  const stop = () => body.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await collect(body, skip, length);
  } finally {
    signal.removeEventListener('abort', stop);
    body.destroy();
  }
}

/** Into one buffer from the beginning: joining parts would take twice their size. */
async function collect(body: AsyncIterable<Buffer>, skip: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let left = skip;
  let at = 0;
  for await (const chunk of body) {
    at += chunk.copy(bytes, at, left);
    left -= Math.min(left, chunk.length);
    if (at === length) break;
  }
  return bytes.subarray(0, at);
}
