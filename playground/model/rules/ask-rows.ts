import { keyOf, overviewOf, timeOf } from './facts.ts';
import { readUnit } from './figures.ts';
import { readFilters, subjectOf } from './filters.ts';
import type { Ask, RowsQuery } from './query.ts';
import { findColumn, type Reading, wordsBehind } from './reading.ts';
import type { Table } from './schema.ts';
import { span } from './words.ts';

/** Rows of a table as a list. */
export function toRows(
  reading: Reading,
  table: Table,
  more: Pick<RowsQuery, 'order' | 'rank' | 'isPart'> & { limit?: number },
): RowsQuery {
  return {
    type: 'rows',
    table,
    columns: overviewOf(table),
    filters: readFilters(reading, table),
    limit: reading.limit ?? 10,
    ...(reading.isCapped && { isPart: true }),
    ...more,
  };
}

type Order = Pick<RowsQuery, 'order' | 'rank'>;

/** By time, else by key; without order where a table has neither. */
export function orderByTime(table: Table, descending: boolean): Order {
  const column = timeOf(table) ?? keyOf(table);
  return column ? { order: { column, descending }, rank: descending ? 'newest' : 'first' } : {};
}

/** "latest users", "first 5 orders". */
export function readNewest(reading: Reading): Ask | undefined {
  const table = subjectOf(reading)?.table;
  const end = readEnd(reading);
  if (!table || !end || readUnit(reading) || wantsNumber(reading)) return undefined;
  const query = toRows(reading, table, orderByTime(table, end === 'newest'));
  return { type: 'query', query };
}

/** Rows are no answer then. */
const wantsNumber = ({ text }: Reading) => /\bhow many\b/.test(text);

/** Whether the newest or the first rows are wanted; "last week" says neither. */
export function readEnd({ text }: Reading): 'newest' | 'first' | undefined {
  const rest = text.replace(
    /\b(last|past|previous) (\d+ )?(day|week|month|quarter|year)s?\b/g,
    ' ',
  );
  if (/\b(latest|newest|recent|recently|last)\b/.test(rest)) return 'newest';
  return /\b(first|oldest|earliest)\b/.test(rest) ? 'first' : undefined;
}

/** "order 17", "details of user 42": one row with all its columns. */
export function readDetails({ mentions }: Reading): Ask | undefined {
  const [mention] = mentions;
  if (mentions.length !== 1 || mention?.id === undefined) return undefined;
  const { table, id, at, idAt = at } = mention;
  const column = keyOf(table);
  if (!column) return undefined;
  const filters: RowsQuery['filters'] = [
    { path: [], column, read: span(at, idAt + 1), test: { op: '=', value: id } },
  ];
  return {
    type: 'query',
    query: { type: 'rows', table, columns: table.columns, filters, limit: 1 },
  };
}

/** Any other question that names a table: its rows, sorted if that is asked for. */
export function readRows(reading: Reading): Ask | undefined {
  const table = subjectOf(reading)?.table;
  const order = table && readOrder(reading, table);
  // Split by something that was not understood: a plain list would be no answer.
  if (!table || wantsNumber(reading)) return undefined;
  if (!order && /\b(per|by|for each)\b/.test(reading.text)) return undefined;
  const natural = timeOf(table) ? orderByTime(table, true) : byKey(table);
  const isPart = reading.limit === undefined || reading.isCapped;
  return { type: 'query', query: toRows(reading, table, { ...(order ?? natural), isPart }) };
}

const byKey = (table: Table): Order => {
  const column = keyOf(table);
  return column ? { order: { column, descending: false } } : {};
};

/** "sorted by price", "order by total ascending". */
export function readOrder(
  { text, words }: Reading,
  table: Table,
): Pick<RowsQuery, 'order'> | undefined {
  if (!/\b(sort(ed)?|order(ed)?|rank(ed)?)\b.*\bby\b/.test(text)) return undefined;
  const column = findColumn(wordsBehind(words, ['by']), table);
  const isAscending = /\b(asc|ascending|lowest first|smallest first|oldest first|a to z)\b/.test(
    text,
  );
  return column && { order: { column, descending: !isAscending } };
}
