import { toRows } from './ask-rows.ts';
import { isMeasureOf, isNumeric, moneyOf, pathTo } from './facts.ts';
import {
  defaultMeasure,
  measureFor,
  moneyTable,
  readGroup,
  readUnit,
  speaksOfMoney,
} from './figures.ts';
import { readFilters, subjectOf } from './filters.ts';
import type { Ask, FigureQuery, Measure } from './query.ts';
import { findColumn, meant, type Reading, wordsBehind } from './reading.ts';
import type { Table } from './schema.ts';
import { wordsOfName } from './words.ts';

const query = (of: FigureQuery): Ask => ({ type: 'query', query: of });

/** One number, or one a group where the question names one. */
export function toFigure(reading: Reading, table: Table, measure: Measure): FigureQuery {
  const group = readGroup(reading, table);
  return {
    type: 'figure',
    table,
    measure,
    ...(group && { group }),
    filters: readFilters(reading, table),
    descending: true,
    limit: reading.limit ?? (group?.by === 'time' ? timeLimit[group.unit] : 20),
  };
}

const timeLimit = { day: 14, week: 12, month: 12, quarter: 8, year: 10 };

const functions: [RegExp, Exclude<Measure['fn'], 'count'>][] = [
  [/\b(average|avg|mean)\b/, 'avg'],
  [/\b(minimum|min|smallest|lowest)\b/, 'min'],
  [/\b(maximum|max|highest|largest|biggest)\b/, 'max'],
  [
    /\bsum\b|\btotal of\b|\bin total\b|\bhow much\b|\btotal (revenue|turnover|amount|sales|value|spend|income)\b|^[^,]{0,40}\b(revenue|turnover)\b/,
    'sum',
  ],
];

/** "average rating per product", "sum of total", "what is the highest price", "how much did we sell last month". */
export function readAggregate(reading: Reading): Ask | undefined {
  const { text, mentions } = reading;
  const fn = functions.find(([pattern]) => pattern.test(text))?.[1];
  if (!fn || /\b(how many|number of|top)\b/.test(text)) return undefined;
  // "the highest orders" wants rows, "what is the highest total" a number.
  if ((fn === 'min' || fn === 'max') && !/\b(what|how)\b|\b(min|max)(imum)?\b/.test(text))
    return undefined;

  for (const table of tablesFor(reading)) {
    const column = findColumn(reading.words, table, (one) => isMeasureOf(table, one));
    if (column) return query(toFigure(reading, table, { fn, column }));
  }
  const [mention] = mentions;
  const money = mention && moneyOf(mention.table);
  if (mention && money) return query(toFigure(reading, mention.table, { fn, column: money }));
  const best = speaksOfMoney(reading) ? moneyTable(reading) : undefined;
  if (!best || best.measure.fn === 'count') return undefined;
  return query(toFigure(reading, best.table, { ...best.measure, fn }));
}

/** Where a number may be meant to stand: in a table that is named, was spoken of, or lies below one that is named. */
function tablesFor({ mentions, schema, previous }: Reading): Table[] {
  const named = mentions.map(({ table }) => table);
  const before = previous?.type === 'query' && named.length === 0 ? [previous.query.table] : [];
  const others = schema.tables.filter((table) => named.every((one) => pathTo(schema, table, one)));
  return [...named, ...before, ...others];
}

const most = /\b(top|best|highest|biggest|largest|most)\b/;
const least = /\b(worst|lowest|smallest|cheapest|least|fewest)\b/;

