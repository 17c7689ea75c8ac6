import { toLimit, toNameWriter } from './page-query.ts';
import type { S3Bucket, S3Version } from './s3-bucket.ts';
import { type S3Operation, xmlAnswer } from './s3-call.ts';
import { S3Error } from './s3-error.ts';
import { walkKeys } from './walk-keys.ts';
import { toXml, type XmlElement } from './xml.ts';

/** Most versions and folders on a page. */
const most = 1000;

type Entry = { version: S3Version; latest: boolean } | { folder: string };

/** `ListObjectVersions`: keys in order, of each the newest version first. */
export const listObjectVersions: S3Operation = ({ request: { query }, bucket }) => {
  const limit = toLimit(query.get('max-keys'), most, 'maxKeys');
  const write = toNameWriter(query.get('encoding-type'));
  const found =
    limit > 0
      ? toEntries(query, bucket)
          .take(limit + 1)
          .toArray()
      : [];
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const delimiter = query.get('delimiter');
  return xmlAnswer(
    toXml('ListVersionsResult', [
      ['Name', bucket.name],
      ['Prefix', write(query.get('prefix') ?? '')],
      ['KeyMarker', write(query.get('key-marker') ?? '')],
      ['VersionIdMarker', query.get('version-id-marker') ?? ''],
      ['NextKeyMarker', last && write('folder' in last ? last.folder : last.version.key)],
      ['NextVersionIdMarker', last && 'version' in last ? last.version.versionId : undefined],
      ['MaxKeys', limit],
      ['Delimiter', delimiter === null ? undefined : write(delimiter)],
      ['EncodingType', query.get('encoding-type') ?? undefined],
      ['IsTruncated', last !== undefined],
      ...page.map((entry) => toElement(entry, write)),
    ]),
  );
};

function* toEntries(query: URLSearchParams, bucket: S3Bucket): Generator<Entry> {
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  if (versionMarker) {
    if (!keyMarker)
      throw new S3Error('InvalidArgument', {
        message: 'A version-id marker cannot be specified without a key marker.',
      });
    yield* versionsPast(bucket, keyMarker, versionMarker);
  }
  const folderDone = delimiter !== '' && keyMarker.endsWith(delimiter);
  const walk = { prefix, delimiter, after: keyMarker, folderDone };
  for (const entry of walkKeys(bucket.keys.all, walk)) {
    if ('folder' in entry) yield entry;
    else yield* versionsPast(bucket, entry.key);
  }
}

const versionsPast = (bucket: S3Bucket, key: string, marker?: string): Entry[] => {
  const versions = bucket.versionsOf(key).map((version, at) => ({ version, latest: at === 0 }));
  return versions.slice(versions.findIndex(({ version }) => version.versionId === marker) + 1);
};

function toElement(entry: Entry, write: (name: string) => string): XmlElement {
  if ('folder' in entry) return ['CommonPrefixes', [['Prefix', write(entry.folder)]]];
  const { key, versionId, modified, body, storageClass } = entry.version;
  const facts: XmlElement[] = [
    ['Key', write(key)],
    ['VersionId', versionId],
    ['IsLatest', entry.latest],
    ['LastModified', modified.toISOString()],
  ];
  if (!body) return ['DeleteMarker', facts];
  const ofBytes: XmlElement[] = [
    ['ETag', `"${body.etag}"`],
    ['Size', body.size],
    ['StorageClass', storageClass],
  ];
  return ['Version', [...facts, ...ofBytes]];
}
