import { fromToken, toLimit, toNameWriter, toToken } from './page-query.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { type S3Operation, xmlAnswer } from './s3-call.ts';
import { type KeyOrFolder, walkKeys } from './walk-keys.ts';
import { toXml, type XmlElement } from './xml.ts';

/** Most keys and folders on a page. */
const most = 1000;

/** What a page of either version has in common. */
interface Page {
  entries: KeyOrFolder[];
  /** The last entry, where there are more. */
  last: KeyOrFolder | undefined;
  limit: number;
  prefix: string;
  delimiter: string;
  write: (name: string) => string;
}

/** `ListObjectsV2`. */
export const listObjectsV2: S3Operation = ({ request: { query }, bucket }) => {
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const page = toPage(query, bucket, token ? fromToken(token) : [startAfter, false]);
  return xmlAnswer(
    toXml('ListBucketResult', [
      ...toHead(page, bucket, query),
      ['KeyCount', page.entries.length],
      ['StartAfter', startAfter ? page.write(startAfter) : undefined],
      ['ContinuationToken', token ?? undefined],
      ['NextContinuationToken', page.last && toToken([nameOf(page.last), 'folder' in page.last])],
      ...toEntries(page, bucket),
    ]),
  );
};

/** `ListObjects`, the first version, which some still use. */
export const listObjects: S3Operation = ({ request: { query }, bucket }) => {
  const marker = query.get('marker') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const isFolder = delimiter !== '' && marker.endsWith(delimiter);
  const page = toPage(query, bucket, [marker, isFolder]);
  const next = page.last && delimiter ? page.write(nameOf(page.last)) : undefined;
  return xmlAnswer(
    toXml('ListBucketResult', [
      ...toHead(page, bucket, query),
      ['Marker', page.write(marker)],
      ['NextMarker', next],
      ...toEntries(page, bucket),
    ]),
  );
};

function toPage(
  query: URLSearchParams,
  bucket: S3Bucket,
  [after, folderDone]: [string, boolean],
): Page {
  const limit = toLimit(query.get('max-keys'), most, 'maxKeys');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const walk = walkKeys(bucket.keys.live, { prefix, delimiter, after, folderDone });
  const found = limit > 0 ? walk.take(limit + 1).toArray() : [];
  const entries = found.slice(0, limit);
  const last = found.length > limit ? entries.at(-1) : undefined;
  return {
    entries,
    last,
    limit,
    prefix,
    delimiter,
    write: toNameWriter(query.get('encoding-type')),
  };
}

const nameOf = (entry: KeyOrFolder) => ('key' in entry ? entry.key : entry.folder);

const toHead = (page: Page, { name }: S3Bucket, query: URLSearchParams): XmlElement[] => [
  ['Name', name],
  ['Prefix', page.write(page.prefix)],
  ['Delimiter', page.delimiter ? page.write(page.delimiter) : undefined],
  ['MaxKeys', page.limit],
  ['EncodingType', query.get('encoding-type') ?? undefined],
  ['IsTruncated', page.last !== undefined],
];

function toEntries({ entries, write }: Page, bucket: S3Bucket): XmlElement[] {
  const contents = entries.flatMap((entry) =>
    'key' in entry ? [toObject(bucket, entry.key, write)] : [],
  );
  const folders = entries.flatMap((entry): XmlElement[] =>
    'folder' in entry ? [['CommonPrefixes', [['Prefix', write(entry.folder)]]]] : [],
  );
  return [...contents, ...folders];
}

function toObject(bucket: S3Bucket, key: string, write: (name: string) => string): XmlElement {
  const version = bucket.versionsOf(key)[0];
  return [
    'Contents',
    [
      ['Key', write(key)],
      ['LastModified', version?.modified.toISOString()],
      ['ETag', `"${version?.body?.etag}"`],
      ['Size', version?.body?.size],
      ['StorageClass', version?.storageClass],
    ],
  ];
}
