import { isDateLike, keyOf, labelsOf, pathTo, timeOf } from './facts.ts';
import { ofNumbers } from './of-numbers.ts';
import { ofPlace } from './of-place.ts';
import { ofPresence } from './of-presence.ts';
import { ofRelated } from './of-related.ts';
import { ofState } from './of-state.ts';
import { ofValues } from './of-values.ts';
import { type Filter, testedBy } from './query.ts';
import { findColumn, type Mention, type Reading } from './reading.ts';
import type { Table } from './schema.ts';
import { positionsIn, span } from './words.ts';

/** What narrows a question about this table down: a time, a state, a place, a number, a name, somebody's id. */
export function readFilters(reading: Reading, table: Table): Filter[] {
  const related = ofRelated(reading, table);
  const all = [
    ...related,
    ...(related.length > 0 ? [] : duringPeriod(reading, table)),
    ...ofEntities(reading, table),
    ...ofNames(reading, table),
    ...ofValues(reading, table),
    ...ofState(reading, table),
    ...ofPlace(reading, table),
    ...ofNumbers(reading, table),
    ...ofPresence(reading, table),
  ];
  // One test a column: the more special reader comes first.
  return all.filter(
    (filter, at) => all.findIndex((one) => testedBy(one) === testedBy(filter)) === at,
  );
}

/** Of the date that is named ("returned last week"), else of what "latest" means. */
function duringPeriod({ period, text, words }: Reading, table: Table): Filter[] {
  const column = findColumn(words, table, isDateLike) ?? timeOf(table);
  if (!period || !column) return [];
  const read = positionsIn(text, text.indexOf(period.label), period.label.length);
  return [{ path: [], column, read, test: { op: 'during', ...period } }];
}

/** "orders of user 42"; the table's own number is its key. */
const ofEntities = ({ mentions, words, schema }: Reading, table: Table): Filter[] =>
  mentions.flatMap(({ table: other, id, at, idAt = at }): Filter[] => {
    if (id === undefined) return [];
    const key = keyOf(other);
    const path = pathTo(schema, table, other);
    if (!key || !path) return [];
    // "Reviews by user 5" splits nothing.
    const read = span(words[at - 1] === 'by' ? at - 1 : at, idAt + 1);
    const last = path.at(-1);
    const column = table.columns.find(({ name }) => name === last?.column);
    const test = { op: '=' as const, value: id };
    // The reference itself holds the number: no need to go there.
    if (path.length === 1 && column && last?.target === key.name)
      return [{ path: [], column, read, test }];
    return [{ path, column: key, read, test }];
  });

/** "products in category Tents": a table above, and a name with a capital right behind it. */
function ofNames({ mentions, rawWords, schema }: Reading, table: Table): Filter[] {
  return mentions.flatMap((mention): Filter[] => {
    const { table: other, at, length } = mention;
    const value = rawWords[at + length] ?? '';
    const [column] = labelsOf(other);
    const path = other === table ? undefined : pathTo(schema, table, other);
    if (!path || !column || !/^\p{Lu}/u.test(value)) return [];
    return [{ path, column, read: span(at, at + length + 1), test: { op: '=', value } }];
  });
}

/** The mention that a question is about: the first without a number of its own. */
export const subjectOf = ({ mentions }: Reading): Mention | undefined =>
  mentions.find(({ id }) => id === undefined) ?? mentions[0];
