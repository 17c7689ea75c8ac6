import {
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openS3 } from './s3-fixture.ts';

let opened: Awaited<ReturnType<typeof openS3>>;
let etag: string;
const day = new Date('2026-06-01T08:00:00Z');
const get = (input: Partial<GetObjectCommandInput>) =>
  opened.client.send(new GetObjectCommand({ Bucket: 'docs', Key: 'ten', ...input }));
const head = (input: Partial<GetObjectCommandInput>) =>
  opened.client.send(new HeadObjectCommand({ Bucket: 'docs', Key: 'ten', ...input }));
const textOf = async (input: Partial<GetObjectCommandInput>) =>
  (await get(input)).Body?.transformToString();

beforeAll(async () => {
  opened = await openS3();
  const options = {
    modified: day,
    metadata: { author: 'Zoë', team: 'ops' },
    tags: { env: 'test' },
  };
  etag = opened.s3.put('docs', 'ten', '0123456789', { contentType: 'text/plain', ...options }).etag;
  opened.s3.put('docs', 'empty', '');
});
afterAll(() => opened[Symbol.asyncDispose]());

it('gives bytes with all that was put with them', async () => {
  const found = await get({});
  expect(await found.Body?.transformToString()).toBe('0123456789');
  expect(found).toMatchObject({
    ContentLength: 10,
    ContentType: 'text/plain',
    ETag: `"${etag}"`,
    LastModified: day,
    AcceptRanges: 'bytes',
    Metadata: { author: '=?UTF-8?B?Wm/Dqw==?=', team: 'ops' },
    TagCount: 1,
    ChecksumCRC32: 'poTHxg==',
  });
  expect(await head({})).toMatchObject({ ContentLength: 10, ContentType: 'text/plain' });
});

it.each([
  ['bytes=0-3', '0123', 'bytes 0-3/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-2', '89', 'bytes 8-9/10'],
  ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ['bytes=8-99', '89', 'bytes 8-9/10'],
  ['bytes=5-4', '0123456789', undefined],
  ['bytes=0-1,3-4', '0123456789', undefined],
  ['lines=1-2', '0123456789', undefined],
])('gives of the range %s %j', async (Range, text, contentRange) => {
  const found = await get({ Range });
  expect(await found.Body?.transformToString()).toBe(text);
  expect(found.ContentRange).toBe(contentRange);
  expect(found.ContentLength).toBe(text.length);
  expect(await head({ Range })).toMatchObject({ ContentLength: text.length });
});

it.each([
  ['ten', 'bytes=10-', '10'],
  ['ten', 'bytes=-0', '10'],
  ['empty', 'bytes=0-', '0'],
  ['empty', 'bytes=-5', '0'],
])('has no bytes of %s for %s', async (Key, Range, size) => {
  await expect(get({ Key, Range })).rejects.toMatchObject({
    name: 'InvalidRange',
    message: 'The requested range is not satisfiable',
    ActualObjectSize: size,
    RangeRequested: Range,
    $metadata: { httpStatusCode: 416 },
  });
});

const earlier = new Date(day.getTime() - 1000);
it.each<[Partial<GetObjectCommandInput>, number]>([
  [{ IfMatch: '"other"' }, 412],
  [{ IfUnmodifiedSince: earlier }, 412],
  [{ IfUnmodifiedSince: day }, 200],
  [{ IfNoneMatch: '"other"' }, 200],
  [{ IfNoneMatch: '*' }, 304],
  [{ IfModifiedSince: day }, 304],
  [{ IfModifiedSince: earlier }, 200],
  [{ IfNoneMatch: '"other"', IfModifiedSince: day }, 200],
])('answers to the condition %j with %i', async (condition, status) => {
  const answer = await get(condition).catch((error: unknown) => error);
  expect(answer).toMatchObject({ $metadata: { httpStatusCode: status } });
});

