import { randomBytes } from 'node:crypto';
import { enableCompileCache } from 'node:module';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../playground/s3/start-s3.ts';
import { openClient, type ToolClient } from './open-client.ts';

enableCompileCache(); // for the threads that read Parquet

let site: S3StandIn;
let tools: ToolClient;

const many = Array.from({ length: 60_000 }, (_, i) => `${i},name ${i},${i}.50`);
const orders = Array.from({ length: 3000 }, (_, i) => ({
  id: i,
  total: `${i}.90`,
  note: 'x'.repeat(20),
}));

const toParquet = (columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData']) =>
  new Uint8Array(parquetWriteBuffer({ columnData }));

const objects: Record<string, string | Uint8Array> = {
  'orders.csv': 'id,total,zip\n1,19.90,01234\n2,5.00,04321\n',
  'orders.csv.gz': gzipSync('id,total,zip\n1,19.90,01234\n2,5.00,04321\n'),
  'many.csv': `id,name,price\n${many.join('\n')}\n`,
  'orders.jsonl': orders.map((order) => JSON.stringify(order)).join('\n'),
  'wrapped.json': JSON.stringify({ page: 1, data: { orders: orders.slice(0, 3) } }),
  'array.json': JSON.stringify(orders),
  'wide.csv': `${Array.from({ length: 900 }, (_, i) => `a_rather_long_column_name_${i}`).join(',')}\n${'1,'.repeat(899)}1\n`,
  'cells.csv': `id,text\n1,${'y'.repeat(5000)}\n`,
  'orders.parquet': toParquet([
    { name: 'id', data: Array.from({ length: 5000 }, (_, i) => i), type: 'INT32' },
    { name: 'name', data: Array.from({ length: 5000 }, (_, i) => `name ${i}`), type: 'STRING' },
  ]),
  'ids.jsonl': Array.from({ length: 5000 }, (_, id) => JSON.stringify({ id })).join('\n'),
  'ids.json': JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ id }))),
  'ids.tsv': `id\tname\n${'1\tx\n'.repeat(5000)}`,
  'open.csv': `id,text\n1,good\n2,"never closed\n${'3,x\n'.repeat(50)}`,
  'long.jsonl.gz': gzipSync(
    Array.from({ length: 90 }, (_, id) => `{"id":${id},"text":"${'z'.repeat(900_000)}"}`).join(
      '\n',
    ),
    { level: 1 },
  ),
  'photo.csv': Buffer.from('89504e470d0a1a0a00000000', 'hex'),
  'book.pdf': '%PDF-1.7 \u0000',
  'noise.csv': Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 167) % 256)),
  'twice.gz': gzipSync(gzipSync('a,b\n')),
  'latin.csv': Buffer.from('id,name\n1,Zoë\n', 'latin1'),
  'empty.csv': '',
  'notable.json': '{"a": ',
};

beforeAll(async () => {
  site = await startS3();
  site.makeBucket('acme');
  for (const [key, body] of Object.entries(objects)) site.put('acme', key, body);
  tools = await openClient(site.env);
});
afterEach(() => site.heal());
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const preview = (key: string, args: Record<string, unknown> = {}) =>
  tools.ask('preview_table_object', { bucket: 'acme', key, ...args });

it.each(['orders.csv', 'orders.csv.gz'])('reads %s with types and exact values', async (key) => {
  expect(await preview(key)).toMatchObject({
    format: 'csv',
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'total', type: 'decimal' },
      { name: 'zip', type: 'text' },
    ],
    rows: [
      [1, '19.90', '01234'],
      [2, '5.00', '04321'],
    ],
    row_count: 2,
    total: { value: 2, precision: 'exact' },
    truncated: false,
  });
});

it.each([
  ['orders.jsonl', 'jsonl', [0, '0.90', 'x'.repeat(20)]],
  ['array.json', 'json', [0, '0.90', 'x'.repeat(20)]],
  ['wrapped.json', 'json', [0, '0.90', 'x'.repeat(20)]],
  ['orders.parquet', 'parquet', [0, 'name 0']],
])('finds out what %s is', async (key, format, first) => {
  const { rows, ...answer } = await preview(key, { rows: 3 });
  expect(answer).toMatchObject({ format, row_count: 3 });
  expect((rows as unknown[][])[0]).toEqual(first);
});

