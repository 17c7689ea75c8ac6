import type { SchemaElement } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { read, write } from './read-parquet.ts';
import { schemaOf, writeLists } from './write-lists.ts';

const optional = { repetition_type: 'OPTIONAL' } as const;
const list = (...elements: SchemaElement[]): SchemaElement[] => [
  { name: 'v', ...optional, num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ...elements,
];
const number = { name: 'number', ...optional, type: 'INT32' } as const;
const word = { name: 'word', ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

const numbers = schemaOf(...list({ ...number, name: 'element' }));
const structs = schemaOf(...list({ name: 'element', ...optional, num_children: 2 }, number, word));
const struct = schemaOf({ name: 'v', ...optional, num_children: 2 }, number, word);

/** Rows of about so many numbers; some are empty or missing. */
const listOf = (row: number, length: number) =>
  row % 11 === 5
    ? []
    : row % 13 === 7
      ? null
      : Array.from({ length: length + (row % 3) }, (_, i) => (i % 7 === 3 ? null : row * 100 + i));
const wordsOf = (row: number, length: number) =>
  Array.from({ length }, (_, i) => ({ number: i, word: `${row}-${i} ${'x'.repeat(row % 40)}` }));

const rowsOf = (count: number, value: (row: number) => unknown) =>
  Array.from({ length: count }, (_, row) => value(row));

/** As cells: longer ones come as their head. */
const toCells = (values: unknown[]) =>
  values.map((value, id) => [value === null ? null : JSON.stringify(value), id]);

describe('rows of pages that begin anywhere in a row', () => {
  it.each([
    ['short lists', numbers, rowsOf(2_000, (row) => listOf(row, 3)), 50],
    ['lists of which several are a page', numbers, rowsOf(900, (row) => listOf(row, 30)), 300],
    ['lists over several pages', numbers, rowsOf(40, (row) => listOf(row, 900)), 21],
    ['all rows', numbers, rowsOf(40, (row) => listOf(row, 70)), 100],
    ['lists of structs', structs, rowsOf(300, (row) => wordsOf(row, 30)), 200],
  ])('are whole: %s', async (_, schema, values, rows) => {
    const bytes = writeLists(schema, values, (leaf) => (leaf === 'word' ? 77 : 250));
    const found = await read(bytes, { rows });
    expect(found.rows).toEqual(toCells(values.slice(0, rows)));
    expect(found.notes).toBe('');
  });

  it('are told as far as they are whole when pages are too large together', async () => {
    const values = rowsOf(6, (row) => Array.from({ length: 250_000 }, (_, i) => row + i));
    const bytes = writeLists(numbers, values, () => 140_000);
    const { rows, notes } = await read(bytes);
    expect(rows).toEqual([
      [expect.objectContaining({ length: JSON.stringify(values[0]).length }), 0],
    ]);
    expect(notes).toContain('fewer of them go further');
  });
});

describe('nested rows come from the beginning of a page', () => {
  const few = 50;

  it.each([
    ['of lists', numbers, rowsOf(60_000, (row) => listOf(row, 5))],
    ['of structs', struct, rowsOf(100_000, (row) => ({ number: row, word: `word ${row}` }))],
    ['of lists of structs', structs, rowsOf(20_000, (row) => wordsOf(row, 5))],
  ])('%s that has the whole column', async (_, schema, values) => {
    const first = toCells(values.slice(0, few));
    const ofVersion1 = await read(
      writeLists(schema, values, () => 1e6),
      { rows: few },
    );
    expect(ofVersion1).toMatchObject({ rows: first, notes: '' });
    const columns = [
      { name: 'v', data: values },
      { name: 'id', data: values.map((_, row) => row) },
    ];
    const options = { schema, pageSize: 1e8, rowGroupSize: values.length };
    const ofVersion2 = await read(write(columns, options), { rows: few });
    expect(ofVersion2).toMatchObject({ rows: first, notes: '' });
  });
});