/** "top 5 products by price", "customers with the most orders", "top countries by number of users". */
export function readTop(reading: Reading): Ask | undefined {
  const { text, words, schema, mentions } = reading;
  const descending = most.test(text);
  if (!descending && !least.test(text)) return undefined;
  const by = words.lastIndexOf('by');
  const subject = mentions.find(({ at, id }) => id === undefined && (by < 0 || at < by));
  if (!subject) return readTopOfColumn(reading, by, descending);

  const { table, at, length } = subject;
  const named =
    by >= 0 ? words.slice(by + 1) : words.filter((_, place) => place < at || place >= at + length);
  const figure = measureFor(reading, table, named) ?? defaultMeasure(schema, table);
  if (!figure) return undefined;
  const { measure } = figure;
  if (figure.table === table && measure.fn !== 'count')
    return {
      type: 'query',
      query: toRows(reading, table, { order: { column: measure.column, descending } }),
    };
  const path = pathTo(schema, figure.table, table);
  if (!path) return undefined;
  return query({
    type: 'figure',
    ...figure,
    group: { by: 'entity', path, table },
    filters: readFilters(reading, figure.table),
    descending,
    limit: reading.limit ?? 10,
  });
}

function readTopOfColumn(reading: Reading, by: number, descending: boolean): Ask | undefined {
  const { words, mentions } = reading;
  const table = mentions.find(({ at }) => at > by)?.table;
  const column =
    table && by >= 0 && findColumn(words.slice(0, by), table, (one) => !isNumeric(one));
  if (!table || !column) return undefined;
  const measured = findColumn(words.slice(by + 1), table, (one) => isMeasureOf(table, one));
  return query({
    type: 'figure',
    table,
    measure: measured ? { fn: 'sum', column: measured } : { fn: 'count' },
    group: { by: 'column', place: { path: [], column } },
    filters: readFilters(reading, table),
    descending,
    limit: reading.limit ?? 10,
  });
}

/** "orders per status", "revenue by month", "how many users by country". */
export function readSplit(reading: Reading): Ask | undefined {
  const { mentions, words, text } = reading;
  const behind = wordsBehind(words, ['per', 'by', 'each', 'every']);
  if (behind.length === 0 && !readUnit(reading)) return undefined;
  if (/\b(sort(ed)?|order(ed)?) by\b/.test(text)) return undefined;
  const at = words.length - behind.length;
  const isCount = /\bhow many\b|\bnumber of\b|\bcount\b/.test(text);
  const table = mentions.find((mention) => mention.at < at && mention.id === undefined)?.table;
  const money = !isCount && speaksOfMoney(reading) ? moneyWithin(reading, table) : undefined;
  const figure = money ?? (table && { table, measure: { fn: 'count' as const } });
  if (!figure) return undefined;
  const asked = toFigure(reading, figure.table, figure.measure);
  return asked.group ? query(asked) : undefined;
}

/** "sales" may be a word for a table as well as for money: a column that is named wins, then the table by its own name. */
function moneyWithin(reading: Reading, table: Table | undefined) {
  if (!table) return moneyTable(reading);
  const column = findColumn(reading.words, table, (one) => isMeasureOf(table, one));
  if (column) return { table, measure: { fn: 'sum' as const, column } };
  const isNamed = reading.mentions.some(
    (one) => one.table === table && wordsOfName(table.name).includes(reading.words[one.at] ?? ''),
  );
  const money = moneyOf(table);
  return isNamed || !money ? undefined : { table, measure: { fn: 'sum' as const, column: money } };
}

/** "is … empty?", "are there any …?" */
export function readWhetherEmpty(reading: Reading): Ask | undefined {
  const table = subjectOf(reading)?.table ?? meant(reading);
  if (!table || !/\bempty\b|\b(are|is) there any\b|\bdo we have any\b/.test(reading.text))
    return undefined;
  const filters = readFilters(reading, table);
  const count: FigureQuery = {
    type: 'figure',
    table,
    measure: { fn: 'count' },
    filters,
    descending: true,
    limit: 1,
  };
  const only = /\bempty\b/.test(reading.text) ? 'whether-empty' : 'whether-any';
  return { type: 'query', query: count, only };
}

/** "how many orders last week?" */
export function readCount(reading: Reading): Ask | undefined {
  const table = subjectOf(reading)?.table ?? meant(reading);
  if (!table || !/\b(how many|number of|count|how much)\b/.test(reading.text)) return undefined;
  return query(toFigure(reading, table, { fn: 'count' }));
}
