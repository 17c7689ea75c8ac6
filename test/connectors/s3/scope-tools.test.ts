import { afterAll, beforeAll, expect, it } from 'vitest';
import { type S3StandIn, startS3 } from '../../../playground/s3/start-s3.ts';
import { openClient, type ToolClient } from './open-client.ts';

let site: S3StandIn;
let tools: ToolClient;

beforeAll(async () => {
  site = await startS3();
  for (const name of ['open', 'part', 'closed']) {
    site.makeBucket(name);
    for (const key of ['app/a.csv', 'app/deep/b.csv', 'web/c.csv', 'secret/d.csv', 'apple.csv'])
      site.put(name, key, 'id\n1\n');
  }
  tools = await openClient({
    ...site.env,
    S3_BUCKETS: 'open,part/app/,part/web/',
    S3_ALLOW_WRITES: 'write_object',
  });
});
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const outside: [string, Record<string, unknown>][] = [
  ['list_objects', { bucket: 'closed' }],
  ['list_objects', { bucket: 'part', prefix: 'secret/' }],
  ['list_objects', { bucket: 'part', prefix: 'apple', recursive: true }],
  ['search_objects', { bucket: 'closed', pattern: '**' }],
  ['list_object_versions', { bucket: 'closed' }],
  ['list_object_versions', { bucket: 'part' }],
  ['list_object_versions', { bucket: 'part', key: 'secret/d.csv' }],
  ...['read_object', 'preview_table_object', 'get_object_metadata'].flatMap(
    (name): [string, Record<string, unknown>][] => [
      [name, { bucket: 'closed', key: 'app/a.csv' }],
      [name, { bucket: 'part', key: 'secret/d.csv' }],
      [name, { bucket: 'part', key: 'apple.csv' }],
      [name, { bucket: 'part', key: '/app/a.csv' }],
    ],
  ),
  ['write_object', { bucket: 'closed', key: 'x', text: 'y' }],
  ['write_object', { bucket: 'part', key: 'secret/x', text: 'y' }],
  ['write_object', { bucket: 'part', key: 'x', text: 'y', dry_run: true }],
];

it.each(outside)('%s %j is refused before anything is sent', async (name, args) => {
  site.requests.length = 0;
  expect(await tools.refusal(name, args)).toMatch(
    /^(REFUSED: .*S3_BUCKETS|INVALID_ARGUMENT: key: begins)/,
  );
  expect(site.requests).toHaveLength(0);
});

it('shows the buckets that are open', async () => {
  expect(await tools.ask('list_buckets')).toMatchObject({
    buckets: [{ name: 'open' }, { name: 'part' }],
  });
});

it('shows the way to what is open of a bucket', async () => {
  expect(await tools.ask('list_objects', { bucket: 'part' })).toMatchObject({
    folders: ['app/', 'web/'],
    objects: [],
  });
});

it('searches what is open only', async () => {
  const { objects } = await tools.ask('search_objects', { bucket: 'part', pattern: '*.csv' });
  expect(objects).toMatchObject([
    { key: 'app/a.csv' },
    { key: 'app/deep/b.csv' },
    { key: 'web/c.csv' },
  ]);
});

it('names near keys out of what is open only', async () => {
  site.requests.length = 0;
  const text = await tools.refusal('read_object', { bucket: 'part', key: 'app/d.csv' });
  expect(text).toMatch(/^NOT_FOUND: /);
  expect(text).not.toContain('secret');
  for (const { query } of site.requests.filter(({ query }) => query.has('list-type')))
    expect(query.get('prefix')).toMatch(/^(app|web)\//);
});

it('names the open buckets also when the account may not list', async () => {
  await using own = await startS3();
  own.makeBucket('open');
  own.deny({ action: 's3:ListAllMyBuckets' });
  await using client = await openClient({ ...own.env, S3_BUCKETS: 'open' });
  const { buckets, notes } = await client.ask('list_buckets');
  expect(buckets).toEqual([{ name: 'open' }]);
  expect(String(notes)).toContain('S3_BUCKETS');
});

it('tells the digest of what is open only', async () => {
  const digest = await tools.read('s3://digest');
  const [, part = ''] = digest.split('part (eu-central-1): ');
  expect(part).toBe('3 objects\n  app/a.csv\n  app/deep/b.csv\n  web/c.csv');
  expect(digest).not.toContain('closed');
});
