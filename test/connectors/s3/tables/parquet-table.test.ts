import { randomFillSync } from 'node:crypto';
import { enableCompileCache } from 'node:module';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ParquetFile } from '../../../../src/connectors/s3/tables/parquet-table.ts';
import { openParquetAside } from '../../../../src/connectors/s3/tables/parquet-thread.ts';
import { ToolError } from '../../../../src/connectors/tool-error.ts';
import { read, write } from './read-parquet.ts';

enableCompileCache(); // for the threads

describe('values', () => {
  it('keep what a double would lose', async () => {
    const bytes = write([
      { name: 'id', data: [9007199254740993n, 1n, null], type: 'INT64' },
      { name: 'name', data: ['grüße', '', null], type: 'STRING' },
      { name: 'ratio', data: [0.1, Number.NaN, null], type: 'DOUBLE' },
      { name: 'ok', data: [true, false, null], type: 'BOOLEAN' },
    ]);
    expect(await read(bytes)).toMatchObject({
      columns: ['id:INT64', 'name:STRING', 'ratio:DOUBLE', 'ok:BOOLEAN'],
      rows: [
        ['9007199254740993', 'grüße', 0.1, true],
        [1, '', 'NaN', false],
        [null, null, null, null],
      ],
      total: { value: 3, precision: 'exact' },
    });
  });

  const annotated = (element: Record<string, unknown>, data: unknown[]) =>
    write([{ name: 'x', data: data as never }], {
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'x', repetition_type: 'OPTIONAL', ...element } as never,
      ],
    });

  it.each([
    [
      'DECIMAL(10,2)',
      { type: 'INT32', converted_type: 'DECIMAL', precision: 10, scale: 2 },
      [19.9, -0.05, 0],
      ['19.90', '-0.05', '0.00'],
    ],
    [
      'DECIMAL(18,4)',
      { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 4 },
      [123456789012345678n],
      ['12345678901234.5678'],
    ],
    ['DATE', { type: 'INT32', converted_type: 'DATE' }, [20634, -1], ['2026-06-30', '1969-12-31']],
    ['DATE', { type: 'INT32', converted_type: 'DATE' }, [2932897], ['+010000-01-01']],
    [
      'TIMESTAMP UTC',
      { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
      [1782813600123n],
      ['2026-06-30T10:00:00.123Z'],
    ],
    [
      'TIMESTAMP UTC',
      { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
      [1782813600000001n, -1n],
      ['2026-06-30T10:00:00.000001Z', '1969-12-31T23:59:59.999999Z'],
    ],
    [
      'TIMESTAMP',
      { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } },
      [1782813600000000001n],
      ['2026-06-30T10:00:00.000000001'],
    ],
    [
      'TIMESTAMP UTC',
      { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
      [253402300800000n],
      ['+010000-01-01T00:00:00Z'],
    ],
    ['TIME', { type: 'INT32', converted_type: 'TIME_MILLIS' }, [36_000_500], ['10:00:00.500']],
    [
      'UINT_64',
      { type: 'INT64', converted_type: 'UINT_64' },
      [18446744073709551615n],
      ['18446744073709551615'],
    ],
    ['FLOAT', { type: 'FLOAT' }, [0.1, 16777216], [0.1, 16777216]],
    ['JSON', { type: 'BYTE_ARRAY', converted_type: 'JSON' }, [{ a: 1 }], ['{"a":1}']],
    ['BYTE_ARRAY', { type: 'BYTE_ARRAY' }, [new Uint8Array([0xff, 0xfe])], ['0xfffe']],
    ['BYTE_ARRAY', { type: 'BYTE_ARRAY' }, [new TextEncoder().encode('text')], ['text']],
  ])('of %s %j', async (type, element, data, values) => {
    const table = await read(annotated(element, data));
    expect(table.columns).toEqual([`x:${type}`]);
    expect(table.rows).toEqual(values.map((value) => [value]));
  });

  it.each([
    ['text', 'STRING', `${'x€😀 '.repeat(20_000)}end`],
    ['bytes that are text', 'BYTE_ARRAY', new TextEncoder().encode('ö'.repeat(50_000))],
    ['JSON', 'JSON', { a: 'y'.repeat(50_000) }],
  ] as const)('keep of long %s the head and its length', async (_, type, value) => {
    const whole =
      typeof value === 'string'
        ? value
        : value instanceof Uint8Array
          ? new TextDecoder().decode(value)
          : JSON.stringify(value);
    const { rows } = await read(write([{ name: 'x', data: [value, null] as never, type }]));
    expect(rows).toEqual([[{ head: whole.slice(0, 8_000), length: whole.length }], [null]]);
  });

  it('that are long and no text come as their first bytes', async () => {
    const value = new Uint8Array(50_000).fill(0xff);
    const { rows } = await read(write([{ name: 'x', data: [value], type: 'BYTE_ARRAY' }]));
    expect(rows).toEqual([[`0x${'ff'.repeat(32)}…(+49968 bytes)`]]);
  });

  it('of a variant come as JSON, whatever they are', async () => {
    const moment = new Date('2026-06-30T10:00:00Z');
    const values = [
      { at: moment, n: 9007199254740993n, value: 1 },
      'text',
      moment,
      7n,
      [true],
      null,
    ];
    const bytes = write([{ name: 'x', data: values as never }], {
      schema: [
        { name: 'root', num_children: 1 },
        {
          name: 'x',
          repetition_type: 'OPTIONAL',
          num_children: 2,
          logical_type: { type: 'VARIANT' },
        },
        { name: 'metadata', repetition_type: 'REQUIRED', type: 'BYTE_ARRAY' },
        { name: 'value', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY' },
      ],
    });
    const { columns, rows } = await read(bytes);
    expect(columns).toEqual(['x:VARIANT']);
    expect(rows).toEqual([
      ['{"at":"2026-06-30T10:00:00.000Z","n":"9007199254740993","value":1}'],
      ['text'],
      ['2026-06-30T10:00:00.000Z'],
      [7],
      ['[true]'],
      [null],
    ]);
  });

  it('that are nested come as JSON', async () => {
    const bytes = write(
      [
        { name: 'tags', data: [['a', 'b'], [], ['c']] },
        { name: 'id', data: [1, 2, 3] },
      ],
      {
        schema: [
          { name: 'root', num_children: 2 },
          { name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          {
            name: 'element',
            repetition_type: 'OPTIONAL',
            type: 'BYTE_ARRAY',
            converted_type: 'UTF8',
          },
          { name: 'id', repetition_type: 'OPTIONAL', type: 'INT32' },
        ],
      },
    );
    const { columns, rows } = await read(bytes);
    expect(columns).toEqual(['tags:LIST', 'id:INT32']);
    expect(rows).toEqual([
      ['["a","b"]', 1],
      ['[]', 2],
      ['["c"]', 3],
    ]);
  });
});

describe('a large file', () => {
  const count = 100_000;
  const bytes = write(
    [
      { name: 'id', data: Array.from({ length: count }, (_, i) => i), type: 'INT32' },
      {
        name: 'text',
        data: Array.from({ length: count }, (_, i) => `some text ${i * 7919}`),
        type: 'STRING',
      },
    ],
    { rowGroupSize: 30_000, pageSize: 20_000 },
  );

  it('is read no further than the first rows go', async () => {
    const table = await read(bytes, { rows: 5 });
    expect(table.rows).toHaveLength(5);
    expect(table.total).toEqual({ value: count, precision: 'exact' });
    expect(table.bytes).toBeLessThan(bytes.length / 4);
  });

  it('counts the rows of its row groups where it does not count its own', async () => {
    const schema = [
      { name: 'root', num_children: 1 },
      { name: 'x', repetition_type: 'REQUIRED' as const, type: 'INT32' as const },
    ];
    const buffer = new ByteWriter();
    const writer = new ParquetWriter({ writer: buffer, schema });
    void writer.write({ columnData: [{ name: 'x', data: [1, 2] }] });
    writer.num_rows = 0n;
    void writer.finish();
    expect(await read(new Uint8Array(buffer.getBytes()))).toMatchObject({
      rows: [[1], [2]],
      total: { value: 2, precision: 'exact' },
    });
  });

  it('gives rows across row groups', async () => {
    const { rows } = await read(bytes, { rows: 50_000, columns: ['id'] });
    expect(rows).toHaveLength(50_000);
    expect(rows[35_000]?.[0]).toBe(35_000);
    expect(rows.at(-1)?.[0]).toBe(49_999);
  });
});

describe('wide rows', () => {
  const noise = (length: number) => randomFillSync(Buffer.alloc(length));

  it('are read in portions, each of them once', async () => {
    const count = 1_600;
    const text = (row: number) => `${row} ${'and so on '.repeat(700)}`;
    const rows = Array.from({ length: count }, (_, row) => row);
    const bytes = write(
      [
        { name: 'id', data: rows.map((row) => (row % 7 === 0 ? null : row)) },
        { name: 'text', data: rows.map(text) },
        { name: 'tags', data: rows.map((row) => rows.slice(0, row % 4)) },
      ],
      {
        pageSize: 1_000_000,
        rowGroupSize: 1_200,
        schema: [
          { name: 'root', num_children: 3 },
          { name: 'id', repetition_type: 'OPTIONAL', type: 'INT32' },
          {
            name: 'text',
            repetition_type: 'OPTIONAL',
            type: 'BYTE_ARRAY',
            converted_type: 'UTF8',
          },
          { name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', repetition_type: 'OPTIONAL', type: 'INT32' },
        ],
      },
    );
    const { rows: found } = await read(bytes, { rows: count });
    expect(found).toHaveLength(count);
    const wrong = found.findIndex(
      ([id, words, tags], row) =>
        id !== (row % 7 === 0 ? null : row) ||
        words !== text(row) ||
        tags !== JSON.stringify(rows.slice(0, row % 4)),
    );
    expect(wrong).toBe(-1);
  });

  it('of many large columns end early, and say what goes further', async () => {
    const data = Array.from({ length: 36 }, () => noise(100_000));
    const bytes = write(
      ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, data, type: 'BYTE_ARRAY' as const })),
      { pageSize: 10_000_000, codec: 'UNCOMPRESSED' },
    );
    const { rows, notes } = await read(bytes);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.length).toBeLessThan(36);
    expect(notes).toContain('fewer of them go further');
    expect((await read(bytes, { columns: ['b'] })).rows).toHaveLength(36);
  });

  it('do without a column of which a page is too large', async () => {
    const bytes = write(
      [
        { name: 'id', data: [1, 2], type: 'INT32' },
        { name: 'film', data: [noise(4_000_000), noise(500_000)], type: 'BYTE_ARRAY' },
      ],
      { pageSize: 10_000_000 },
    );
    const { rows, notes } = await read(bytes);
    expect(rows).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(notes).toBe('Too large for a preview: film.');
  });
});

