import { isMeasureOf, isText, labelsOf } from './facts.ts';
import type { Filter } from './query.ts';
import type { Reading } from './reading.ts';
import type { Column, Table } from './schema.ts';
import { indexOfWords, positionsIn, span, wordsOfName } from './words.ts';

const link = new Set(['is', 'are', 'equal', 'to', 'of', '=']);

/** Words that are no value of a column, wherever they stand. */
export const notAValue = new Set(
  'and or the a an in on by per for from of with without where sort order group each this last is are than over above under below more less at least most only not null no any all what which how many show total count number it there than as'.split(
    ' ',
  ),
);

/** "with status paid", "country is DE", "rating 5", "named 'Ada'". */
export function ofValues(reading: Reading, table: Table): Filter[] {
  const quoted = readQuoted(reading);
  const filters = table.columns.flatMap((column) => ofColumn(reading, table, column, quoted));
  if (filters.length > 0) return filters;

  const called = quoted ?? readCalled(reading);
  const [column] = labelsOf(table);
  return called && column
    ? [{ path: [], column, read: called.read, test: { op: '=', value: called.value } }]
    : [];
}

interface Value {
  value: string;
  /** Positions of its words. */
  read: number[];
}

function ofColumn(
  reading: Reading,
  table: Table,
  column: Column,
  quoted: Value | undefined,
): Filter[] {
  const { words, rawWords } = reading;
  const name = wordsOfName(column.name);
  const at = indexOfWords(words, name);
  if (at < 0 || /^(by|per|each|every|which|what|group)$/.test(words[at - 1] ?? '')) return [];
  let next = at + name.length;
  while (link.has(words[next] ?? '')) next++;
  const written = rawWords[next];
  if (isMeasureOf(table, column) && !quoted)
    return /^\d{1,15}$/.test(written ?? '')
      ? [{ path: [], column, read: span(at, next + 1), test: { op: '=', value: Number(written) } }]
      : [];
  if (!isText(column)) return [];
  if (quoted)
    return [
      {
        path: [],
        column,
        read: [...span(at, next), ...quoted.read],
        test: { op: '=', value: quoted.value },
      },
    ];
  if (!written || notAValue.has(words[next] ?? '') || isNamed(reading, next)) return [];
  return [{ path: [], column, read: span(at, next + 1), test: { op: '=', value: written } }];
}

function readQuoted({ raw }: Reading): Value | undefined {
  const found = /(?<!\p{L})["'“‘]([^"'“”‘’]{1,80})["'”’]/u.exec(raw);
  return found?.[1]
    ? { value: found[1], read: positionsIn(raw, found.index, found[0].length) }
    : undefined;
}

function readCalled({ raw }: Reading): Value | undefined {
  const found = /\b(?:named|called)\s+([\p{L}\p{N}.-]{1,80})/iu.exec(raw);
  return found?.[1]
    ? { value: found[1], read: positionsIn(raw, found.index, found[0].length) }
    : undefined;
}

/** Whether a table's name stands there. */
export const isNamed = ({ mentions }: Reading, position: number) =>
  mentions.some(({ at, length }) => position >= at && position < at + length);
