import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument, pageOutput } from '../paging-schemas.ts';
import { ToolError } from '../tool-error.ts';
import { bucketArgument, keyArgument, prefixArgument } from './arguments.ts';
import { compareKeys, toNameDecoder } from './client/list-page.ts';
import { requireAnswer } from './client/require-answer.ts';
import type { S3 } from './client/s3.ts';
import { suggestKeys } from './client/suggest-names.ts';
import { toMoment } from './object-item.ts';

const input = z.object({
  bucket: bucketArgument,
  key: keyArgument.optional(),
  prefix: prefixArgument,
  limit: limitArgument(50, 1000),
  cursor: cursorArgument,
});
type Args = z.output<typeof input>;

export const listObjectVersions = (s3: S3) =>
  defineTool({
    name: 'list_object_versions',
    description:
      'List the versions and delete markers of one key, or of all keys below a prefix, the newest first.',
    input,
    output: z.object({
      versions: z.array(z.looseObject({ key: z.string(), version_id: z.string() })),
      ...pageOutput,
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const after = toMarker(readCursor('list_object_versions', args, args.cursor));
      const { versions, next } = await readVersions(s3, args, after, signal);
      if (versions.length === 0 && args.key !== undefined && !after)
        throw await noSuchKey(s3, args.bucket, args.key, signal);
      const { items } = fitItems(versions.slice(0, args.limit));
      const last = items.at(-1);
      const goOn = items.length < versions.length ? last && toPlace(last) : next;
      const isPlain = items.length > 0 && items.every(({ version_id }) => version_id === 'null');
      return {
        versions: items,
        count: items.length,
        truncated: goOn !== undefined,
        ...(goOn && { next_cursor: toVersionCursor(args, goOn) }),
        ...(isPlain && {
          notes: ['The bucket keeps no versions: these are the objects as they are.'],
        }),
      };
    },
  });

/** Where a page ended. */
interface Marker {
  KeyMarker: string;
  VersionIdMarker: string;
}

const toPlace = ({ key, version_id }: Version): Marker => ({
  KeyMarker: key,
  VersionIdMarker: version_id,
});

const toVersionCursor = (args: Args, { KeyMarker, VersionIdMarker }: Marker) =>
  toCursor('list_object_versions', args, `${VersionIdMarker} ${KeyMarker}`);

function toMarker(after: string | undefined): Marker | undefined {
  const [, VersionIdMarker = '', KeyMarker = ''] = /^(\S+) (.*)$/s.exec(after ?? '') ?? [];
  return after === undefined ? undefined : { KeyMarker, VersionIdMarker };
}

async function readVersions(
  s3: S3,
  { bucket, key, prefix: wanted, limit }: Args,
  after: Marker | undefined,
  signal: AbortSignal,
) {
  const prefix = key ?? wanted;
  const target = {
    action: 's3:ListBucketVersions',
    bucket,
    ...(key === undefined ? { prefix } : { key }),
  };
  const input = {
    Bucket: bucket,
    Prefix: prefix,
    MaxKeys: limit,
    EncodingType: 'url' as const,
    ...after,
  };
  const answer = await s3.send(target, signal, (client, options) =>
    client.send(new ListObjectVersionsCommand(input), options),
  );
  requireAnswer(answer.IsTruncated ?? answer.Name);
  const decode = toNameDecoder(answer.EncodingType);
  const markers = (answer.DeleteMarkers ?? []).map((marker) => ({ ...marker, isMarker: true }));
  const all = [...(answer.Versions ?? []), ...markers]
    .map((version) => toVersion({ ...version, Key: decode(version.Key ?? '') }))
    .sort((a, b) => compareKeys(a.key, b.key) || byAge(a, b));
  const own = all.filter((version) => key === undefined || version.key === key);
  // Longer keys that begin like this one sort behind it: then its versions are through.
  const isThrough = own.length < all.length;
  if (!answer.IsTruncated || isThrough) return { versions: own };
  const { NextKeyMarker, NextVersionIdMarker: VersionIdMarker } = answer;
  // Of several in one second only S3 knows which was the last.
  const isTold = NextKeyMarker !== undefined && VersionIdMarker !== undefined;
  const last = requireAnswer(own.at(-1));
  const next = isTold ? { KeyMarker: decode(NextKeyMarker), VersionIdMarker } : toPlace(last);
  return { versions: own, next };
}

interface Version {
  key: string;
  version_id: string;
  latest: boolean;
  modified: string;
}

function toVersion(version: {
  Key: string;
  VersionId?: string | undefined;
  IsLatest?: boolean | undefined;
  LastModified?: Date | undefined;
  Size?: number | undefined;
  StorageClass?: string | undefined;
  ETag?: string | undefined;
  isMarker?: boolean;
}): Version & Record<string, unknown> {
  const { Key, VersionId = 'null', IsLatest = false, LastModified, Size, StorageClass } = version;
  const isUnusual = StorageClass !== undefined && StorageClass !== 'STANDARD';
  return {
    key: Key,
    version_id: VersionId,
    latest: IsLatest,
    modified: toMoment(LastModified ?? new Date(0)),
    ...(version.isMarker ? { delete_marker: true } : { size: Size ?? 0 }),
    ...(version.ETag && { etag: version.ETag.replaceAll('"', '') }),
    ...(isUnusual && { storage_class: StorageClass }),
  };
}

/** Of one key, the newest first. */
const byAge = (a: Version, b: Version) =>
  Number(b.latest) - Number(a.latest) ||
  (a.modified < b.modified ? 1 : a.modified > b.modified ? -1 : 0);

async function noSuchKey(s3: S3, bucket: string, key: string, signal: AbortSignal) {
  const close = await suggestKeys(s3, bucket, key, signal);
  return new ToolError(
    'NOT_FOUND',
    `there is no ${JSON.stringify(key)} in ${bucket}, and never was`,
    {
      try:
        close.length > 0 ? close.map((name) => JSON.stringify(name)).join(', ') : 'search_objects',
    },
  );
}
