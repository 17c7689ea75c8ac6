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

const objects: Record<string, string | Uint8Array> = {
  'orders.csv': 'id,total,zip\n1,19.90,01234\n2,5.00,04321\n',
  'orders.csv.gz': gzipSync('id,total,zip\n1,19.90,01234\n2,5.00,04321\n'),
  'many.csv': `id,name,price\n${many.join('\n')}\n`,
  'orders.jsonl': orders.map((order) => JSON.stringify(order)).join('\n'),
  'wrapped.json': JSON.stringify({ page: 1, data: { orders: orders.slice(0, 3) } }),
  'array.json': JSON.stringify(orders),
  'wide.csv': `${Array.from({ length: 900 }, (_, i) => `a_rather_long_column_name_${i}`).join(',')}\n${'1,'.repeat(899)}1\n`,
  'cells.csv': `id,text\n1,${'y'.repeat(5000)}\n`,
  'orders.parquet': new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: Array.from({ length: 5000 }, (_, i) => i), type: 'INT32' },
        { name: 'name', data: Array.from({ length: 5000 }, (_, i) => `name ${i}`), type: 'STRING' },
      ],
    }),
  ),
  'photo.csv': Buffer.from('89504e470d0a1a0a00000000', 'hex'),
  'book.pdf': '%PDF-1.7 \u0000',
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

  it('of nothing are none', async () => {
    expect(await preview('empty.csv')).toMatchObject({ columns: [], rows: [], row_count: 0 });
  });
});

it.each([
  ['photo.csv', {}, /^INVALID_ARGUMENT: this is no table but image\/png.*Try: read_object/],
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
  ['orders.csv', { rows: 60_000 }, /^INVALID_ARGUMENT: rows/],
  ['order.csv', {}, /^NOT_FOUND: .*"orders\.csv"/],
])('refuses %s with %j', async (key, args, message) => {
  expect(await tools.refusal('preview_table_object', { bucket: 'acme', key, ...args })).toMatch(
    message,
  );
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
