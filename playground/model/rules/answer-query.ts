import { isText } from './facts.ts';
import { code } from './markdown.ts';
import { phraseQuery, phraseValues, type Rows } from './phrase-query.ts';
import type { Ask, FigureQuery, Filter, Query } from './query.ts';

/**
 * Yields the queries that an answer needs, one after the other, takes what each found, and returns the answer.
 * Nothing comes back for a query that failed, except for the first, whose failure is the answer.
 */
export function* answerQuery({
  query,
  only,
}: Extract<Ask, { type: 'query' }>): Generator<Query, string, Rows | undefined> {
  // All rows are "not foo", so a word that is no value at all would pass unnoticed.
  const negated = query.filters.find(({ test }) => test.op === '!=');
  if (negated) {
    const values = yield valuesOf(query, negated);
    if (!holds(values, wordOf(negated)))
      return `I did not understand “${wordOf(negated)}”.${phraseValues(values)}`;
  }
  const rows = (yield query) ?? noRows;
  if (isEmpty(query, rows)) {
    const filter = query.filters.find(({ column, test }) => test.op === '=' && isText(column));
    if (!filter) return phraseQuery(query, rows, { only });
    const values = yield valuesOf(query, filter);
    const opposite = oppositeOf(filter, values);
    if (!opposite) return phraseQuery(query, rows, { only }) + phraseOthers(filter, values);
    const filters = query.filters.map((one) => (one === filter ? opposite : one));
    const others = (yield { ...query, filters }) ?? noRows;
    return phraseQuery({ ...query, filters }, others, { only });
  }
  if (query.type !== 'rows' || !query.isPart || rows.rows.length < query.limit)
    return phraseQuery(query, rows, { only });
  const count = yield { ...figureOf(query), filters: query.filters };
  return phraseQuery(query, rows, { total: Number(count?.rows[0]?.at(-1)) });
}

const noRows: Rows = { names: [], rows: [], truncated: false };

const isEmpty = (query: Query, { rows }: Rows) =>
  rows.length === 0 ||
  (query.type === 'figure' &&
    !query.group &&
    query.measure.fn === 'count' &&
    Number(rows[0]?.at(-1)) === 0);

const figureOf = ({ table }: Query): FigureQuery => ({
  type: 'figure',
  table,
  measure: { fn: 'count' },
  filters: [],
  descending: true,
  limit: 10,
});

/** Which values the column has, the most frequent first. */
const valuesOf = (query: Query, { path, column }: Filter): FigureQuery => ({
  ...figureOf(query),
  group: { by: 'column', place: { path, column } },
});

const wordOf = ({ test }: Filter) => ('value' in test ? String(test.value) : '');

const holds = (values: Rows | undefined, value: string) =>
  values?.rows.some(([found]) => String(found).toLowerCase() === value.toLowerCase()) ?? false;

/** A word that is no value of the column may have meant something else. */
const phraseOthers = (filter: Filter, values: Rows | undefined) =>
  holds(values, wordOf(filter))
    ? phraseValues(values)
    : phraseValues(
        values,
        `I may have misunderstood “${wordOf(filter)}”: ${code(filter.column.name)} has these values:`,
      );

/** "unpaid", where there is no such value, but "paid". */
function oppositeOf(filter: Filter, values: Rows | undefined): Filter | undefined {
  const value = /^(?:un|non|in)(\p{L}{3,})$/iu.exec(wordOf(filter))?.[1];
  return value && holds(values, value) ? { ...filter, test: { op: '!=', value } } : undefined;
}
