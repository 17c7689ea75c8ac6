import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Client } from '../client/client.ts';
import { waitReads } from '../client/wait-reads.ts';
import { now } from '../clock.ts';
import { onControlFile, onControlUpload } from '../files/downloads.ts';
import { readBody, sendJson } from '../http.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Control } from './control.ts';
import { controlRoutes } from './control-routes.ts';
import { sendChanges } from './control-stream.ts';
import { sendInspections } from './inspect.ts';

type Read = (query: (field: string) => string, response: ServerResponse) => object | undefined;

/** The control API over HTTP, for the page and for programs. The handler rejects with Refusal for what it does not do. */
export function openControlHttp(parts: Parts, control: Control, client: Client) {
  const posts = controlRoutes(parts, control, client);
  const gets: Record<string, Read> = {
    '': () => ({ get: Object.keys(gets).filter(Boolean), post: [...Object.keys(posts), 'upload'] }),
    ...reads(parts, control),
    ...waitReads(parts, client),
  };
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const name = url.pathname.slice('/control/'.length);
    if (name === 'upload' && request.method === 'POST') {
      sendJson(response, 200, { ok: true, ...(await onControlUpload(parts, request, url)) });
      return;
    }
    const table: Record<string, unknown> = request.method === 'GET' ? gets : posts;
    if (!Object.hasOwn(table, name))
      throw new Refusal('not_found', [`there is no ${request.method} /control/${name}`]);
    const answer =
      request.method === 'GET'
        ? gets[name]?.((field) => url.searchParams.get(field) ?? '', response)
        : ((await posts[name]?.(await readJson(request))) ?? {});
    if (answer) sendJson(response, 200, { ok: true, ...answer });
  };
}

/** What `GET /control/<name>` answers; nothing when it writes the response itself. */
const reads = (parts: Parts, control: Control): Record<string, Read> => ({
  state: (query) => control.state(query('user')),
  traffic: () => ({ traffic: parts.traffic.list() }),
  deliveries: () => ({ deliveries: parts.deliveryLog.list() }),
  rates: () => ({ rates: parts.rates.gauges(now()) }),
  inspect: (_query, response) => void sendInspections(parts, response),
  stream: (query, response) => void sendChanges(parts, control, query('user'), response),
  file: (query, response) => void onControlFile(parts, query('id'), response),
  messages: (query) => ({
    messages: control.messages(query('channel'), {
      ...(query('user') && { user: query('user') }),
      ...(query('thread_ts') && { thread_ts: query('thread_ts') }),
    }),
  }),
});

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json'))
    throw new Refusal('invalid_content_type', ['send application/json']);
  const body = await readBody(request);
  try {
    return JSON.parse(body.toString() || '{}');
  } catch {
    throw new Refusal('invalid_json');
  }
}
