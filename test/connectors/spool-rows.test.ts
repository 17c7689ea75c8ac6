import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Spool, type SpoolLimits } from '../../src/connectors/spool.ts';
import { spoolRows } from '../../src/connectors/spool-rows.ts';

const columns = [{ name: 'id', type: 'number' }];
const { signal } = new AbortController();
let parent: string;
let spool: Spool;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'spool-rows-'));
  open({});
});
afterEach(async () => {
  await spool.close();
  await rm(parent, { recursive: true });
});

function open(limits: Partial<SpoolLimits>) {
  spool = new Spool('wares', limits, parent);
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => [index]);

it('keeps all rows under one address', async () => {
  const kept = await spoolRows({ spool, signal }, columns, numbered(3));
  expect(kept).toMatchObject({ rows: 3, complete: true });
  const [header, ...lines] = (await spool.read(kept?.link.uri ?? '')).trim().split('\n');
  expect(JSON.parse(header ?? '')).toMatchObject({ columns, row_count: 3, complete: true });
  expect(lines).toEqual(['[0]', '[1]', '[2]']);
});

it('says when even these are not all', async () => {
  open({ rows: 2 });
  const kept = await spoolRows({ spool, signal }, columns, numbered(3));
  expect(kept).toMatchObject({ rows: 2, complete: false });
});

it('leaves the rest away from a row on that fits on no page', async () => {
  const rows = [[1], ['x'.repeat(300_000)], [3]];
  expect(await spoolRows({ spool, signal }, columns, rows)).toMatchObject({
    rows: 1,
    complete: false,
  });
});

it('gives nothing where nobody could read the rows, or there is no room', async () => {
  expect(await spoolRows({ signal }, columns, numbered(1))).toBeUndefined();
  open({ bytes: 1 });
  expect(await spoolRows({ spool, signal }, columns, numbered(1))).toBeUndefined();
});

it('fails as its rows do, and keeps none of them', async () => {
  async function* rows() {
    yield [1];
    throw new Error('the source is gone');
  }
  await expect(spoolRows({ spool, signal }, columns, rows())).rejects.toThrow('source is gone');
});

it('ends when the caller does', async () => {
  const caller = new AbortController();
  async function* rows() {
    for (let id = 0; ; id += 1) {
      if (id === 10) caller.abort(new Error('no longer wanted'));
      yield [id];
    }
  }
  const kept = spoolRows({ spool, signal: caller.signal }, columns, rows());
  await expect(kept).rejects.toThrow('no longer wanted');
});
