import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FieldPacket } from 'mysql2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RowKeeper } from '../../../../src/connectors/mysql/connection/keep-rows.ts';
import { Spool, type SpoolLimits } from '../../../../src/connectors/spool.ts';

let parent: string;
const spools: Spool[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'spool-test-'));
});
afterEach(async () => {
  for (const spool of spools.splice(0)) await spool.close();
  rmSync(parent, { recursive: true, force: true });
});

function openSpool(limits: Partial<SpoolLimits> = {}) {
  const spool = new Spool('mysql', limits, parent);
  spools.push(spool);
  return spool;
}

const columnsOf = (...names: string[]) =>
  names.map((name) => ({
    name,
    orgName: name,
    columnType: 253,
    characterSet: 45,
    flags: 0,
  })) as unknown as FieldPacket[];

const limits = { maxRows: 1_000, maxBytes: 1_000, maxCell: 100 };

/** Gives rows until one is not taken. */
async function keep(keeper: RowKeeper, rows: unknown[][], fields = columnsOf('text')) {
  keeper.begin(fields);
  for (const row of rows) {
    const cut = keeper.take(row);
    if (cut) return keeper.finish(cut);
  }
  return keeper.finish();
}

const rows = (count: number, text = 'x') =>
  Array.from({ length: count }, (_, n) => [`${n + 1}${text}`]);

async function readStored(spool: Spool, uri = '') {
  const [header, ...lines] = (await spool.read(uri)).trimEnd().split('\n');
  return { header: JSON.parse(header ?? ''), rows: lines.map((line) => JSON.parse(line)) };
}

it('stores nothing when all rows fit', async () => {
  const kept = await keep(new RowKeeper(limits, openSpool()), rows(10));
  expect(kept).toEqual({
    columns: [{ name: 'text', type: 'VARCHAR' }],
    sources: ['text'],
    rows: rows(10),
    rowCount: 10,
  });
  expect(readdirSync(parent)).toEqual([]);
});

it('stores all rows when the first ones fill the answer', async () => {
  const spool = openSpool();
  const kept = await keep(new RowKeeper(limits, spool), rows(500));
  expect(kept.rows).toEqual(rows(500).slice(0, kept.rows.length));
  expect(JSON.stringify(kept.rows).length).toBeLessThanOrEqual(limits.maxBytes + 2);
  expect(kept).toMatchObject({ rowCount: 500, truncatedBy: 'bytes', stored: { complete: true } });
  const stored = await readStored(spool, kept.stored?.uri);
  expect(stored.rows).toEqual(rows(500));
  expect(stored.header).toMatchObject({ columns: kept.columns, row_count: 500, complete: true });
});

it.each([
  ['one more row than asked for', 501, 'rows', false],
  ['exactly as many', 500, 'bytes', true],
])('tells %s', async (_what, count, truncatedBy, complete) => {
  const keeper = new RowKeeper({ ...limits, maxRows: 500 }, openSpool());
  const kept = await keep(keeper, rows(count));
  expect(kept).toMatchObject({ rowCount: 500, truncatedBy, stored: { rows: 500, complete } });
});

it.each([
  ['one more row than asked for', 4, 'rows'],
  ['exactly as many', 3, undefined],
])('tells %s while all fit', async (_what, count, truncatedBy) => {
  const kept = await keep(new RowKeeper({ ...limits, maxRows: 3 }, openSpool()), rows(count));
  expect(kept.rows).toEqual(rows(3));
  expect(kept.truncatedBy).toBe(truncatedBy);
  expect(kept.stored).toBeUndefined();
});

it('stores cells whole that the answer cuts', async () => {
  const spool = openSpool();
  const long = 'y'.repeat(10_000);
  const kept = await keep(new RowKeeper(limits, spool), [[long], ...rows(500)]);
  expect(kept.rows[0]).toEqual([`${'y'.repeat(100)}…(+9900 chars)`]);
  expect((await readStored(spool, kept.stored?.uri)).rows).toEqual([[long], ...rows(500)]);
});

