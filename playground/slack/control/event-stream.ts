import type { ServerResponse } from 'node:http';

const KEEP_ALIVE_MS = 15_000;
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** Answers with server-sent events, each one line of JSON, until the other side goes or reads no more. */
export function openEventStream(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const alive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS).unref();
  response.on('close', () => clearInterval(alive));
  return {
    send(value: unknown): void {
      response.write(`data: ${JSON.stringify(value)}\n\n`);
      // A reader that has stopped reading must not fill the memory; it comes back by itself.
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
    },
    onClose: (end: () => void): void => void response.on('close', end),
  };
}
