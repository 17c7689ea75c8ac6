import type { Args } from './args.ts';
import { Refusal } from './refusal.ts';

const MAX_LIMIT = 1000;

/** One page of a list by `limit` and `cursor`; a limit past `max` counts as that. @throws Refusal `invalid_limit`, `invalid_cursor`. */
export function page<T>(items: T[], args: Args, fallbackLimit: number, max = MAX_LIMIT) {
  const from = readCursor(args.text('cursor'));
  const to = from + Math.min(readLimit(args) || fallbackLimit, max);
  const has_more = to < items.length;
  return {
    items: items.slice(from, to),
    has_more,
    response_metadata: {
      next_cursor: has_more ? Buffer.from(`next:${to}`).toString('base64') : '',
    },
  };
}

/** 0 when none is given. */
function readLimit(args: Args): number {
  const limit = Number(args.text('limit') || 0);
  if (!Number.isInteger(limit) || limit < 0) throw new Refusal('invalid_limit');
  return limit;
}

function readCursor(cursor: string | undefined): number {
  if (!cursor) return 0;
  const match = /^next:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new Refusal('invalid_cursor');
  return Number(match[1]);
}