it.each(['UNCOMPRESSED', 'SNAPPY'] as const)('reads pages in %s', async (codec) => {
  const bytes = write([{ name: 'x', data: Array.from({ length: 1000 }, () => 'again') }], {
    codec,
  });
  expect((await read(bytes, { rows: 2 })).rows).toEqual([['again'], ['again']]);
});

it.each([
  ['ZSTD', (bytes: Uint8Array) => new Uint8Array(zstdCompressSync(bytes))],
  ['GZIP', (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes))],
  ['BROTLI', (bytes: Uint8Array) => new Uint8Array(brotliCompressSync(bytes))],
] as const)('reads pages in %s, also of nulls only', async (codec, pack) => {
  const columns = [
    { name: 'x', data: ['a', null], type: 'STRING' as const },
    { name: 'no', data: [null, null], type: 'STRING' as const },
  ];
  const bytes = write(columns, { codec, compressors: { [codec]: pack } });
  expect((await read(bytes)).rows).toEqual([
    ['a', null],
    [null, null],
  ]);
});

const good = write([{ name: 'x', data: ['one', 'two'], type: 'STRING' }]);

describe('a file that is broken', () => {
  it.each([
    ['nothing but the mark', Buffer.from('PAR1PAR1')],
    ['less than that', Buffer.from('PAR1')],
    ['cut at the end', good.subarray(0, -5)],
    [
      'a footer of nonsense',
      Buffer.concat([
        Buffer.from('PAR1'),
        Buffer.alloc(40, 0x15),
        Buffer.from([40, 0, 0, 0]),
        Buffer.from('PAR1'),
      ]),
    ],
    [
      'a footer longer than the file',
      Buffer.concat([Buffer.from('PAR1'), Buffer.from([255, 255, 255, 127]), Buffer.from('PAR1')]),
    ],
  ])('%s is refused in a sentence', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(
      /^INVALID_ARGUMENT: this Parquet file can not be read/,
    );
  });

  it.each([10, 30, 60])('at byte %d gives values or a sentence, and ends', async (at) => {
    const bytes = Uint8Array.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    const file = {
      size: bytes.length,
      read: async (a: number, b: number) => bytes.slice(a, b),
    };
    const reading = readAside(file, { rows: 100, patience: 1_000 });
    await reading.catch((error: unknown) => {
      expect(String(error)).toMatch(/^ToolError: (INVALID_ARGUMENT|TOO_LARGE): /);
    });
  });
});

