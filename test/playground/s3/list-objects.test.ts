import { createHash } from 'node:crypto';
import {
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openS3 } from './s3-fixture.ts';

const keys = ['a.txt', 'logs/1/x', 'logs/1/y', 'logs/2/x', 'logs/z', 'ж/1', 'z', '', '🎁'];
type Marker = Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'>;
let opened: Awaited<ReturnType<typeof openS3>>;
const list = (input: Partial<ListObjectsV2CommandInput>) =>
  opened.client.send(new ListObjectsV2Command({ Bucket: 'docs', ...input }));
const keysOf = ({ Contents }: ListObjectsV2CommandOutput) => Contents?.map(({ Key }) => Key) ?? [];
const foldersOf = ({ CommonPrefixes }: ListObjectsV2CommandOutput) =>
  CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [];

beforeAll(async () => {
  opened = await openS3();
  const stored = keys.map((key) => key || '\u{e000}');
  for (const key of stored.toReversed())
    opened.s3.put('docs', key, key, { modified: new Date('2026-06-01T08:00:00.900Z') });
});
afterAll(() => opened[Symbol.asyncDispose]());

it('lists keys by their UTF-8 bytes, with what S3 says of each', async () => {
  const found = await list({});
  expect(keysOf(found)).toEqual([
    'a.txt',
    'logs/1/x',
    'logs/1/y',
    'logs/2/x',
    'logs/z',
    'z',
    'ж/1',
    '\u{e000}',
    '🎁',
  ]);
  expect(found).toMatchObject({ KeyCount: 9, MaxKeys: 1000, IsTruncated: false, Prefix: '' });
  expect(found.Contents?.[0]).toMatchObject({
    LastModified: new Date('2026-06-01T08:00:00Z'),
    ETag: `"${createHash('md5').update('a.txt').digest('hex')}"`,
    Size: 5,
    StorageClass: 'STANDARD',
  });
});

it.each<[Partial<ListObjectsV2CommandInput>, string[], string[]]>([
  [{ Delimiter: '/' }, ['a.txt', 'z', '\u{e000}', '🎁'], ['logs/', 'ж/']],
  [{ Prefix: 'logs/', Delimiter: '/' }, ['logs/z'], ['logs/1/', 'logs/2/']],
  [{ Prefix: 'logs/1' }, ['logs/1/x', 'logs/1/y'], []],
  [{ Prefix: 'logs/1', Delimiter: '/' }, [], ['logs/1/']],
  [{ Prefix: 'nothing' }, [], []],
  [{ StartAfter: 'logs/2/x', Prefix: 'logs/' }, ['logs/z'], []],
  [{ StartAfter: 'logs/1', Delimiter: '/', Prefix: 'l' }, [], ['logs/']],
  [{ MaxKeys: 0 }, [], []],
  [{ Delimiter: '/1' }, ['a.txt', 'logs/2/x', 'logs/z', 'z', '\u{e000}', '🎁'], ['logs/1', 'ж/1']],
])('lists %j', async (input, objects, folders) => {
  const found = await list(input);
  expect(keysOf(found)).toEqual(objects);
  expect(foldersOf(found)).toEqual(folders);
});

it.each([1, 2, 3, 4])('gives the same in pages of %i', async (pageSize) => {
  const seen: unknown[] = [];
  const pages = paginateListObjectsV2(
    { client: opened.client, pageSize },
    { Bucket: 'docs', Delimiter: '/' },
  );
  for await (const page of pages) {
    expect(page.KeyCount).toBeLessThanOrEqual(pageSize);
    seen.push(...[...keysOf(page), ...foldersOf(page)].toSorted());
  }
  expect(seen.toSorted()).toEqual(['a.txt', 'logs/', 'z', 'ж/', '\u{e000}', '🎁'].toSorted());
});

it('lists no more than a thousand at a time, whatever is asked for', async () => {
  opened.s3.makeBucket('many');
  for (let index = 0; index < 1001; index += 1) opened.s3.put('many', `k${index}`, '');
  const first = await list({ Bucket: 'many', MaxKeys: 5000 });
  expect(first).toMatchObject({ KeyCount: 1000, MaxKeys: 1000, IsTruncated: true });
  const rest = await list({ Bucket: 'many', ContinuationToken: first.NextContinuationToken });
  expect(keysOf(rest)).toEqual(['k999']);
});

it('writes names as in addresses when it is asked to', async () => {
  opened.s3.makeBucket('odd');
  opened.s3.put('odd', 'a b+c/\u0001 (1)~*.txt', '');
  const found = await list({ Bucket: 'odd', EncodingType: 'url' });
  expect(keysOf(found)).toEqual(['a+b%2Bc/%01+%281%29%7E*.txt']);
});

it.each([
  [{ ContinuationToken: 'made up' }, 'The continuation token provided is incorrect'],
  [{ MaxKeys: -1 }, 'Argument maxKeys must be an integer between 0 and 2147483647'],
])('refuses %j', async (input, message) => {
  await expect(list(input)).rejects.toMatchObject({ name: 'InvalidArgument', message });
});

it('lists the old way too, marker by marker', async () => {
  const input = { Bucket: 'docs', Delimiter: '/', MaxKeys: 2 };
  const first = await opened.client.send(new ListObjectsCommand(input));
  expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'logs/' });
  const next = await opened.client.send(
    new ListObjectsCommand({ ...input, Marker: first.NextMarker }),
  );
  expect(next.Contents?.map(({ Key }) => Key)).toEqual(['z']);
  expect(next.CommonPrefixes).toEqual([{ Prefix: 'ж/' }]);
});

it('lists versions, newest first, and page by page', async () => {
  const { s3, client } = opened;
  s3.put('kept', 'a', 'one');
  s3.put('kept', 'a', 'second');
  s3.remove('kept', 'a');
  s3.put('kept', 'b/c', 'x');
  const all = await client.send(new ListObjectVersionsCommand({ Bucket: 'kept' }));
  expect(all.Versions).toMatchObject([
    { Key: 'a', Size: 6, IsLatest: false },
    { Key: 'a', Size: 3, IsLatest: false },
    { Key: 'b/c', IsLatest: true },
  ]);
  expect(all.DeleteMarkers).toMatchObject([{ Key: 'a', IsLatest: true }]);
  const seen: unknown[] = [];
  for (let more: Marker | undefined = {}; more; ) {
    const input = { Bucket: 'kept', MaxKeys: 1, Delimiter: '/', ...more };
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand(input),
    );
    const { Versions = [], DeleteMarkers = [], CommonPrefixes = [] } = page;
    seen.push(...Versions, ...DeleteMarkers, ...CommonPrefixes);
    more = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  expect(seen).toMatchObject([
    { Key: 'a', IsLatest: true },
    { Size: 6 },
    { Size: 3 },
    { Prefix: 'b/' },
  ]);
  expect(await list({ Bucket: 'kept' }).then(keysOf)).toEqual(['b/c']);
});
