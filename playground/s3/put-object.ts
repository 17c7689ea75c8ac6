import type { IncomingHttpHeaders } from 'node:http';
import type { StandInRequest } from '../stand-in/start-stand-in.ts';
import { fromAwsChunked } from './aws-chunked.ts';
import { failed, namesEtag } from './check-conditions.ts';
import { checkDigests } from './check-digests.ts';
import { type S3Body, toBody } from './s3-body.ts';
import type { S3Version } from './s3-bucket.ts';
import type { S3Call, S3Operation } from './s3-call.ts';
import { S3Error } from './s3-error.ts';

/** Bytes of UTF-8. */
const longestKey = 1024;
const mostMetadata = 2048;

/** `PutObject`. */
export const putObject: S3Operation = (call) => {
  const { request, rights, bucket, key } = call;
  rights.demand('s3:PutObject', { bucket: bucket.name, name: key });
  if (Buffer.byteLength(key) > longestKey) throw new S3Error('KeyTooLongError');
  if (request.headers['x-amz-copy-source']) throw new S3Error('NotImplemented');
  const { body, checksums } = toCheckedBody(request);
  const metadata = toMetadata(request.headers);
  checkPreconditions(call, bucket.versionsOf(key)[0]);
  const version = bucket.add({
    key,
    body,
    modified: new Date(),
    headers: toKeptHeaders(request.headers),
    metadata,
    storageClass: String(request.headers['x-amz-storage-class'] ?? 'STANDARD'),
    tags: Object.fromEntries(new URLSearchParams(String(request.headers['x-amz-tagging'] ?? ''))),
  });
  const headers = {
    etag: `"${body.etag}"`,
    'x-amz-server-side-encryption': 'AES256',
    ...checksums,
    ...(bucket.versioned && { 'x-amz-version-id': version.versionId }),
  };
  return { status: 200, headers };
};

function toCheckedBody({ headers, body }: StandInRequest) {
  const length = Number(headers['x-amz-decoded-content-length']);
  const isChunked = String(headers['x-amz-content-sha256']).startsWith('STREAMING-');
  const { body: bytes, trailers } = isChunked
    ? fromAwsChunked(body, length)
    : { body, trailers: {} };
  const checksums = checkDigests(bytes, { ...(headers as Record<string, string>), ...trailers });
  const stored: S3Body = toBody(bytes);
  return { body: { ...stored, checksums: { ...stored.checksums, ...checksums } }, checksums };
}

function toMetadata(headers: IncomingHttpHeaders): Record<string, string> {
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)] as const);
  const size = own.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > mostMetadata)
    throw new S3Error('MetadataTooLarge', {
      details: { Size: String(size), MaxSizeAllowed: String(mostMetadata) },
    });
  return Object.fromEntries(own);
}

function checkPreconditions({ request: { headers }, key }: S3Call, current?: S3Version): void {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw new S3Error('NotImplemented');
  if (ifNoneMatch && current?.body) throw failed('If-None-Match');
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined) return;
  if (!current?.body) throw new S3Error('NoSuchKey', { details: { Key: key } });
  if (!namesEtag(ifMatch, current.body.etag)) throw failed('If-Match');
}

const kept = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

function toKeptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const encodings = (headers['content-encoding'] ?? '').split(',').map((one) => one.trim());
  // How the bytes travelled is not how they are kept.
  const stored = encodings.filter((one) => one !== '' && one !== 'aws-chunked').join(',');
  const found = { ...headers, 'content-encoding': stored };
  const pairs = kept.map((name) => [name, String(found[name] ?? '')] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}
