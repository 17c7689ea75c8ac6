import { expect, it } from 'vitest';
import { startS3 } from '../../../playground/s3/start-s3.ts';
import { webPage } from '../../../playground/stand-in/fault.ts';
import type { CheckLine } from '../../../src/connectors/connector.ts';
import { openClient } from './open-client.ts';

async function health(env: Record<string, string>): Promise<{ ok: boolean; lines: CheckLine[] }> {
  await using client = await openClient(env);
  const text = await client.read('s3://health');
  expect(text).not.toMatch(/wJalrXUtnFEMI|AKIAIOSFODNN7|127\.0\.0\.1/);
  return JSON.parse(text);
}

it('tells what it found when all is well', async () => {
  await using site = await startS3();
  site.makeBucket('reports');
  expect(await health({ ...site.env, S3_ALLOW_WRITES: 'write_object' })).toEqual({
    ok: true,
    lines: [
      { ok: true, what: 'S3 answers in eu-central-1' },
      { ok: true, what: 'It may list one bucket' },
      { ok: true, what: 'reports can be listed' },
      { ok: true, what: 'Writing is on: write_object' },
    ],
  });
});

it.each([
  ['s3:ListBucket', {}, false, /reports: S3 does not allow s3:ListBucket/, /s3:ListBucket/],
  ['s3:ListAllMyBuckets', {}, true, /may not list its buckets/, /S3_BUCKETS/],
  [
    's3:ListAllMyBuckets',
    { S3_BUCKETS: 'reports/a/' },
    true,
    /S3_BUCKETS opens one bucket/,
    undefined,
  ],
  [
    's3:None',
    { S3_BUCKETS: 'report' },
    false,
    /report: there is no bucket "report"/,
    /Set S3_BUCKETS/,
  ],
  [
    's3:None',
    { AWS_SECRET_ACCESS_KEY: 'wrong' },
    false,
    /secret does not belong/,
    /AWS_SECRET_ACCESS_KEY/,
  ],
])('without %s and with %j it says what to mend', async (action, env, ok, what, fix) => {
  await using site = await startS3();
  site.makeBucket('reports');
  site.deny({ action });
  const found = await health({ ...site.env, ...env });
  expect(found.ok).toBe(ok);
  const line = found.lines.find((line) => what.test(line.what));
  expect(line, JSON.stringify(found)).toBeDefined();
  if (fix) expect(line?.fix).toMatch(fix);
});

it('says that something else answers', async () => {
  await using site = await startS3();
  site.fail({ ...webPage, times: 100 });
  const { ok, lines } = await health(site.env);
  expect(ok).toBe(false);
  expect(lines[0]?.fix).toContain('AWS_ENDPOINT_URL_S3');
});

it('warns of an address without encryption', async () => {
  const { toSettings } = await import('../../../src/connectors/s3/client/settings.ts');
  const { s3Env } = await import('../../../src/connectors/s3/env.ts');
  const { toEncryptionLines } = await import('../../../src/connectors/s3/check.ts');
  const lines = (url: string) =>
    toEncryptionLines(toSettings(s3Env.parse({ AWS_ENDPOINT_URL_S3: url })));
  expect(lines('http://minio.acme.example:9000')).toHaveLength(1);
  expect(lines('https://minio.acme.example')).toEqual([]);
  expect(lines('http://localhost:9000')).toEqual([]);
});
