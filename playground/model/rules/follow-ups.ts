import { orderByTime, readEnd, readOrder, toRows } from './ask-rows.ts';
import { timeOf } from './facts.ts';
import { readGroup } from './figures.ts';
import { readFilters } from './filters.ts';
import {
  type Ask,
  type FigureQuery,
  type Filter,
  type Query,
  type RowsQuery,
  testedBy,
} from './query.ts';
import type { Reading } from './reading.ts';

/** A question that goes on from the one before: "and the last 3?", "only paid ones", "sort by total", "how many is that?" */
export function readFollowUp(reading: Reading): Ask | undefined {
  const { previous, mentions, text } = reading;
  if (previous?.type !== 'query') return undefined;
  const before = previous.query;
  if (mentions.length === 0 && figures.test(text)) return undefined; // a question of its own
  const [mention] = mentions;
  if (mention && mention.table !== before.table)
    return /^(and|what about|how about|same for|also)\b/.test(text) &&
      mentions.length === 1 &&
      mention.id === undefined
      ? { type: 'query', query: ofOtherTable(reading, before, mention.table) }
      : undefined;
  if (mention && !/^(and|only|just|now|but)\b/.test(text)) return undefined;
  const query = changed(reading, before);
  return query && { type: 'query', query };
}

const figures =
  /\b(average|avg|mean|sum|max|min|maximum|minimum|revenue|turnover|top|best|highest|lowest)\b/;

/** "And products?": the same about something else. */
function ofOtherTable(reading: Reading, before: Query, table: Query['table']): Query {
  const end = readEnd(reading);
  if (before.type === 'rows')
    return toRows(reading, table, {
      ...orderByTime(table, end ? end === 'newest' : (before.order?.descending ?? true)),
      limit: reading.limit ?? before.limit,
    });
  const time = before.group?.by === 'time' ? timeOf(table) : undefined;
  return {
    type: 'figure',
    table,
    measure: { fn: 'count' },
    ...(time && before.group?.by === 'time' && { group: { ...before.group, column: time } }),
    filters: readFilters(reading, table),
    descending: true,
    limit: before.limit,
  };
}

function changed(reading: Reading, before: Query): Query | undefined {
  const { text, limit } = reading;
  const { table } = before;
  const fresh = readFilters(reading, table);
  const filters = merged(before.filters, fresh);

  if (
    /\bhow many\b|^count\b/.test(text) &&
    /\b(that|those|these|they|them|there|it|in total|all)\b|^how many\W*$/.test(text)
  )
    return figure(before, {
      measure: { fn: 'count' },
      filters,
      ...(before.type === 'rows' && { shown: before.limit }),
    });

  const order = readOrder(reading, table);
  if (order) return toList(reading, before, filters, order);

  const group = readGroup(reading, table);
  if (group)
    return {
      ...figure(before, { filters }),
      group,
      limit: limit ?? (group.by === 'time' ? 12 : 20),
    };

  const end = readEnd(reading);
  if (end && before.type === 'rows')
    return toList(reading, before, filters, orderByTime(table, end === 'newest'));
  if (limit) return { ...before, filters, limit };
  if (/\bmore\b/.test(text)) return { ...before, filters, limit: Math.min(100, before.limit * 2) };
  if (fresh.length > 0) return { ...before, filters };
  if (
    /\b(show|list|see)\b.*\b(them|those|these|it|that)\b|^(which|who)( ones)?\W*$/.test(text) &&
    before.type === 'figure'
  )
    return {
      ...toRows(reading, table, { ...orderByTime(table, true), isPart: limit === undefined }),
      filters,
    };
  return undefined;
}

/** The same rows in another order. */
function toList(
  reading: Reading,
  before: Query,
  filters: Filter[],
  order: Pick<RowsQuery, 'order' | 'rank'>,
): RowsQuery {
  const limit = reading.limit ?? (before.type === 'rows' ? before.limit : 10);
  return { ...toRows(reading, before.table, { ...order, limit }), filters };
}

function figure(
  before: Query,
  more: Pick<FigureQuery, 'filters'> & Partial<FigureQuery>,
): FigureQuery {
  const measure = before.type === 'figure' ? before.measure : { fn: 'count' as const };
  return { type: 'figure', table: before.table, measure, descending: true, limit: 20, ...more };
}

/** A new test of a column takes the place of the old one, which was not read from this question. */
const merged = (before: Filter[], fresh: Filter[]): Filter[] => [
  ...before
    .filter((old) => !fresh.some((filter) => testedBy(filter) === testedBy(old)))
    .map((old) => ({ ...old, read: [] })),
  ...fresh,
];
