import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openJson, openJsonLines } from '../../../../src/connectors/s3/tables/json-table.ts';
import type { Table } from '../../../../src/connectors/s3/tables/table.ts';

async function readAll(table: Table) {
  const rows: unknown[][] = [];
  for await (const row of table.rows) rows.push(row);
  const columns = table.columns.map(({ name, type }) => `${name}:${type}`);
  return { columns, rows, notes: table.notes().join(' '), total: table.total() };
}

const lines = async (text: string) => readAll(await openJsonLines(Readable.from([text])));
const json = async (text: string, size = text.length || 1) => {
  const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
    text.slice(i * size, (i + 1) * size),
  );
  return readAll(await openJson(() => Readable.from(parts), text.slice(0, 100)));
};

describe('JSON lines', () => {
  it('have the names of all objects as columns, with exact numbers', async () => {
    expect(
      await lines('{"id":9007199254740993,"total":19.90}\n{"id":2,"tags":["a"],"x":{"y":1.50}}\n'),
    ).toMatchObject({
      columns: ['id:integer', 'total:number', 'tags:array', 'x:object'],
      rows: [
        ['9007199254740993', '19.90', null, null],
        [2, null, '["a"]', '{"y":"1.50"}'],
      ],
      total: { value: 2, precision: 'exact' },
    });
  });

  it('may be arrays and plain values', async () => {
    expect(await lines('[1,"x"]\n[2]\n')).toMatchObject({
      columns: ['column_1:integer', 'column_2:text'],
      rows: [
        [1, 'x'],
        [2, null],
      ],
    });
    expect(await lines('1\n2\nnull\n')).toMatchObject({
      columns: ['value:integer'],
      rows: [[1], [2], [null]],
    });
  });

  it('that are broken are left out and counted', async () => {
    const { rows, notes } = await lines('{"a":1}\nnot json\n{"a":2}\n{"a":');
    expect(rows).toEqual([[1], [2]]);
    expect(notes).toContain('2 lines or elements are no valid JSON.');
  });

  it('say when later rows have names of their own', async () => {
    const { notes } = await lines(`${'{"a":1}\n'.repeat(300)}{"b":2}\n`);
    expect(notes).toContain('e.g. b.');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'may have the name %s',
    async (name) => {
      expect(await lines(`{"${name}":1}\n{"other":2}\n`)).toMatchObject({
        rows: [
          [1, null],
          [null, 2],
        ],
      });
    },
  );
});

describe('a JSON document', () => {
  const rows = [
    [1, 'a,[]{}"\\'],
    [2, null],
  ];
  const list = JSON.stringify([{ id: 1, t: 'a,[]{}"\\' }, { id: 2 }], null, 2);

  it.each([1, 2, 7, 1000])('that is an array is read in pieces of %d characters', async (size) => {
    expect(await json(list, size)).toMatchObject({ columns: ['id:integer', 't:text'], rows });
  });

  it.each([
    [`{"data": ${list}}`, '.data'],
    [`{"page": 1, "tags": ["x"], "data": {"rows": ${list}}}`, '.data.rows'],
  ])('that wraps an array shows it: %s', async (text, path) => {
    const table = await json(text);
    expect(table).toMatchObject({ rows, notes: `The rows are those of ${path}.` });
  });

  it('of one object is one row', async () => {
    expect(await json('{"a":1,"b":{"c":2}}')).toMatchObject({ rows: [[1, '{"c":2}']] });
  });

  it.each(['[]', '  [ ]  '])('%j has no rows', async (text) => {
    expect(await json(text)).toMatchObject({
      columns: [],
      rows: [],
      total: { value: 0, precision: 'exact' },
    });
  });

  it('that ends half-way gives the rows before', async () => {
    const { rows, notes } = await json('[{"a":1},{"a":2},{"a"');
    expect(rows).toEqual([[1], [2]]);
    expect(notes).toContain('ends in the middle of a row');
  });

  it.each([
    ['{"a":', /^INVALID_ARGUMENT: this is no valid JSON/],
    [`{"a":"${'x'.repeat(4_100_000)}"}`, /^TOO_LARGE: this JSON is one object of more than 4 MB/],
    [`[{"a":"${'x'.repeat(1_100_000)}"}]`, /^TOO_LARGE: an element/],
  ])('is refused when it can not be read', async (text, message) => {
    await expect(json(text, 100_000)).rejects.toThrow(message);
  });

  it('of a million open brackets is no harm', async () => {
    await expect(json('['.repeat(1_000_000), 100_000)).resolves.toMatchObject({ rows: [] });
  });
});
