import { expect, it } from 'vitest';
import { startS3 } from '../../../playground/s3/start-s3.ts';
import { openClient } from './open-client.ts';

it('tells how keys are made, with the newest of each shape', async () => {
  await using site = await startS3();
  site.makeBucket('acme-reports');
  for (const month of ['05', '06', '07'])
    site.put('acme-reports', `exports/2026/${month}/sales-2026-${month}.csv`, 'x');
  site.put('acme-reports', 'readme.md', 'x');
  await using client = await openClient(site.env);
  expect(
    await client.read('s3://digest'),
  ).toBe(`Keys are shown by their shape: * stands for numbers. Times are UTC.
acme-reports (eu-central-1): 4 objects
  exports/*/*/sales-*-*.csv ×3, newest exports/2026/07/sales-2026-07.csv
  readme.md`);
});

it('stays within 4 kB for many buckets with many keys', async () => {
  await using site = await startS3();
  for (let b = 0; b < 12; b++) {
    site.makeBucket(`bucket-${b}`);
    for (let i = 0; i < (b === 0 ? 1100 : 40); i++)
      site.put(
        `bucket-${b}`,
        `${'word'.repeat(10)}${String.fromCharCode(97 + (i % 26)).repeat(1 + i / 26)}/x`,
        '',
      );
  }
  await using client = await openClient(site.env);
  const digest = await client.read('s3://digest');
  expect(Buffer.byteLength(digest)).toBeLessThanOrEqual(4_100);
  expect(digest).toContain('bucket-0 (eu-central-1): more than about 1000 objects');
  expect(digest).toContain('Other buckets: ');
});

it('leaves the others when one bucket can not be listed', async () => {
  await using site = await startS3();
  site.makeBucket('good');
  site.makeBucket('shut');
  site.put('good', 'a', 'x');
  site.deny({ action: 's3:ListBucket', bucket: 'shut' });
  await using client = await openClient(site.env);
  const digest = await client.read('s3://digest');
  expect(digest).toContain('good (eu-central-1): 1 objects');
  expect(digest).toMatch(/shut .*s3:ListBucket/);
});
