import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ResultGone, Spool, type SpoolLimits, toLink } from '../../src/connectors/spool.ts';
import { makeSpoolFolder } from '../../src/connectors/spool-folder.ts';
import { ToolError } from '../../src/connectors/tool-error.ts';
import { eventually } from '../support/eventually.ts';

let parent: string;
const spools: Spool[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'spool-test-'));
});
afterEach(async () => {
  vi.useRealTimers();
  for (const spool of spools.splice(0)) await spool.close();
  rmSync(parent, { recursive: true, force: true });
});

const columns = [{ name: 'id', type: 'INT' }];

function openSpool(limits: Partial<SpoolLimits> = {}) {
  const spool = new Spool('mysql', limits, parent);
  spools.push(spool);
  return spool;
}

/** Stores rows of one number each. */
async function store(spool: Spool, rows: number) {
  const writer = spool.open(columns);
  for (let n = 1; n <= rows; n++) if (!writer.write(`[${n}]`)) return writer.finish(false);
  return writer.finish(true);
}

async function readPage(spool: Spool, uri: string) {
  const text = await spool.read(uri);
  expect(text.endsWith('\n')).toBe(true);
  const [header, ...rows] = text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
  return { header, rows, bytes: Buffer.byteLength(text) };
}

const files = () => readdirSync(parent, { recursive: true, encoding: 'utf8' }).toSorted();
const gone = /^This result has expired.*15 minutes.* Run the query again\.$/;

it('gives all rows page by page, each page saying where it goes on', async () => {
  const spool = openSpool({ pageBytes: 100 });
  const { uri, pages } = await store(spool, 50);
  const rows: unknown[] = [];
  let at: string | undefined = uri;
  for (let page = 1; at; page++) {
    const { header, ...content } = await readPage(spool, at);
    expect(header).toMatchObject({ columns, row_count: 50, complete: true });
    expect(header.first_row).toBe(rows.length + 1);
    expect(header.next).toBe(page < pages ? `${uri}?page=${page + 1}` : undefined);
    rows.push(...content.rows);
    at = header.next;
  }
  expect(rows).toEqual(Array.from({ length: 50 }, (_, n) => [n + 1]));
  expect(pages).toBe(3);
});

it('keeps a message with a page below 512 kB, were it nothing but quotes', async () => {
  const spool = openSpool();
  const writer = spool.open([{ name: 'x'.repeat(18_000), type: 'TEXT' }]);
  for (let n = 0; n < 20; n++) writer.write(JSON.stringify(['"'.repeat(50_000)]));
  const { uri, pages } = await writer.finish(true);
  expect(pages).toBe(10);
  for (let page = 1; page <= pages; page++) {
    const text = await spool.read(`${uri}?page=${page}`);
    expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(512_000);
  }
});

it('describes a result for those who got its head', async () => {
  const link = toLink(await store(openSpool(), 3));
  expect(link).toEqual({
    uri: expect.stringMatching(/^mysql:\/\/result\/[0-9a-f]{32}$/),
    name: 'rows.jsonl',
    description: expect.stringMatching(/^All 3 rows as JSON lines/),
    mimeType: 'application/x-ndjson',
    size: 12,
  });
});

it.each([
  ['an unknown id', `mysql://result/${'0'.repeat(32)}`],
  ['no id', 'mysql://result/'],
  ['a path', 'mysql://result/../../etc/passwd'],
  ['a path in disguise', 'mysql://result/%2e%2e%2fetc%2fpasswd'],
  ['a very long one', `mysql://result/${'a'.repeat(100_000)}`],
])('knows no result at %s', async (_what, uri) => {
  const spool = openSpool();
  await store(spool, 1);
  expect(spool.owns(uri)).toBe(true);
  await expect(spool.read(uri)).rejects.toThrow(gone);
});

it.each(['?page=0', '?page=4', '?page=999999'])('says which pages there are: %s', async (page) => {
  const spool = openSpool({ pageBytes: 100 });
  const { uri } = await store(spool, 50);
  const error = await spool.read(uri + page).catch((error) => error);
  expect(error).toBeInstanceOf(ResultGone);
  expect(error.message).toMatch(/^This result has the pages 1 to 3\./);
});

it('owns no other resource', () => {
  expect(openSpool().owns('mysql://digest')).toBe(false);
  expect(openSpool().owns(`s3://result/${'0'.repeat(32)}`)).toBe(false);
});

it('forgets a result after 15 minutes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const spool = openSpool();
  const { uri } = await store(spool, 1);
  vi.advanceTimersByTime(15 * 60_000 - 1);
  expect(await spool.read(uri)).toContain('[1]');
  vi.advanceTimersByTime(1);
  await expect(spool.read(uri)).rejects.toThrow(gone);
  await eventually(() => expect(files()).toHaveLength(1));
});

it.each([
  ['rows', { rows: 10 }, 10],
  ['bytes', { resultBytes: 40 }, 9],
])(
  'takes no more than its quota of %s, and says that rows are missing',
  async (_what, limits, rows) => {
    const spool = openSpool(limits);
    const result = await store(spool, 50);
    expect(result).toMatchObject({ rows, complete: false });
    const { header } = await readPage(spool, result.uri);
    expect(header).toMatchObject({ row_count: rows, complete: false });
    expect(toLink(result).description).toMatch(new RegExp(`^The first ${rows} rows`));
  },
);

