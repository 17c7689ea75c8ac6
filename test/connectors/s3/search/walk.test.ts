import { afterAll, beforeAll, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../../playground/s3/start-s3.ts';
import { S3 } from '../../../../src/connectors/s3/client/s3.ts';
import { toSettings } from '../../../../src/connectors/s3/client/settings.ts';
import { s3Env } from '../../../../src/connectors/s3/env.ts';
import { toGlobs } from '../../../../src/connectors/s3/search/glob.ts';
import { matchesPath, startOf } from '../../../../src/connectors/s3/search/match-path.ts';
import { type Walked, walk } from '../../../../src/connectors/s3/search/walk.ts';

const signal = new AbortController().signal;
let site: S3StandIn;
let s3: S3;

const keys = [
  ...['2025', '2026'].flatMap((year) =>
    ['01', '06', '11'].flatMap((month) => [
      `exports/${year}/${month}/sales.csv`,
      `exports/${year}/${month}/returns.csv.gz`,
      `exports/${year}/${month}/raw/part-0.csv`,
    ]),
  ),
  'exports/',
  'exports-old/sales.csv',
  'exports.csv',
  'logs/app/2026-11-21.log',
  'logs/app/2026-11-22.log',
  'logs/web/2026-11-21.log',
  'logs/web//double.log',
  'Ünïcödé/漢字/😀 smile.csv',
  '\uffee last of the plane.csv',
  'with space/a+b&c=d.csv',
  'with space/per%20cent.csv',
  'root.csv',
];

beforeAll(async () => {
  site = await startS3();
  site.makeBucket('keys');
  for (const key of keys) site.put('keys', key, 'x');
  s3 = new S3(toSettings(s3Env.parse(site.env)));
});
afterAll(async () => {
  s3.close();
  await site[Symbol.asyncDispose]();
});

interface Limits {
  after?: string | undefined;
  enough?: number;
  prefixes?: string[];
}

async function find(pattern: string, { after, enough = Infinity, prefixes = [''] }: Limits = {}) {
  const walked: Walked = { scanned: 0, position: after, isCut: false };
  const isEnough = () => walked.scanned >= enough;
  const globs = toGlobs(pattern);
  const options = { bucket: 'keys', globs, prefixes, after, signal, onPage() {}, isEnough };
  const found: string[] = [];
  for await (const { key } of walk(s3, options, walked)) found.push(key);
  return { found, walked };
}

const patterns = [
  '**',
  '*.csv',
  '/*.csv',
  'exports/**',
  'exports/*/06/*.csv',
  'exports/*/*/*',
  'exports/2026/**/*.csv',
  'exports/20{25,26}/{01,11}/s*',
  '{exports,logs}/**/*.{csv,log}',
  'exp*/**',
  '**/raw/*',
  'logs/*/2026-11-2[12].log',
  'logs/**/double.log',
  '*/漢字/*',
  'with space/*+*',
  'nothing/**',
  '\uffee*',
];

const matching = (pattern: string) => {
  const globs = toGlobs(pattern);
  return keys.filter((key) => matchesPath(globs, startOf(globs), key));
};
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

it.each(patterns)(
  'finds by %j what matching each key finds, in the order of S3',
  async (pattern) => {
    const { found, walked } = await find(pattern);
    expect(found).toEqual(matching(pattern).sort(byBytes));
    expect(walked.isCut).toBe(false);
  },
);

it.each(patterns)(
  'finds by %j the same when it is stopped after each few names',
  async (pattern) => {
    const all: string[] = [];
    let after: string | undefined;
    for (let calls = 0; calls < 100; calls++) {
      const { found, walked } = await find(pattern, { after, enough: 3 });
      all.push(...found);
      if (!walked.isCut) break;
      expect(walked.position).not.toBe(after); // it moves on
      after = walked.position;
    }
    expect(all).toEqual(matching(pattern).sort(byBytes));
  },
);

it('lists only folders in which something can match', async () => {
  site.requests.length = 0;
  await find('exports/2026/06/*.csv');
  expect(site.requests).toHaveLength(1);
  expect(site.requests[0]?.query.get('prefix')).toBe('exports/2026/06/');
  site.requests.length = 0;
  await find('exports/*/06/s*');
  const prefixes = site.requests.map(({ query }) => query.get('prefix'));
  expect(prefixes).toEqual(['exports/', 'exports/2025/06/s', 'exports/2026/06/s']);
});

it('never leaves the prefixes that are open', async () => {
  const prefixes = ['exports/2026/', 'logs/app/'];
  site.requests.length = 0;
  const { found } = await find('**', { prefixes });
  expect(found).toHaveLength(11);
  expect((await find('exports/2025/**', { prefixes })).found).toEqual([]);
  expect((await find('*/*/06/*.csv', { prefixes })).found).toEqual(['exports/2026/06/sales.csv']);
  for (const { query } of site.requests)
    expect(query.get('prefix')).toMatch(/^(exports\/2026\/|logs\/app\/)/);
});
