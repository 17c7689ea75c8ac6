import { capital } from '../../../src/capital.ts';
import { stateOf } from './facts.ts';
import { code, toNumber, toTable } from './markdown.ts';
import type { FigureQuery, Filter, Measure, Query, Related, RowsQuery } from './query.ts';
import { toList, toRecord } from './schema.ts';

/** Rows as execute_query gives them. */
export interface Rows {
  names: string[];
  rows: unknown[][];
  truncated: boolean;
}

export const toRowsResult = (data: unknown): Rows => {
  const { columns, rows, truncated } = toRecord(data);
  return {
    names: toList(columns).map(({ name }) => String(name)),
    rows: Array.isArray(rows) ? rows.filter(Array.isArray) : [],
    truncated: truncated === true,
  };
};

/** The answer to a question that was one query: a sentence, and the rows. */
export const phraseQuery = (query: Query, result: Rows, more: More = {}): string =>
  query.type === 'rows' ? phraseRows(query, result, more) : phraseFigure(query, result, more);

interface More {
  only?: 'whether-empty' | 'whether-any' | undefined;
  /** How many rows there are that the query was cut off from. */
  total?: number | undefined;
}

function phraseRows(query: RowsQuery, { names, rows, truncated }: Rows, { total }: More): string {
  const things = spoken(query.table.name);
  const condition = phraseFilters(query.filters);
  const [only] = rows;
  if (!only) return `I found no ${things}${condition}.`;
  if (query.columns === query.table.columns && rows.length === 1)
    return [
      `Here is ${code(query.table.name)}${condition}:`,
      '',
      toTable(
        ['column', 'value'],
        names.map((name, at) => [name, only[at]]),
      ),
    ].join('\n');

  if (rows.length === 1)
    return [`${phraseOne(query, things + condition)}:`, '', toTable(names, rows)].join('\n');

  const cut = truncated ? ' (the result was cut)' : '';
  const sentence =
    total !== undefined && total > rows.length
      ? `Here are **${rows.length} of ${toNumber(total)}** ${things}${condition}${phraseWhich(query)}${cut}:`
      : `Here are the **${rows.length}** ${phraseOrder(query, things + condition)}${cut}:`;
  return [sentence, '', toTable(names, rows)].join('\n');
}

const phraseOne = (query: RowsQuery, things: string) =>
  query.limit === 1
    ? `Here is the first of the ${phraseOrder(query, things)}`
    : `There is **one** row of ${things}`;

function phraseOrder({ order, rank }: RowsQuery, things: string): string {
  if (!order) return things;
  if (rank) return `${rank} ${things}, by ${code(order.column.name)}`;
  return `${things} with the ${order.descending ? 'highest' : 'lowest'} ${code(order.column.name)}`;
}

/** Which of all of them are shown. */
function phraseWhich({ order, rank }: RowsQuery): string {
  if (!order) return '';
  return rank
    ? `, the ${rank} by ${code(order.column.name)}`
    : `, those with the ${order.descending ? 'highest' : 'lowest'} ${code(order.column.name)}`;
}

