import type { MessageQuery } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Client } from './client.ts';
import { findMessages } from './find-messages.ts';
import { replyTo } from './reply-to.ts';

type Query = (field: string) => string;

/** What programs in other processes look at while they wait: `GET /control/find`, `reply`, `connections`. */
export const waitReads = (
  parts: Parts,
  client: Client,
): Record<string, (query: Query) => object> => ({
  find: (query) => ({ messages: findMessages(parts, toMessageQuery(query)) }),
  reply: (query) =>
    replyTo(parts, { user: query('user'), channel: query('channel'), ts: query('ts') }),
  connections: (query) => ({ connections: client.connections(query('app_id') || undefined) }),
});

function toMessageQuery(query: Query): MessageQuery {
  const matches = query('pattern') ? toPattern(query('pattern'), query('flags')) : query('text');
  const places = ['channel', 'thread_ts', 'user'].map((field) => [field, query(field)]);
  return { matches, ...Object.fromEntries(places.filter(([, value]) => value)) };
}

function toPattern(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new Refusal('invalid_arguments', [(error as Error).message]);
  }
}
