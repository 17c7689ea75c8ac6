import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openS3, toClient } from './s3-fixture.ts';

let opened: Awaited<ReturnType<typeof openS3>>;
const put = (input: Partial<PutObjectCommandInput>, client = opened.client) =>
  client.send(new PutObjectCommand({ Bucket: 'docs', Key: 'a', ...input }));
const read = async (Key: string, Bucket = 'docs') => {
  const { Body } = await opened.client.send(new GetObjectCommand({ Bucket, Key }));
  return Body?.transformToString();
};

beforeAll(async () => {
  opened = await openS3();
});
afterAll(() => opened[Symbol.asyncDispose]());

it('keeps what comes with the bytes', async () => {
  await put({
    Key: 'full',
    Body: 'hello',
    ContentType: 'text/plain',
    ContentEncoding: 'identity',
    CacheControl: 'no-store',
    Metadata: { Author: 'me' },
    Tagging: 'env=test&who=you%20%26%20me',
    StorageClass: 'STANDARD_IA',
  });
  const place = { Bucket: 'docs', Key: 'full' };
  expect(await opened.client.send(new HeadObjectCommand(place))).toMatchObject({
    ContentType: 'text/plain',
    ContentEncoding: 'identity',
    CacheControl: 'no-store',
    Metadata: { author: 'me' },
    StorageClass: 'STANDARD_IA',
  });
  const { TagSet } = await opened.client.send(new GetObjectTaggingCommand(place));
  expect(TagSet).toEqual([
    { Key: 'env', Value: 'test' },
    { Key: 'who', Value: 'you & me' },
  ]);
});

it.each(['CRC32', 'SHA1', 'SHA256'] as const)('checks a %s in a header', async (algorithm) => {
  await put({ Key: algorithm, Body: 'hello', ChecksumAlgorithm: algorithm });
  expect(await read(algorithm)).toBe('hello');
  const wrong = put({ Body: 'hello', [`Checksum${algorithm}`]: 'AAAAAA==' });
  await expect(wrong).rejects.toMatchObject({
    name: 'BadDigest',
    message: `The ${algorithm} you specified did not match the calculated checksum.`,
  });
});

it('takes a stream in chunks with a checksum at its end', async () => {
  const text = 'a line of text\n'.repeat(20_000);
  const Body = Readable.from([Buffer.from(text.slice(0, 7)), Buffer.from(text.slice(7))]);
  await put({ Key: 'streamed', Body, ContentLength: text.length, ContentEncoding: 'gzip' });
  expect(opened.s3.requests.at(-1)?.headers).toMatchObject({
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-trailer': 'x-amz-checksum-crc32',
  });
  const { Body: found, ContentEncoding } = await opened.client.send(
    new GetObjectCommand({ Bucket: 'docs', Key: 'streamed' }),
  );
  expect(await found?.transformToString()).toBe(text);
  expect(ContentEncoding).toBe('gzip');
});

it('takes bodies without a checksum too, as from clients for other stores', async () => {
  const client = toClient(opened.s3.env, { requestChecksumCalculation: 'WHEN_REQUIRED' });
  await put({ Key: 'plain', Body: 'hello' }, client);
  expect(await read('plain')).toBe('hello');
});

it.each([
  ['XUFAKrxLKna5cZ2REBfFkg==', undefined],
  ['AAAAAAAAAAAAAAAAAAAAAA==', 'BadDigest'],
  ['nonsense', 'InvalidDigest'],
])('reads Content-MD5 %s', async (ContentMD5, refusal) => {
  const answer = await put({ Body: 'hello', ContentMD5 }).catch((error: unknown) => error);
  expect((answer as Error).name).toBe(refusal);
});

it('writes only what is not there, or what has not changed', async () => {
  const first = await put({ Key: 'once', Body: '1', IfNoneMatch: '*' });
  await expect(put({ Key: 'once', Body: '2', IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
    Condition: 'If-None-Match',
    $metadata: { httpStatusCode: 412 },
  });
  await put({ Key: 'once', Body: '2', IfMatch: first.ETag });
  await expect(put({ Key: 'once', Body: '3', IfMatch: first.ETag })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await expect(put({ Key: 'nothing', Body: 'x', IfMatch: '"x"' })).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  expect(await read('once')).toBe('2');
});

it.each<[string, Partial<PutObjectCommandInput>]>([
  ['KeyTooLongError', { Key: 'ü'.repeat(513) }],
  ['MetadataTooLarge', { Metadata: { note: 'x'.repeat(2045) } }],
])('refuses with %s', async (name, input) => {
  await expect(put({ Body: 'x', ...input })).rejects.toMatchObject({ name });
});

it('deletes for good, or with a marker where versions are kept', async () => {
  const remove = (input: { Bucket: string; Key: string; VersionId?: string }) =>
    opened.client.send(new DeleteObjectCommand(input));
  await put({ Key: 'gone', Body: 'x' });
  await remove({ Bucket: 'docs', Key: 'gone' });
  await remove({ Bucket: 'docs', Key: 'gone' });
  await expect(read('gone')).rejects.toThrow('does not exist');

  await put({ Bucket: 'kept', Key: 'b', Body: 'still here' });
  const { DeleteMarker, VersionId = '' } = await remove({ Bucket: 'kept', Key: 'b' });
  expect(DeleteMarker).toBe(true);
  await expect(read('b', 'kept')).rejects.toThrow('does not exist');
  await put({ Bucket: 'kept', Key: 'b', Body: 'new', IfNoneMatch: '*' });
  await remove({ Bucket: 'kept', Key: 'b' });
  await remove({ Bucket: 'kept', Key: 'b', VersionId });
  await expect(read('b', 'kept')).rejects.toThrow('does not exist');
});