describe('rows', () => {
  it('are read no further than is wanted', async () => {
    site.requests.length = 0;
    const answer = await preview('many.csv');
    const sent = site.requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    expect(sent).toBeLessThanOrEqual(64 * 1024);
    const { value, precision } = answer.total as { value: number; precision: string };
    expect(precision).toBe('estimate');
    expect(Math.abs(value / 60_000 - 1)).toBeLessThan(0.3);
    expect(String(answer.notes)).toContain('raise rows');
  });

  it.each([
    ['many.csv', 10_000, true],
    ['orders.jsonl', 3000, false],
    ['array.json', 2000, true],
    ['orders.parquet', 5000, false],
  ])('of %s that do not fit are behind a link', async (key, rows, isMore) => {
    const args = { bucket: 'acme', key, rows };
    const { structuredContent: answer, content } = await tools.call('preview_table_object', args);
    expect(answer).toMatchObject({ row_count: rows, truncated: true });
    expect(Buffer.byteLength(content[0].text)).toBeLessThan(20_000);
    const link = content.find(({ type }) => type === 'resource_link');
    const [header = '', first = ''] = (await tools.read(link?.uri ?? '')).split('\n');
    expect(JSON.parse(header)).toMatchObject({ row_count: rows, first_row: 1, complete: !isMore });
    expect(answer).toMatchObject({ rows: expect.arrayContaining([JSON.parse(first)]) });
  });

  it('of a small table are counted, however few are shown', async () => {
    for (const key of ['orders.csv', 'wrapped.json'])
      expect(await preview(key, { rows: 1 })).toMatchObject({
        row_count: 1,
        truncated: true,
        total: { precision: 'exact', value: key === 'orders.csv' ? 2 : 3 },
      });
  });

  it.each([
    'many.csv',
    'many.csv.gz',
    'ids.tsv',
    'ids.jsonl',
    'ids.jsonl.gz',
    'ids.json',
    'ids.json.gz',
    'orders.parquet',
  ])('of %s go on behind the first one, and the answer says how', async (key) => {
    const plain = objects[key.replace('.gz', '')] ?? '';
    if (key.endsWith('.gz')) site.put('acme', key, gzipSync(plain));
    const { rows, truncated, notes } = await preview(key, { rows: 1 });
    expect(rows).toHaveLength(1);
    expect(truncated).toBe(true);
    expect(notes).toEqual(['There are more rows: raise rows (1 now, at most 50000).']);
  });

  const three = [1, 2, 3].map((id) => ({ id, name: `name ${id}` }));
  it.each([
    ['three.csv', 'id,name\n1,name 1\n2,name 2\n3,name 3'],
    ['three.csv.gz', gzipSync('id,name\n1,name 1\n2,name 2\n3,name 3\n')],
    ['three.jsonl', three.map((row) => JSON.stringify(row)).join('\n')],
    ['three.json', JSON.stringify(three)],
    [
      'three.parquet',
      toParquet([
        { name: 'id', data: [1, 2, 3] },
        { name: 'name', data: ['name 1', 'name 2', 'name 3'] },
      ]),
    ],
  ])('of %s are known to be all when they are', async (key, body) => {
    site.put('acme', key, body);
    for (const rows of [1, 2, 3, 4])
      expect(await preview(key, { rows })).toMatchObject({
        row_count: Math.min(rows, 3),
        total: { value: 3, precision: 'exact' },
        truncated: rows < 3,
      });
  });

  it('come as far as one call goes when more are wanted', async () => {
    const { row_count, truncated, notes } = await preview('many.csv', { rows: 1e6 });
    expect({ row_count, truncated }).toEqual({ row_count: 50_000, truncated: true });
    expect(String(notes)).toMatch(/50000 are behind the link.*50000 are the most in one call/);
  });

  it('that end before the table does are no whole table', async () => {
    const open = await preview('open.csv');
    expect(open).toMatchObject({ rows: [[1, 'good']], truncated: true });
    expect(String(open.notes)).toContain('A quote is not closed');
    const { total, ...long } = await preview('long.jsonl.gz', { rows: 100, columns: ['id'] });
    expect(long).toMatchObject({ truncated: true, rows: expect.arrayContaining([[70]]) });
    expect(String(long.notes)).toContain('first 64 MB');
    expect(total).toBeUndefined();
  });

  it('have only the columns that were asked for', async () => {
    const { columns, rows } = await preview('orders.csv', { columns: ['zip', 'id'] });
    expect(columns).toMatchObject([{ name: 'zip' }, { name: 'id' }]);
    expect(rows).toEqual([
      ['01234', 1],
      ['04321', 2],
    ]);
    const parquet = await preview('orders.parquet', { columns: ['name'], rows: 1 });
    expect(parquet.rows).toEqual([['name 0']]);
  });

  it('of a very wide table leave out columns, and say so', async () => {
    const { columns, notes, truncated } = await preview('wide.csv');
    expect((columns as unknown[]).length).toBeLessThan(900);
    expect(truncated).toBe(true);
    expect(String(notes)).toMatch(/\d+ more columns: name them in columns/);
  });

  it('have long cells cut with what is missing', async () => {
    const { rows } = await preview('cells.csv');
    expect((rows as string[][])[0]?.[1]).toBe(`${'y'.repeat(500)}…(+4500 chars)`);
  });

  it('of megabytes, packed in a file of a few bytes, are told by their head', async () => {
    const data = Array.from({ length: 2 }, (_, i) => `${i}${'wide '.repeat(1_000_000)}`);
    const columns = Array.from({ length: 8 }, (_, i) => ({ name: `c${i}`, data }));
    site.put('acme', 'packed.parquet', toParquet(columns));
    const { rows, columns: shown } = await preview('packed.parquet');
    expect(shown).toHaveLength(8);
    const [[first]] = rows as [[string]];
    expect(first).toMatch(/^0wide wide .*…\(\+4999501 chars\)$/);
  });

  it('without a column that is too large are not all there is', async () => {
    const film = [randomBytes(5_000_000), randomBytes(10)];
    const columns = [
      { name: 'id', data: [1, 2] },
      { name: 'film', data: film, type: 'BYTE_ARRAY' as const },
    ];
    site.put('acme', 'film.parquet', toParquet(columns));
    expect(await preview('film.parquet')).toMatchObject({
      rows: [
        [1, null],
        [2, null],
      ],
      truncated: true,
      notes: ['Too large for a preview: film.'],
    });
  });

  it('of nothing are none', async () => {
    expect(await preview('empty.csv')).toMatchObject({ columns: [], rows: [], row_count: 0 });
  });
});

