import { expect, it } from 'vitest';
import { toDigest } from '../../../src/connectors/s3/to-digest.ts';

const bucket = (
  name: string,
  keys: string[],
  more: { isWhole?: boolean; folders?: string[] } = {},
) => ({
  name,
  region: 'eu-central-1',
  objects: keys.map((key) => ({ key, size: 1, modified: new Date(0), storageClass: 'STANDARD' })),
  folders: [],
  isWhole: true,
  ...more,
});

it('tells how keys are made, with the newest of each shape', () => {
  const months = ['05', '06', '07'].map((month) => `exports/2026/${month}/sales-2026-${month}.csv`);
  expect(
    toDigest([bucket('acme-reports', [...months, 'readme.md'])], []),
  ).toBe(`Keys are shown by their shape: * stands for numbers. Times are UTC.
acme-reports (eu-central-1): 4 objects
  exports/*/*/sales-*-*.csv ×3, newest exports/2026/07/sales-2026-07.csv
  readme.md`);
});

it('stays within 4 kB for many buckets with many keys', () => {
  const keys = Array.from(
    { length: 1000 },
    (_, i) => `${'word'.repeat(10)}${'x'.repeat(i % 50)}/${i}-`,
  );
  const folders = Array.from({ length: 100 }, (_, i) => `${'folder'.repeat(20)}-${i}/`);
  const buckets = Array.from({ length: 8 }, (_, i) =>
    bucket(`bucket-${i}`, keys, { folders, isWhole: false }),
  );
  const others = Array.from({ length: 100 }, (_, i) => `${'other'.repeat(10)}-${i}`);
  const digest = toDigest(buckets, others);
  expect(Buffer.byteLength(digest)).toBeLessThanOrEqual(4_100);
  expect(digest).toContain('bucket-7 (eu-central-1): more than about 1000 objects');
});

it('names the buckets that were not looked into', () => {
  expect(toDigest([], ['a', 'b'])).toContain('Other buckets: a, b');
});