it.each([
  ['bytes', { bytes: 1_000, resultBytes: 400 }],
  ['results', { results: 2 }],
])('drops the oldest when all together have too many %s', async (_what, limits) => {
  const spool = openSpool(limits);
  const [first, ...others] = [
    await store(spool, 80),
    await store(spool, 80),
    await store(spool, 80),
  ];
  await expect(spool.read(first.uri)).rejects.toThrow(gone);
  for (const { uri } of others) expect(await spool.read(uri)).toContain('[80]');
  await eventually(() => expect(files().filter((name) => name.endsWith('.jsonl'))).toHaveLength(2));
});

it('refuses to write more at once than it may hold', () => {
  const spool = openSpool({ bytes: 1_000, resultBytes: 400 });
  spool.open(columns);
  spool.open(columns);
  expect(() => spool.open(columns)).toThrow('too many');
});

it('lets nobody else look into its folder', async () => {
  await store(openSpool(), 1);
  const [folder = '', file = ''] = files();
  expect(statSync(join(parent, folder)).mode & 0o777).toBe(0o700);
  expect(statSync(join(parent, file)).mode & 0o777).toBe(0o600);
});

it('touches the disk only when something is stored, and leaves nothing behind', async () => {
  const spool = openSpool();
  expect(files()).toEqual([]);
  await store(spool, 1);
  expect(files()).toHaveLength(2);
  const unfinished = spool.open(columns);
  unfinished.write('[1]');
  await spool.close();
  expect(files()).toEqual([]);
  await expect(unfinished.finish(true)).rejects.toThrow();
});

it.each([
  ['before it is finished', false],
  ['after', true],
])('removes what is discarded %s', async (_when, isFinished) => {
  const spool = openSpool();
  const writer = spool.open(columns);
  writer.write('[1]');
  const uri = isFinished ? (await writer.finish(true)).uri : '';
  writer.discard();
  writer.discard();
  await eventually(() => expect(files()).toHaveLength(1));
  if (isFinished) await expect(spool.read(uri)).rejects.toThrow(gone);
  else await expect(writer.finish(true)).rejects.toThrow();
});

it('fails to store where no folder can be made, and stores again when one can', async () => {
  const spool = openSpool();
  rmSync(parent, { recursive: true });
  expect(() => spool.open(columns)).toThrow('ENOENT');
  mkdirSync(parent);
  expect(await store(spool, 1)).toMatchObject({ rows: 1 });
  for (const folder of readdirSync(parent)) rmSync(join(parent, folder), { recursive: true });
  expect(await store(spool, 1)).toMatchObject({ rows: 1 });
});

it('takes no rows any more once the disk has failed', async () => {
  const spool = openSpool();
  const writer = spool.open(columns);
  rmSync(parent, { recursive: true }); // the file is created a little later
  const row = `["${'x'.repeat(100_000)}"]`;
  await eventually(() => expect(writer.write(row)).toBe(false));
  await writer.caughtUp();
  await expect(writer.finish(true)).rejects.toThrow();
});

it('asks to wait when rows come faster than the disk takes them', async () => {
  const writer = openSpool().open(columns);
  const row = `["${'x'.repeat(100_000)}"]`;
  let rows = 0;
  for (; !writer.isBehind; rows++) writer.write(row);
  expect(rows).toBeLessThan(10);
  await writer.caughtUp();
  expect(writer.isBehind).toBe(false);
  expect(await writer.finish(true)).toMatchObject({ rows });
});

it('says so when somebody else removed the file', async () => {
  const spool = openSpool();
  const { uri } = await store(spool, 1);
  for (const folder of readdirSync(parent)) rmSync(join(parent, folder), { recursive: true });
  await expect(spool.read(uri)).rejects.toThrow(gone);
});

it('keeps a result that the disk does not give just now', async () => {
  const spool = openSpool();
  const { uri } = await store(spool, 3);
  const path = join(parent, files().find((name) => name.endsWith('.jsonl')) ?? '');
  const rows = readFileSync(path);
  writeFileSync(path, '[1]'); // cut half-way
  const error = await spool.read(uri).catch((error) => error);
  expect(error).toBeInstanceOf(ToolError);
  expect(error.message).toMatch(/^UPSTREAM_ERROR: the disk .*Try: the same page again/);
  writeFileSync(path, rows);
  expect(await spool.read(uri)).toContain('[3]');
});

it('sweeps an old folder whose process id is another process by now', async () => {
  const old = makeSpoolFolder(parent); // after a restart a container gives the same ids again
  const recent = makeSpoolFolder(parent);
  const hoursAgo = new Date(Date.now() - 2 * 60 * 60_000);
  utimesSync(old, hoursAgo, hoursAgo);
  openSpool();
  await eventually(() => expect(files()).toEqual([recent.slice(parent.length + 1)]));
});

it('sweeps at its start what dead processes left, and nothing else', async () => {
  const own = makeSpoolFolder(parent);
  const dead = own.replace(/-\d+-[^-]+$/, '-4194305-abcdef'); // past the largest process id
  const elsewhere = join(parent, 'connectormcp-spool-0000aaaa-1-abcdef');
  const other = join(parent, 'connectormcp-other');
  for (const folder of [dead, elsewhere, other]) mkdirSync(folder);
  symlinkSync(other, own.replace(/-\d+-[^-]+$/, '-4194305-link'));
  openSpool();
  const swept = dead.slice(parent.length + 1);
  await eventually(() => expect(files()).not.toContain(swept));
  expect(files()).toHaveLength(4);
});