it.each([
  ['photo.csv', {}, /^INVALID_ARGUMENT: this is no table but image\/png.*Try: read_object/],
  ['noise.csv', {}, /^INVALID_ARGUMENT: this is no table but bytes of an unknown kind/],
  ['twice.gz', {}, /^INVALID_ARGUMENT: this is no table but gzip within gzip/],
  ['book.pdf', {}, /^INVALID_ARGUMENT: this is no table but a PDF/],
  ['notable.json', {}, /^INVALID_ARGUMENT: this is no valid JSON/],
  ['orders.csv', { format: 'parquet' }, /^INVALID_ARGUMENT: this is no Parquet file/],
  [
    'orders.csv',
    { columns: ['totl'] },
    /^INVALID_ARGUMENT: there is no column "totl"\. Try: total/,
  ],
  [
    'orders.parquet',
    { columns: ['nam'] },
    /^INVALID_ARGUMENT: there is no column "nam"\. Try: name/,
  ],
  ['orders.csv', { rows: 0 }, /^INVALID_ARGUMENT: rows/],
  ['order.csv', {}, /^NOT_FOUND: .*"orders\.csv"/],
])('refuses %s with %j', async (key, args, message) => {
  expect(await tools.refusal('preview_table_object', { bucket: 'acme', key, ...args })).toMatch(
    message,
  );
});

it('says when the encoding is a guess', async () => {
  const { rows, notes } = await preview('latin.csv');
  expect(rows).toEqual([[1, 'Zoë']]);
  expect(notes).toEqual(['The encoding is a guess: windows-1252.']);
});

it('never mixes two states of an object', async () => {
  let version = 0;
  const rows = 'a,b\n'.repeat(100_000);
  site.put('acme', 'moving.csv', rows);
  site.fail({ when: ({ method }) => method === 'GET' && version++ === 1, delayMs: 50, times: 1 });
  const asking = tools.refusal('preview_table_object', {
    bucket: 'acme',
    key: 'moving.csv',
    rows: 50_000,
  });
  await expect.poll(() => version).toBe(2);
  site.put('acme', 'moving.csv', `x${rows}`);
  expect(await asking).toMatch(/^CONFLICT: /);
});