async function readAside(
  file: ParquetFile,
  { rows, patience }: { rows: number; patience?: number },
) {
  const { signal } = new AbortController();
  const table = await openParquetAside(file, { rows }, signal, patience);
  const found: unknown[][] = [];
  try {
    for await (const row of table.rows) found.push(row);
  } finally {
    await table.close?.();
  }
  return found;
}

describe('a thread of its own', () => {
  const bytes = write([
    { name: 'id', data: Array.from({ length: 2500 }, (_, i) => i), type: 'INT32' },
  ]);

  it('gives all rows', async () => {
    const file = { size: bytes.length, read: async (a: number, b: number) => bytes.slice(a, b) };
    expect(await readAside(file, { rows: 2200 })).toHaveLength(2200);
  });

  it('ends with what goes wrong with the bytes', async () => {
    const read = () => Promise.reject(new ToolError('CONFLICT', 'it was replaced'));
    await expect(readAside({ size: bytes.length, read }, { rows: 1 })).rejects.toThrow(
      'CONFLICT: it was replaced',
    );
  });

  it('ends when the caller is gone', async () => {
    const gone = new AbortController();
    const file = {
      size: bytes.length,
      read: async (a: number, b: number) => {
        gone.abort(new Error('gone'));
        return bytes.slice(a, b);
      },
    };
    const reading = openParquetAside(file, { rows: 1 }, gone.signal);
    await expect(reading).rejects.toThrow('gone');
  });

  it('passes on the sentence of a fault', async () => {
    const file = { size: 8, read: async () => Buffer.from('PAR1PAR1') };
    await expect(readAside(file, { rows: 1 })).rejects.toThrow(/^INVALID_ARGUMENT: .*Why: .*Try: /);
  });

  it('that says nothing for too long is ended', async () => {
    const at20 = Uint8Array.from(good);
    at20[20] = (at20[20] ?? 0) ^ 0xff; // a run of values that is as long as numbers go
    const file = { size: at20.length, read: async (a: number, b: number) => at20.slice(a, b) };
    await expect(readAside(file, { rows: 1, patience: 300 })).rejects.toThrow(
      /takes more time or memory/,
    );
  });
});
