import {
  isDateLike,
  isMeasureOf,
  isMoney,
  isText,
  isUnitPrice,
  moneyOf,
  pathTo,
  quantityOf,
  stepsUp,
  tableBelow,
  timeOf,
} from './facts.ts';
import type { Group, Measure, Unit } from './query.ts';
import { findColumn, type Reading, wordsBehind } from './reading.ts';
import type { Column, Schema, Table } from './schema.ts';
import { moneyWords, wordsOfName } from './words.ts';

/** A figure and the table that it is taken from. */
export interface Figure {
  table: Table;
  measure: Measure;
}

const units = new Map<string, Unit>([
  ['day', 'day'],
  ['daily', 'day'],
  ['date', 'day'],
  ['week', 'week'],
  ['weekly', 'week'],
  ['month', 'month'],
  ['monthly', 'month'],
  ['quarter', 'quarter'],
  ['quarterly', 'quarter'],
  ['year', 'year'],
  ['yearly', 'year'],
  ['annually', 'year'],
]);

/** The words for a unit of time. */
export const unitOf = (unit: Unit): string[] =>
  [...units].flatMap(([word, of]) => (of === unit ? [word] : []));

/** The unit of time that a question splits by: "by month", "per day", "monthly". */
export function readUnit({ words }: Reading): Unit | undefined {
  const at = words.findIndex(
    (word, index) =>
      units.has(word) &&
      (/ly$/.test(word) || /^(per|by|each|every|a|over)$/.test(words[index - 1] ?? '')),
  );
  const word = words[at];
  return word ? units.get(word) : undefined;
}

/** What a question splits a figure by: "per status", "by country", "for each customer", "by month". */
export function readGroup(reading: Reading, table: Table): Group | undefined {
  const { words, mentions, schema } = reading;
  const unit = readUnit(reading);
  const time = timeOf(table);
  if (unit && time) return { by: 'time', column: time, unit };

  const behind = wordsBehind(words, ['per', 'by', 'each', 'every']).slice(0, 4);
  if (behind.length === 0) return undefined;
  const at = words.length - wordsBehind(words, ['per', 'by', 'each', 'every']).length;
  const groupable = ({ type }: Column) => !/^(decimal|numeric|float|double)/.test(type);
  const [head = ''] = behind;
  const own = table.columns.find(
    (column) =>
      groupable(column) &&
      !isDateLike(column) &&
      wordsOfName(column.name).includes(head) &&
      !column.refersTo,
  );
  const entity = mentions.find((mention) => mention.at === at && mention.table !== table);
  const path = entity && pathTo(schema, table, entity.table);
  if (entity && path) return { by: 'entity', path, table: entity.table };
  if (own) return { by: 'column', place: { path: [], column: own } };
  for (const step of stepsUp(schema, table)) {
    const column = step.table.columns.find(
      (one) => isText(one) && wordsOfName(one.name).includes(head),
    );
    if (column) return { by: 'column', place: { path: [step], column } };
  }
  const reference = table.columns.find((column) => wordsOfName(column.name).includes(head));
  return reference && groupable(reference)
    ? { by: 'column', place: { path: [], column: reference } }
    : undefined;
}

/** A sum of money in this table: of a price only together with how many. */
export function moneyIn(table: Table): Measure | undefined {
  const column = moneyOf(table);
  if (!column) return undefined;
  if (!isUnitPrice(column)) return { fn: 'sum', column };
  const times = quantityOf(table);
  return times ? { fn: 'sum', column, times } : undefined;
}

/** The table that money is best counted in, of those with a time. */
export function moneyTable({ schema }: Reading): Figure | undefined {
  const [best] = schema.tables
    .filter(timeOf)
    .flatMap((table) => toMoney(table))
    .sort((a, b) => a.rank - b.rank);
  return best;
}

/** A total says more about money than an amount, and that more than anything else. */
function toMoney(table: Table): (Figure & { rank: number })[] {
  const measure = table.rows === 0 ? undefined : moneyIn(table);
  if (!measure || measure.fn === 'count') return [];
  const words = wordsOfName(measure.column.name);
  const rank = ['total', 'revenue', 'amount'].findIndex((word) => words.includes(word));
  return [{ table, measure, rank: rank < 0 ? 3 : rank }];
}

export const speaksOfMoney = ({ words }: Pick<Reading, 'words'>) =>
  words.some((word) => moneyWords.includes(word));

/**
 * What the rows of a table are measured by: a number of their own, or of a table below, or how many there are below.
 *
 * `words` is the part of the question that names the measure ("by order total").
 */
export function measureFor(
  { mentions, deeds, schema }: Reading,
  subject: Table,
  words: string[],
): Figure | undefined {
  const named = [...mentions, ...deeds].flatMap(
    ({ table }) => tableBelow(schema, subject, table)?.table ?? [],
  );
  const [nearest] = named;
  const wantsCount = ['number', 'many', 'count'].some((word) => words.includes(word));
  if (nearest && wantsCount) return { table: nearest, measure: { fn: 'count' } };
  const own = nearest ? undefined : measureIn(words, subject);
  if (own) return { table: subject, measure: { fn: 'sum', column: own } };
  for (const table of nearest ? named : tablesBelow(schema, subject)) {
    const column = measureIn(words, table);
    if (column) return { table, measure: toSum(table, column) };
  }
  const money = speaksOfMoney({ words }) ? moneyBelow(schema, subject, named) : undefined;
  return money ?? (nearest && { table: nearest, measure: { fn: 'count' } });
}

const measureIn = (words: string[], table: Table) =>
  findColumn(words, table, (one) => isMeasureOf(table, one));

/** Money and quantities add up; of a rating or an age the average is wanted. */
function toSum(table: Table, column: Column): Measure {
  if (!isMoney(column) && quantityOf(table) !== column) return { fn: 'avg', column };
  const times = isUnitPrice(column) ? quantityOf(table) : undefined;
  return { fn: 'sum', column, ...(times && times !== column && { times }) };
}

/** Nearest first. */
const tablesBelow = (schema: Schema, subject: Table): Table[] =>
  schema.tables
    .map((table) => ({ table, distance: pathTo(schema, table, subject)?.length ?? 0 }))
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => a.distance - b.distance)
    .map(({ table }) => table);

function moneyBelow(schema: Schema, subject: Table, named: Table[]): Figure | undefined {
  const tables = named.length > 0 ? named : tablesBelow(schema, subject);
  const [best] = tables.flatMap(toMoney).sort((a, b) => a.rank - b.rank);
  return best && { table: best.table, measure: best.measure };
}

/** Without a word on what to measure by: the table's own money, or that of tables below, or how many there are below. */
export function defaultMeasure(schema: Schema, subject: Table): Figure | undefined {
  const own = moneyOf(subject);
  if (own) return { table: subject, measure: { fn: 'sum', column: own } };
  const [nearest] = tablesBelow(schema, subject).filter(({ rows }) => rows !== 0);
  return (
    moneyBelow(schema, subject, []) ?? (nearest && { table: nearest, measure: { fn: 'count' } })
  );
}