it('cuts stored cells at 64,000 characters, with a mark', async () => {
  const spool = openSpool();
  const keeper = new RowKeeper({ ...limits, maxBytes: 100 }, spool);
  const kept = await keep(keeper, [['y'.repeat(100_000)]]);
  expect(kept.rows).toEqual([]);
  const stored = await readStored(spool, kept.stored?.uri);
  expect(stored.rows).toEqual([[`${'y'.repeat(64_000)}…(+36000 chars)`]]);
});

it.each([
  ['twenty texts of 64 kB', 20, 'y'.repeat(64_000)],
  ['six hundred texts of control characters', 600, '\u0001'.repeat(64_000)],
  ['six hundred blobs', 600, Buffer.alloc(64_000, 255)],
])('stores a row of %s within a page', async (_what, count, cell) => {
  const spool = openSpool();
  const fields = columnsOf(...Array.from({ length: count }, (_, n) => `c${n}`));
  const maxBytes = 40 * count; // enough for the columns
  const keeper = new RowKeeper({ ...limits, maxBytes }, spool);
  const kept = await keep(keeper, [Array.from({ length: count }, () => cell)], fields);
  const page = await spool.read(kept.stored?.uri ?? '');
  expect(Buffer.byteLength(page)).toBeLessThan(256_000);
  expect((await readStored(spool, kept.stored?.uri)).rows[0]).toHaveLength(count);
});

it.each([
  ['without a spool', () => undefined],
  ['with one whose folder cannot be made', () => new Spool('mysql', {}, join(parent, 'none'))],
])('keeps the head alone %s', async (what, open) => {
  const kept = await keep(new RowKeeper(limits, open()), rows(500));
  expect(kept.rows.length).toBeGreaterThan(50);
  expect(kept).toMatchObject({ rowCount: kept.rows.length, truncatedBy: 'bytes' });
  expect(kept.stored).toBeUndefined();
  expect(kept.lost).toBe(what === 'without a spool' ? undefined : true);
});

it('keeps the head alone when the disk fails on the way', async () => {
  const keeper = new RowKeeper(limits, openSpool());
  keeper.begin(columnsOf('text'));
  let given = 0;
  while (readdirSync(parent).length === 0) keeper.take([`row ${++given}`]);
  rmSync(parent, { recursive: true }); // the file is created a little later
  const kept = await keeper.finish();
  expect(kept).toMatchObject({ truncatedBy: 'bytes', lost: true });
  expect(kept.rows).toHaveLength(given - 1);
  expect(kept.rowCount).toBe(given - 1);
  expect(kept.stored).toBeUndefined();
});

it('says that rows are missing when the quota is reached', async () => {
  const kept = await keep(new RowKeeper(limits, openSpool({ rows: 200 })), rows(500));
  expect(kept).toMatchObject({
    rowCount: 200,
    truncatedBy: 'bytes',
    stored: { rows: 200, complete: false },
  });
});

it('neither shows nor stores rows of columns that fill an answer by their names', async () => {
  const fields = columnsOf(...Array.from({ length: 50 }, (_, n) => `column_${n}`));
  const keeper = new RowKeeper({ ...limits, withColumns: true }, openSpool());
  const kept = await keep(keeper, [fields.map(() => 1)], fields);
  expect(kept).toMatchObject({ rows: [], rowCount: 0, truncatedBy: 'bytes' });
  expect(kept.columns).toHaveLength(50);
  expect(readdirSync(parent)).toEqual([]);
});

it('removes what it stored when nobody wants it any more', async () => {
  const spool = openSpool();
  const keeper = new RowKeeper(limits, spool);
  const { stored } = await keep(keeper, rows(500));
  keeper.discard();
  await expect(spool.read(stored?.uri ?? '')).rejects.toThrow('expired');
});
