import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openCsv } from '../../../../src/connectors/s3/tables/csv-table.ts';

async function read(text: string, format: 'csv' | 'tsv' = 'csv') {
  const table = await openCsv(Readable.from([text]), { format, head: text });
  const rows: unknown[][] = [];
  for await (const row of table.rows) rows.push(row);
  return {
    columns: table.columns.map(({ name, type }) => `${name}:${type}`),
    rows,
    notes: table.notes().join(' '),
    delimiter: table.delimiter,
    total: table.total(),
  };
}

describe('reads', () => {
  it.each([
    ['commas', 'a,b\n1,2\n', ['a:integer', 'b:integer'], [[1, 2]], ','],
    [
      'semicolons',
      'a;b\n1,5;2,25\n',
      ['a:decimal comma', 'b:decimal comma'],
      [['1,5', '2,25']],
      ';',
    ],
    ['tabs', 'a\tb\nx\ty, z\n', ['a:text', 'b:text'], [['x', 'y, z']], '\t'],
    ['bars', 'a|b\nx|y\n', ['a:text', 'b:text'], [['x', 'y']], '|'],
    ['one column', 'name\nAda\nGrace\n', ['name:text'], [['Ada'], ['Grace']], ','],
    [
      'quotes with line ends',
      'a,b\n"x\ny","say ""hi"""\n',
      ['a:text', 'b:text'],
      [['x\ny', 'say "hi"']],
      ',',
    ],
    ['quotes where none belong', 'a,b\n5" pipe,x\n', ['a:text', 'b:text'], [['5" pipe', 'x']], ','],
    ['CRLF and empty lines', 'a,b\r\n\r\nx,y\r\n', ['a:text', 'b:text'], [['x', 'y']], ','],
    ['a mark in front', '\ufeffa,b\n1,2\n', ['a:integer', 'b:integer'], [[1, 2]], ','],
    [
      'names that come twice, or none',
      'a,a,\nx,y,z\n',
      ['column_1:text', 'column_2:text', 'column_3:text'],
      [
        ['a', 'a', null],
        ['x', 'y', 'z'],
      ],
      ',',
    ],
    [
      'no header',
      '1,x\n2,y\n',
      ['column_1:integer', 'column_2:text'],
      [
        [1, 'x'],
        [2, 'y'],
      ],
      ',',
    ],
    [
      'a header with a gap over numbers, as pandas writes it',
      ',name,total\n0,Ada,1.50\n1,Grace,2.00\n',
      ['column_1:integer', 'name:text', 'total:decimal'],
      [
        [0, 'Ada', '1.50'],
        [1, 'Grace', '2.00'],
      ],
      ',',
    ],
    [
      'names that come twice over numbers',
      'n,n\n1,2\n',
      ['n:integer', 'n_2:integer'],
      [[1, 2]],
      ',',
    ],
    ['only a header', 'id,name\n', ['id:empty', 'name:empty'], [], ','],
    ['nothing', '', [], [], ','],
  ] as const)('%s', async (_, text, columns, rows, delimiter) => {
    expect(await read(text)).toMatchObject({ columns, rows, delimiter });
  });

  it.each([
    ['9007199254740993', 'integer', '9007199254740993'],
    ['-5', 'integer', -5],
    ['007', 'text', '007'],
    ['0', 'integer', 0],
    ['1.10', 'decimal', '1.10'],
    ['1e5', 'decimal', '1e5'],
    ['2026-06-30', 'date', '2026-06-30'],
    ['30.06.2026', 'date', '30.06.2026'],
    ['2026-06-30T10:00:00Z', 'datetime', '2026-06-30T10:00:00Z'],
    ['true', 'boolean', 'true'],
    ['=SUM(A1)', 'text', '=SUM(A1)'],
  ])('%j as %s', async (cell, type, value) => {
    const table = await read(`x,y\n${cell},z\n`);
    expect(table.columns[0]).toBe(`x:${type}`);
    expect(table.rows[0]?.[0]).toBe(value);
  });
});

it('fills short rows and leaves out what is too much, and says so', async () => {
  const lines = ['a,b', ...Array.from({ length: 250 }, () => 'x,y'), 'x', 'x,y,z'];
  const { rows, notes } = await read(lines.join('\n'));
  expect(rows.slice(-2)).toEqual([
    ['x', null],
    ['x', 'y'],
  ]);
  expect(notes).toContain('2 rows have another number of fields than 2.');
});

it.each([
  ['a quote that is not closed', 'a,b\n1,2\n3,"open\n5,6\n', 1, /quote is not closed/],
  [
    'a record without an end',
    `a,b\n1,2\n3,"${'x'.repeat(1_100_000)}\n`,
    1,
    /longer than 1 MB|not closed/,
  ],
])('keeps what came before %s', async (_, text, count, note) => {
  const { rows, notes, total } = await read(text);
  expect(rows).toHaveLength(count);
  expect(notes).toMatch(note);
  expect(total?.precision).not.toBe('exact');
});

it('passes on what goes wrong with the text', async () => {
  async function* broken() {
    yield 'a,b\n1,2\n';
    throw new Error('the line is cut');
  }
  await expect(openCsv(broken(), { format: 'csv', head: 'a,b\n' })).rejects.toThrow(
    'the line is cut',
  );
});