it('gives what is still the same', async () => {
  expect(await textOf({ IfMatch: `"${etag}"`, IfUnmodifiedSince: earlier })).toBe('0123456789');
  await expect(get({ IfNoneMatch: `"${etag}"` })).rejects.toMatchObject({
    $metadata: { httpStatusCode: 304 },
  });
  await expect(get({ IfMatch: '"x"' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
    Condition: 'If-Match',
  });
});

it('answers with the headers that the caller wants', async () => {
  const found = await get({
    ResponseContentType: 'text/csv',
    ResponseContentDisposition: 'attachment',
  });
  expect(found).toMatchObject({ ContentType: 'text/csv', ContentDisposition: 'attachment' });
});

it('says that a key is not there', async () => {
  await expect(get({ Key: 'Ten' })).rejects.toMatchObject({
    name: 'NoSuchKey',
    message: 'The specified key does not exist.',
    Key: 'Ten',
  });
  await expect(head({ Key: 'Ten' })).rejects.toMatchObject({ name: 'NotFound' });
});

it('keeps bytes of archives back until they are restored', async () => {
  const put = (key: string, storageClass: string, restore?: string) =>
    opened.s3.put('docs', key, 'x', { storageClass, ...(restore && { restore }) });
  put('cold', 'GLACIER');
  put('warming', 'DEEP_ARCHIVE', 'ongoing-request="true"');
  put('warm', 'GLACIER', 'ongoing-request="false", expiry-date="Fri, 21 Dec 2029 00:00:00 GMT"');
  await expect(get({ Key: 'cold' })).rejects.toMatchObject({
    name: 'InvalidObjectState',
    StorageClass: 'GLACIER',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(get({ Key: 'warming' })).rejects.toMatchObject({ name: 'InvalidObjectState' });
  expect(await textOf({ Key: 'warm' })).toBe('x');
  expect(await head({ Key: 'warming' })).toMatchObject({
    StorageClass: 'DEEP_ARCHIVE',
    Restore: 'ongoing-request="true"',
  });
});

it('gives each version, and says what a delete marker is', async () => {
  const { s3 } = opened;
  const Bucket = 'kept';
  const { versionId: VersionId } = s3.put(Bucket, 'a', 'one');
  s3.put(Bucket, 'a', 'two');
  expect(await textOf({ Bucket, Key: 'a' })).toBe('two');
  expect(await get({ Bucket, Key: 'a', VersionId })).toMatchObject({ VersionId });
  s3.remove(Bucket, 'a');
  await expect(get({ Bucket, Key: 'a' })).rejects.toMatchObject({
    name: 'NoSuchKey',
    $response: { headers: { 'x-amz-delete-marker': 'true' } },
  });
  await expect(get({ Bucket, Key: 'a', VersionId: await markerOf('a') })).rejects.toMatchObject({
    name: 'MethodNotAllowed',
    $response: { headers: { 'x-amz-delete-marker': 'true', allow: 'DELETE' } },
  });
  expect(await textOf({ Bucket, Key: 'a', VersionId })).toBe('one');
});

const markerOf = async (Key: string) => {
  const error = await get({ Bucket: 'kept', Key }).catch((reason: unknown) => reason);
  const { $response } = error as { $response: { headers: Record<string, string> } };
  return $response.headers['x-amz-version-id'];
};

it.each([
  ['0'.repeat(32), 'NoSuchVersion', 404],
  ['null', 'NoSuchVersion', 404],
  ['../etc', 'InvalidArgument', 400],
])('refuses the version %s', async (VersionId, name, status) => {
  opened.s3.put('kept', 'b', '');
  await expect(get({ Bucket: 'kept', Key: 'b', VersionId })).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: status },
  });
});

it('has objects that are larger than memory', async () => {
  const size = 5 * 1024 ** 3;
  async function* read(start: number, end: number) {
    for (let at = start; at < end; at += 65_536)
      yield new Uint8Array(Math.min(65_536, end - at)).fill(at % 251);
  }
  opened.s3.put('docs', 'huge', { size, read });
  const found = await get({ Key: 'huge', Range: `bytes=${size - 100_000}-` });
  expect(found.ContentRange).toBe(`bytes ${size - 100_000}-${size - 1}/${size}`);
  expect((await found.Body?.transformToByteArray())?.length).toBe(100_000);
  expect(await head({ Key: 'huge' })).toMatchObject({
    ContentLength: size,
    ETag: expect.stringMatching(/^"[0-9a-f]{32}-320"$/),
  });
});
