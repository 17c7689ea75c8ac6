import type { ServerResponse } from 'node:http';

/** One event as the Messages API streams it; its `type` is the event's name as well. */
export type StreamEvent = { type: string } & Record<string, unknown>;

/** Begins an event stream. Nagle is off in Node's server, so each event leaves at once. */
export function openSse(response: ServerResponse, headers: Record<string, string>) {
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  return (event: StreamEvent): void => {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
}
