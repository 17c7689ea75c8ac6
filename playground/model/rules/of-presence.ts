import { isMoney, isNumeric, measuresOf } from './facts.ts';
import type { Filter } from './query.ts';
import { findColumn, type Reading } from './reading.ts';
import type { Column, Table } from './schema.ts';
import { span, wordsOfName } from './words.ts';

/** "without a phone", "with a note", "out of stock": whether a column holds anything. */
export function ofPresence({ words }: Reading, table: Table): Filter[] {
  return words.flatMap((_, at): Filter[] => {
    const found = openings.find(({ opening }) =>
      opening.every((word, offset) => words[at + offset] === word),
    );
    if (!found) return [];
    const { opening, isThere, accept } = found;
    let next = at + opening.length;
    while (/^(a|an|any|the)$/.test(words[next] ?? '')) next++;
    const column = findColumn(
      words.slice(next, next + 3),
      table,
      (one) => wordsOfName(one.name).includes(words[next] ?? '') && (!accept || accept(one, table)),
    );
    if (!column) return [];
    const name = wordsOfName(column.name);
    let end = next;
    while (name.includes(words[end] ?? '')) end++;
    return [{ path: [], column, read: span(at, end), test: { op: isThere ? 'present' : 'empty' } }];
  });
}

/** A number of things, not of money: what can be in stock. */
const isSupply = (column: Column, table: Table) =>
  measuresOf(table).includes(column) && isNumeric(column) && !isMoney(column);

const openings: {
  opening: string[];
  isThere: boolean;
  accept?: (column: Column, table: Table) => boolean;
}[] = [
  { opening: ['without'], isThere: false },
  { opening: ['no'], isThere: false },
  { opening: ['out', 'of'], isThere: false, accept: isSupply },
  { opening: ['not', 'in'], isThere: false, accept: isSupply },
  { opening: ['in'], isThere: true, accept: isSupply },
  { opening: ['with', 'a'], isThere: true },
  { opening: ['with', 'an'], isThere: true },
  { opening: ['with', 'any'], isThere: true },
];
