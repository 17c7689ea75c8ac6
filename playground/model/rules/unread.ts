import { isMoney, isNumeric, isUnitPrice, tableBelow } from './facts.ts';
import { unitOf } from './figures.ts';
import type { Ask, Query } from './query.ts';
import { type Reading, toCount } from './reading.ts';
import type { Column, Table } from './schema.ts';
import {
  everydayWords,
  generalMoneyWords,
  personWords,
  priceWords,
  span,
  toWords,
  wordsOfName,
} from './words.ts';

/**
 * The words of a question that its query does not answer to, as they were written. A word is read when it is an everyday
 * one, when a part of the query was made of it, or when it says what the query does. Any other word may change the answer.
 */
export function unreadWords(
  reading: Reading,
  { query, only }: Extract<Ask, { type: 'query' }>,
): string[] {
  const places = readPlaces(reading, query);
  const told = toldWords(reading, query);
  if (only) told.add('empty');
  if (wordsOfName(shownTable(query).name).some((word) => personWords.includes(word)))
    told.add('who');
  const unread = reading.rawWords.filter((_, at) => {
    const word = reading.words[at] ?? '';
    return !everydayWords.has(word) && !places.has(at) && !told.has(word);
  });
  return [...unread, ...reading.wordsBeyond];
}

/** Positions that filters, and names of tables in the query, were read from. */
function readPlaces(reading: Reading, query: Query): Set<number> {
  const { mentions, deeds, schema, words } = reading;
  const tables = tablesOf(query);
  const above =
    query.type === 'figure' && query.group?.by === 'entity' ? query.group.table : undefined;
  const isUsed = (table: Table) =>
    tables.has(table) ||
    (above !== undefined && tableBelow(schema, above, table)?.table === query.table);
  const named = [...mentions, ...deeds].flatMap(({ table, at, length }) =>
    isUsed(table) ? span(at, at + length + (words[at + length] === 'who' ? 1 : 0)) : [],
  );
  const counted = words.flatMap((word, at) =>
    hasLimit(query) && Math.min(100, toCount(word)) === query.limit ? [at] : [],
  );
  return new Set([...named, ...counted, ...query.filters.flatMap(({ read = [] }) => read)]);
}

/** The table whose rows an answer tells of. */
const shownTable = (query: Query): Table =>
  query.type === 'figure' && query.group?.by === 'entity' ? query.group.table : query.table;

/** One number for all has no limit. */
const hasLimit = (query: Query) => query.type === 'rows' || query.group !== undefined;

function tablesOf({ table, filters, ...query }: Query): Set<Table> {
  const group = 'group' in query ? query.group : undefined;
  const place = group?.by === 'column' ? group.place.path : [];
  const path = group?.by === 'entity' ? group.path : place;
  const steps = [...path, ...filters.flatMap((filter) => filter.path)];
  return new Set([table, ...steps.map((step) => step.table)]);
}

/** Words for what a query does. */
function toldWords(reading: Reading, query: Query): Set<string> {
  const columns = query.filters.map(({ column }) => column);
  const said = query.type === 'rows' ? wordsOfRows(query, reading) : wordsOfFigure(query);
  const inPeriod = query.filters.some(({ test }) => test.op === 'during');
  return new Set([
    ...toWords(said),
    ...columns.flatMap(wordsFor),
    ...(inPeriod ? ['new'] : []),
    ...(reading.words[0] === 'but' ? ['but'] : []),
  ]);
}

const descendingWords = 'top best most highest biggest largest dearest';
const ascendingWords = 'worst lowest smallest cheapest least fewest';
const sortingWords = 'sort sorted order ordered rank ranked by';

function wordsOfRows(
  { order, rank, columns, limit }: Extract<Query, { type: 'rows' }>,
  { previous }: Reading,
): string {
  const before = previous?.type === 'query' ? previous.query.limit : limit;
  return [
    ...columns.map(({ name }) => wordsOfName(name).join(' ')),
    limit > before ? 'more' : '',
    rank === 'newest' ? 'latest newest new last recent recently' : '',
    rank === 'first' ? 'first oldest earliest' : '',
    order && !rank ? wordsFor(order.column).join(' ') : '',
    order && !rank ? sortingWords : '',
    order && !rank && order.descending ? `${descendingWords} descending desc` : '',
    order && !rank && !order.descending ? `${ascendingWords} ascending asc` : '',
  ].join(' ');
}

const functionWords = {
  count: 'how many number count total',
  sum: 'sum total much',
  avg: 'average avg mean',
  min: 'minimum min smallest lowest',
  max: 'maximum max highest largest biggest',
};

function wordsOfFigure({
  measure,
  group,
  descending,
  shown,
}: Extract<Query, { type: 'figure' }>): string {
  const columns =
    measure.fn === 'count' ? [] : [measure.column, ...(measure.times ? [measure.times] : [])];
  return [
    functionWords[measure.fn],
    ...columns.flatMap(wordsFor),
    group ? 'per by each every split grouped' : '',
    group && group.by !== 'time' ? (descending ? descendingWords : ascendingWords) : '',
    group?.by === 'column' ? wordsOfName(group.place.column.name).join(' ') : '',
    group?.by === 'time' ? `over ${unitOf(group.unit).join(' ')}` : '',
    shown === undefined ? '' : 'total',
  ].join(' ');
}

/** The words that may be said for a column: those of its name, and those for money and prices where it holds such. */
const wordsFor = (column: Column): string[] => [
  ...wordsOfName(column.name),
  ...(isNumeric(column) && isMoney(column) ? generalMoneyWords : []),
  ...(isNumeric(column) && isUnitPrice(column) ? priceWords : []),
];
