import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import type { VirtualBody } from '../../../../playground/s3/s3-body.ts';
import { startS3 } from '../../../../playground/s3/start-s3.ts';
import { fromDateTime } from '../../../../playground/shop/moment.ts';
import { loadS3, s3Objects } from '../../../../playground/shop/s3/s3-objects.ts';
import { shopRecords } from '../../../../playground/shop/shop-records.ts';
import { shopStory } from '../../../../playground/shop/story.ts';
import { toClient } from '../../s3/s3-fixture.ts';

const today = new Date('2026-11-22T12:00:00Z');
const records = shopRecords({ today });
const story = shopStory(records, { today });
const buckets = s3Objects(records, { today });

const objectsOf = (bucket: string) =>
  buckets.find((one) => one.bucket === `lindenwares-${bucket}`)?.objects ?? [];
const bytesOf = (bucket: string, key: string) => {
  const body = objectsOf(bucket).find((object) => object.key === key)?.body;
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body);
  throw new Error(`No bytes of ${key}.`);
};
const csvOf = (text: string, delimiter = ','): Record<string, string>[] =>
  parse(text, { columns: true, delimiter });
const linesOf = (text: string) => {
  const lines = text.trimEnd().split('\n');
  return lines.map((line): Record<string, unknown> => JSON.parse(line));
};

it('makes the same bytes for the same day, at any hour', () => {
  const hashOf = (found: typeof buckets) =>
    found.flatMap(({ bucket, objects }) =>
      objects.map(({ key, body, modified }) => {
        const bytes = typeof body === 'object' && 'read' in body ? String(body.size) : (body ?? '');
        const hash = createHash('md5').update(bytes).digest('hex');
        return [bucket, key, hash, modified];
      }),
    );
  const night = new Date('2026-11-22T23:59:59Z');
  const again = s3Objects(shopRecords({ today: night }), { today: night });
  expect(hashOf(again)).toEqual(hashOf(buckets));
});

it('writes each month’s orders as they stand in MySQL', () => {
  const emails = new Map(records.users.map(({ id, email }) => [id, email]));
  const rows = csvOf(bytesOf('exports', 'sales/2026/06/sales-2026-06.csv').toString());
  const orders = records.orders.filter(({ created_at }) => created_at.startsWith('2026-06'));
  expect(rows).toEqual(
    orders.map(({ id, user_id, status, total, coupon_id, note, created_at }) => ({
      id: String(id),
      customer: emails.get(user_id),
      status,
      total,
      coupon_id: String(coupon_id ?? ''),
      note: note ?? '',
      created_at,
    })),
  );
});

it('counts in its manifest what the files hold', () => {
  const { files } = JSON.parse(bytesOf('exports', 'manifest.json').toString());
  const sales = files.filter(({ key }: { key: string }) => key.startsWith('sales/'));
  const rows = sales.map(({ rows }: { rows: number }) => rows);
  expect(rows.reduce((sum: number, count: number) => sum + count, 0)).toBe(5000);
  for (const { key, rows: count } of sales.slice(-3))
    expect(csvOf(bytesOf('exports', key).toString())).toHaveLength(count);
});

it('has all orders as Parquet, with decimals, moments and NULLs', async () => {
  const bytes = bytesOf('exports', 'orders/orders.parquet');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(5000);
  for (const [at, row] of rows.entries()) {
    const order = records.orders[at];
    expect(row).toMatchObject({ id: order?.id, status: order?.status, note: order?.note });
    expect(Number(row.total).toFixed(2)).toBe(order?.total);
    expect(row.created_at).toEqual(new Date(fromDateTime(order?.created_at ?? '')));
  }
});

it('has the same prices in old encodings', () => {
  const german = bytesOf('exports', 'pricelists/preisliste.csv');
  const text = new TextDecoder('windows-1252').decode(german);
  const first = records.products[0];
  expect(csvOf(text, ';')[0]).toEqual({
    Artikel: first?.sku,
    Bezeichnung: first?.name,
    'Preis für Endkunden': `${first?.price.replace('.', ',')} €`,
  });
  const unicode = new TextDecoder('utf-16le').decode(
    bytesOf('exports', 'pricelists/price-list.txt'),
  );
  expect(csvOf(unicode, '\t').map(({ price_eur }) => price_eur)).toEqual(
    records.products.map(({ price }) => price),
  );
});

