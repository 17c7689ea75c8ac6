import type { StandInAnswer } from '../stand-in/start-stand-in.ts';
import { toByteRange } from './byte-range.ts';
import { isNotModified } from './check-conditions.ts';
import { findVersion, type S3Object } from './find-version.ts';
import type { S3Call, S3Operation } from './s3-call.ts';
import { S3Error } from './s3-error.ts';

/** `GetObject`, whole or in part. */
export const getObject: S3Operation = (call) => {
  const version = findVersion(call, 's3:GetObject');
  if (isNotModified(call.request.headers, version)) return toNotModified(call, version);
  call.rights.demand('kms:Decrypt', { bucket: call.bucket.name, name: call.key });
  checkReadable(version);
  const { body } = version;
  const { start, end } = rangeOf(call, version) ?? { start: 0, end: body.size };
  return { ...toHead(call, version), body: body.read(start, end) };
};

/** `HeadObject`: the same without bytes; what is in an archive can be asked about too. */
export const headObject: S3Operation = (call) => {
  const version = findVersion(call, 's3:GetObject');
  if (isNotModified(call.request.headers, version)) return toNotModified(call, version);
  return toHead(call, version);
};

function checkReadable({ storageClass, restore }: S3Object): void {
  const isArchived = ['GLACIER', 'DEEP_ARCHIVE'].includes(storageClass);
  if (isArchived && !restore?.includes('ongoing-request="false"'))
    throw new S3Error('InvalidObjectState', { details: { StorageClass: storageClass } });
}

const rangeOf = ({ request }: S3Call, { body }: S3Object) =>
  toByteRange(request.headers.range, body.size);

/** All of the answer but its bytes. */
function toHead(call: S3Call, version: S3Object): StandInAnswer {
  const { headers, query } = call.request;
  const { size, checksums } = version.body;
  if (query.has('partNumber')) throw new S3Error('NotImplemented');
  const range = rangeOf(call, version);
  const wantsChecksum = headers['x-amz-checksum-mode'] === 'ENABLED' && !range;
  return {
    status: range ? 206 : 200,
    headers: {
      ...toObjectHeaders(call, version),
      ...toOverrides(query),
      ...(wantsChecksum && toChecksums(checksums)),
      ...(range && { 'content-range': `bytes ${range.start}-${range.end - 1}/${size}` }),
      'content-length': String(range ? range.end - range.start : size),
    },
  };
}

const toNotModified = (call: S3Call, version: S3Object): StandInAnswer => {
  const { etag, 'last-modified': modified } = toObjectHeaders(call, version);
  return { status: 304, headers: { etag: etag ?? '', 'last-modified': modified ?? '' } };
};

function toObjectHeaders({ bucket }: S3Call, version: S3Object): Record<string, string> {
  const { body, modified, versionId, storageClass, restore, tags, metadata } = version;
  const tagCount = Object.keys(tags).length;
  const own = Object.entries(metadata).map(([name, value]) => [
    `x-amz-meta-${name}`,
    toAscii(value),
  ]);
  return {
    'content-type': 'binary/octet-stream',
    ...version.headers,
    ...Object.fromEntries(own),
    'last-modified': modified.toUTCString(),
    etag: `"${body.etag}"`,
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
    ...(bucket.versioned && { 'x-amz-version-id': versionId }),
    ...(storageClass !== 'STANDARD' && { 'x-amz-storage-class': storageClass }),
    ...(restore && { 'x-amz-restore': restore }),
    ...(tagCount > 0 && { 'x-amz-tagging-count': String(tagCount) }),
  };
}

const toChecksums = (checksums: Record<string, string>) =>
  Object.keys(checksums).length > 0 ? { ...checksums, 'x-amz-checksum-type': 'FULL_OBJECT' } : {};

/** `response-content-type` and its like: what the caller wants to read in the answer's headers. */
const toOverrides = (query: URLSearchParams) =>
  Object.fromEntries(
    [...query]
      .filter(([name]) => name.startsWith('response-'))
      .map(([name, value]) => [name.slice('response-'.length), value]),
  );

// Headers are ASCII; S3 writes the rest as mail does (RFC 2047).
const toAscii = (value: string) =>
  /^[\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
