import {
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { ToolError } from '../tool-error.ts';
import { bucketArgument, keyArgument, versionArgument } from './arguments.ts';
import { requireAnswer } from './client/require-answer.ts';
import type { S3, Target } from './client/s3.ts';
import { toMoment } from './object-item.ts';

export const getObjectMetadata = (s3: S3) =>
  defineTool({
    name: 'get_object_metadata',
    description:
      'Show size, etag, type, storage class, encryption, checksums and own metadata of an object, without reading it.',
    input: z.object({
      bucket: bucketArgument,
      key: keyArgument,
      version_id: versionArgument,
      include_tags: z.boolean().default(false),
    }),
    output: z.looseObject({ key: z.string(), size: z.number(), etag: z.string() }),
    annotations: readsOnly,
    async run({ bucket, key, version_id: versionId, include_tags }, { signal }) {
      const target = { action: 's3:GetObject', bucket, key, versionId };
      const head = await s3.send(target, signal, (client, options) =>
        client.send(
          new HeadObjectCommand({ ...toInput(target), ChecksumMode: 'ENABLED' }),
          options,
        ),
      );
      const etag = requireAnswer(head.ETag).replaceAll('"', '');
      const facts = { bucket, key, size: head.ContentLength ?? 0, etag, ...toFacts(head) };
      return include_tags ? { ...facts, ...(await readTags(s3, target, signal)) } : facts;
    },
  });

type ObjectTarget = Target & { bucket: string; key: string };

const toInput = ({ bucket, key, versionId }: ObjectTarget) => ({
  Bucket: bucket,
  Key: key,
  ...(versionId && { VersionId: versionId }),
});

/** What S3 says beside size and etag; what it does not say is left out. */
function toFacts(head: HeadObjectCommandOutput): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({
      content_type: head.ContentType,
      content_encoding: head.ContentEncoding,
      content_disposition: head.ContentDisposition,
      content_language: head.ContentLanguage,
      cache_control: head.CacheControl,
      modified: head.LastModified && toMoment(head.LastModified),
      version_id: head.VersionId,
      storage_class: head.StorageClass ?? 'STANDARD',
      restore_status: head.Restore,
      encryption: head.ServerSideEncryption,
      kms_key: head.SSEKMSKeyId,
      parts: head.PartsCount,
      replication: head.ReplicationStatus,
      object_lock: head.ObjectLockMode,
      lock_until: head.ObjectLockRetainUntilDate && toMoment(head.ObjectLockRetainUntilDate),
      legal_hold: head.ObjectLockLegalHoldStatus,
      expiration: head.Expiration,
      checksums: toChecksums(head),
      metadata: toMetadata(head.Metadata ?? {}),
    })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'string' ? outsideText(value, 300) : value]),
  );
}

function toChecksums(head: HeadObjectCommandOutput) {
  const { ChecksumSHA256, ChecksumSHA1, ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME } = head;
  const all = Object.entries({
    sha256: ChecksumSHA256,
    sha1: ChecksumSHA1,
    crc32: ChecksumCRC32,
    crc32c: ChecksumCRC32C,
    crc64nvme: ChecksumCRC64NVME,
  }).filter(([, value]) => value !== undefined);
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

/** People put at most 2 kB there. */
const toMetadata = (metadata: Record<string, string>) => {
  const all = Object.entries(metadata).map(([name, value]) => [
    outsideText(name, 200),
    outsideText(value, 2_000),
  ]);
  return all.length > 0 ? Object.fromEntries(all.slice(0, 100)) : undefined;
};

/** Tags take a right of their own: without it the rest is still worth having. */
async function readTags(s3: S3, target: ObjectTarget, signal: AbortSignal) {
  const action = target.versionId ? 's3:GetObjectVersionTagging' : 's3:GetObjectTagging';
  try {
    const { TagSet = [] } = await s3.send({ ...target, action }, signal, (client, options) =>
      client.send(new GetObjectTaggingCommand(toInput(target)), options),
    );
    const tags = TagSet.map(({ Key = '', Value = '' }) => [
      outsideText(Key, 128),
      outsideText(Value, 256),
    ]);
    return { tags: Object.fromEntries(tags) as Record<string, string> };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code === 'CANCELLED') throw error;
    return { notes: [`The tags could not be read: ${error.what}.`] };
  }
}
