import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from './refusal.ts';

const MAX_BODY = 64 * 1024 * 1024;

/** A request's body, whole. @throws Refusal `request_too_large` past `max` bytes, default 64 MB. */
export async function readBody(request: IncomingMessage, max = MAX_BODY): Promise<Buffer> {
  if (Number(request.headers['content-length']) > max) throw new Refusal('request_too_large');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is too large is read to its end all the same: to stop would cut the connection, and nobody would get the answer.
    if (size <= max) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > max) throw new Refusal('request_too_large');
  return Buffer.concat(chunks);
}

/** Responses that shall get lost: what was asked for is done, and the connection is cut instead of answering. */
const lost = new WeakSet<ServerResponse>();

export const loseReply = (response: ServerResponse) => lost.add(response);

/** Answers with JSON, unless the other side has gone. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (isOver(response)) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** Answers with bytes or plain text. */
export function send(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  contentType = 'text/plain; charset=utf-8',
  headers: Record<string, string> = {},
): void {
  if (isOver(response)) return;
  response.writeHead(status, { 'content-type': contentType, ...headers });
  response.end(body);
}

function isOver(response: ServerResponse): boolean {
  if (lost.has(response)) response.destroy();
  return response.headersSent || response.destroyed;
}
