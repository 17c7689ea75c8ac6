import { isNumeric, measuresOf, moneyOf } from './facts.ts';
import { isNamed } from './of-values.ts';
import type { Filter } from './query.ts';
import { findColumn, type Reading } from './reading.ts';
import type { Table } from './schema.ts';
import { positionsIn } from './words.ts';

const comparisons = [
  [/\b(?:at least|minimum of)\s+[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/, '>='],
  [/\b(?:at most|up to)\s+[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/, '<='],
  [
    /(?:\b(?:over|above|more than|greater than|higher than)|>)\s*[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/,
    '>',
  ],
  [
    /(?:\b(?:under|below|less than|lower than|cheaper than|fewer than)|<)\s*[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/,
    '<',
  ],
] as const;

/** "over 100", "rating below 3"; not "more than 3 orders", which counts rows. */
export function ofNumbers(reading: Reading, table: Table): Filter[] {
  const { text, words } = reading;
  for (const [pattern, op] of comparisons) {
    const found = pattern.exec(text);
    if (!found?.[1]) continue;
    const read = positionsIn(text, found.index, found[0].length);
    if (isNamed(reading, (read.at(-1) ?? 0) + 1)) return [];
    const column =
      findColumn(words, table, (one) => isNumeric(one) && !one.isKey && !one.refersTo) ??
      moneyOf(table) ??
      measuresOf(table)[0];
    const value = Number(found[1].replaceAll(',', ''));
    return column && Number.isFinite(value)
      ? [{ path: [], column, read, test: { op, value } }]
      : [];
  }
  return [];
}