it('has products as JSON lines, and customers for spreadsheets', () => {
  const products = linesOf(bytesOf('exports', 'products/products.jsonl').toString());
  expect(products.map(({ sku, stock }) => [sku, stock])).toEqual(
    records.products.map(({ sku, stock }) => [sku, stock]),
  );
  const customers = bytesOf('exports', 'customers/customers.csv');
  expect(customers.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(csvOf(customers.subarray(3).toString())).toHaveLength(500);
});

const logs = objectsOf('logs')
  .filter(({ key }) => key.endsWith('.gz'))
  .map(({ key }) => ({
    day: key.slice('app/'.length, 'app/2026/11/21'.length).replaceAll('/', '-'),
    events: linesOf(gunzipSync(bytesOf('logs', key)).toString()),
  }));

it('logs 14 days, each in order, with a spike of errors on the day of the outage', () => {
  expect(logs).toHaveLength(14);
  for (const { day, events } of logs) {
    const times = events.map(({ time }) => String(time));
    expect(times).toEqual(times.toSorted());
    expect(times.every((time) => time.startsWith(day))).toBe(true);
    const errors = events.filter(({ event }) => event === 'checkout_error').length;
    if (day === story.outageDay) expect(errors).toBeGreaterThan(150);
    else expect(errors).toBeLessThan(30);
  }
});

it('logs the failed payments of the story, and captures none of them', () => {
  const events = logs.flatMap((log) => log.events);
  const failed = events.filter(({ event }) => event === 'payment_failed');
  expect(new Set(failed.map(({ order }) => order))).toEqual(new Set(story.failedPaymentOrders));
  const paid = new Set(records.payments.map(({ order_id }) => order_id));
  const captured = events.filter(({ event }) => event === 'payment_captured');
  expect(captured.length).toBeGreaterThan(100);
  for (const { order } of captured) expect(paid.has(Number(order))).toBe(true);
  const late = events.filter(({ event }) => event === 'shipment_late');
  expect(late.map(({ order }) => order)).toEqual(story.lateShipmentOrders);
});

it('logs today in plain text, no later than orders come', () => {
  const events = linesOf(bytesOf('logs', 'app/current.jsonl').toString());
  const times = events.map(({ time }) => String(time));
  expect(times.length).toBeGreaterThan(10);
  expect(times.every((time) => time >= '2026-11-22' && time < '2026-11-22T02:02')).toBe(true);
});

it('has dumps that read the same from anywhere', async () => {
  const dump = objectsOf('backups')[1]?.body as VirtualBody;
  const textOf = async (start: number, end: number) =>
    (await buffer(dump.read(start, end))).toString();
  const whole = await textOf(0, 200_000);
  expect(whole).toHaveLength(200_000);
  expect(whole).toMatch(/^-- Dump of warehouse, 2026-11-21 +\nINSERT INTO page_views VALUES \(1, /);
  for (const [start, end] of [
    [0, 1],
    [63, 65],
    [65_530, 65_600],
    [100, 150_001],
  ] as const)
    expect(await textOf(start, end)).toBe(whole.slice(start, end));
  expect(await textOf(dump.size - 64, dump.size)).toMatch(/^INSERT INTO .*; +\n$/);
});

it('has pictures that are pictures', () => {
  const png = bytesOf('media', 'products/SKU-0001.png');
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const at = png.indexOf('IDAT');
  const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  expect(pixels).toHaveLength(height * (1 + 3 * width));
});

it('stands in an S3 as an SDK reads it', async () => {
  await using s3 = await startS3();
  loadS3(s3, buckets);
  const client = toClient(s3.env);
  const Bucket = 'lindenwares-media';
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'banners/' }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['banners/winter-sale.png']);
  const ireland = toClient({ ...s3.env, AWS_DEFAULT_REGION: 'eu-west-1' });
  const get = (Key = '', Range = 'bytes=0-99') =>
    ireland.send(new GetObjectCommand({ Bucket: 'lindenwares-backups', Key, Range }));
  const [archived, recent] = objectsOf('backups').map(({ key }) => key);
  await expect(get(archived)).rejects.toMatchObject({ name: 'InvalidObjectState' });
  expect((await get(recent)).ContentRange).toBe('bytes 0-99/5368709120');
});

it('can be of an empty shop', () => {
  const empty = shopRecords({ today, users: 1, orders: 0 });
  expect(s3Objects(empty, { today }).map(({ objects }) => objects.length)).toEqual([6, 15, 3, 17]);
});