function phraseFigure(query: FigureQuery, { names, rows }: Rows, { only }: More): string {
  const { group, measure, table } = query;
  const condition = phraseFilters(query.filters);
  const things = `${spoken(table.name)}${condition}`;
  if (!group) {
    const value = rows[0]?.at(-1);
    if (only) {
      const count = Number(value);
      const word = count > 0 === (only === 'whether-any') ? 'Yes' : 'No';
      return count > 0
        ? `${word}: there are **${toNumber(value)}** ${things}.`
        : `${word}, ${code(table.name)} has no rows${condition}.`;
    }
    if (measure.fn === 'count')
      return `There ${Number(value) === 1 ? 'is' : 'are'} **${toNumber(value)}** ${things}${phraseShown(query, Number(value))}.`;
    if (value === null || value === undefined)
      return `There are no ${things}, so there is no ${phraseMeasure(measure)}.`;
    return `The ${phraseMeasure(measure)} of ${things} is **${toNumber(value)}**.${phraseStates(query)}`;
  }
  if (rows.length === 0) return `I found no ${things}.`;

  const figure =
    measure.fn === 'count'
      ? `Number of ${things}`
      : `${capital(phraseMeasure(measure))} of ${things}`;
  const values = rows.map((row) => [...row.slice(0, -1), toNumber(row.at(-1))]);
  if (group.by === 'time') {
    const last = rows.length >= query.limit ? `, the last **${rows.length}** ${group.unit}s` : '';
    const sentence = withStates(`${figure} by ${group.unit}${last}`, query);
    return [sentence, '', toTable(names, values.toReversed())].join('\n');
  }
  const by = group.by === 'column' ? group.place.column.name : group.table.name;
  const all =
    rows.length >= query.limit
      ? `the ${query.descending ? 'top' : 'lowest'} **${rows.length}**`
      : `**${rows.length}** in all`;
  const most = rows.length >= maxGroups ? ` (I look up ${maxGroups} at most)` : '';
  const sentence = withStates(`${figure} by ${code(by)}, ${all}${most}`, query);
  return [sentence, '', toTable(names, values)].join('\n');
}

const maxGroups = 100;

/** Behind a list "how many is that?" may mean the list or all that it was taken from. */
const phraseShown = ({ shown = Number.POSITIVE_INFINITY }: FigureQuery, count: number) =>
  shown < count ? ` in all; the list before showed ${toNumber(shown)} of them` : '';

/** Adding up takes what was cancelled or is open along, unless the question says otherwise. */
function phraseStates({ table, measure, group, filters }: FigureQuery): string {
  const state = stateOf(table);
  const isNamed =
    (group?.by === 'column' && group.place.column === state) ||
    filters.some(({ column }) => column === state);
  return measure.fn === 'sum' && state && !isNamed
    ? ` All rows of ${code(table.name)} count, whatever their ${code(state.name)}.`
    : '';
}

function withStates(sentence: string, query: FigureQuery): string {
  const states = phraseStates(query);
  return states ? `${sentence}.${states.slice(0, -1)}:` : `${sentence}:`;
}

const spoken = (name: string) => code(name);

const functionNames = { sum: 'sum of', avg: 'average', min: 'smallest', max: 'largest' };

function phraseMeasure(measure: Measure): string {
  if (measure.fn === 'count') return 'number';
  const times = measure.times ? ` × ${code(measure.times.name)}` : '';
  return `${functionNames[measure.fn]} ${code(measure.column.name)}${times}`;
}

/** What the query was narrowed down by, so that the person can see how the question was understood. */
function phraseFilters(filters: Filter[]): string {
  const parts = filters.map(({ column, test }) => {
    const name = code(column.name);
    if (test.op === 'empty') return `no ${name}`;
    if (test.op === 'present') return `a ${name}`;
    if (test.op === 'during') return `${name} ${phraseDays(test)}`;
    if (test.op === 'related') return phraseRelated(test);
    const value =
      typeof test.value === 'number' ? String(test.value) : code(test.value.slice(0, 80));
    return `${name} ${test.op === '=' ? '' : test.op === '!=' ? 'not ' : `${test.op} `}${value}`;
  });
  return parts.length > 0 ? ` with ${parts.join(' and ')}` : '';
}

const phraseRelated = ({ isMissing, table, during }: Related) =>
  `${isMissing ? 'no ' : ''}${code(table.name)}${during ? ` ${phraseDays(during)}` : ''}`;

/** The last day is the one before `to`. */
function phraseDays({ from, to }: { from: string; to: string }): string {
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  return from === last ? `on ${from}` : `from ${from} to ${last}`;
}

/** Appended to an answer that found nothing: which values there are. */
export function phraseValues(
  values: Rows | undefined,
  sentence = 'These values there are:',
): string {
  if (!values || values.rows.length === 0) return '';
  const { names, rows } = values;
  const shown = rows.map((row) => [...row.slice(0, -1), toNumber(row.at(-1))]);
  return ['', '', sentence, '', toTable(names, shown)].join('\n');
}
