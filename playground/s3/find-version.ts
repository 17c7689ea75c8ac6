import type { S3Version } from './s3-bucket.ts';
import type { S3Call } from './s3-call.ts';
import { S3Error } from './s3-error.ts';

/** A version with bytes: none of a delete marker. */
export type S3Object = S3Version & Required<Pick<S3Version, 'body'>>;

/**
 * What is read: the newest version, or that of `versionId`. `action` is the right it takes, `s3:GetObject`.
 *
 * Throws what S3 answers: whoever may not list a bucket is not told that a key is missing, and reads 403.
 */
export function findVersion({ request, rights, bucket, key }: S3Call, action: string): S3Object {
  const versionId = request.query.get('versionId');
  const asked = versionId === null ? action : action.replace('Object', 'ObjectVersion');
  rights.demand(asked, { bucket: bucket.name, name: key });
  const versions = bucket.versionsOf(key);
  const version =
    versionId === null ? versions[0] : versions.find((one) => one.versionId === versionId);
  if (!version) {
    rights.demand('s3:ListBucket', { bucket: bucket.name, name: key });
    throw missing(key, versionId);
  }
  if (!isObject(version)) throw deleted(version, versionId);
  return version;
}

const isObject = (version: S3Version): version is S3Object => version.body !== undefined;

function missing(key: string, versionId: string | null): S3Error {
  if (versionId === null) return new S3Error('NoSuchKey', { details: { Key: key } });
  if (versionId !== 'null' && !/^[\w.]{32}$/.test(versionId))
    return new S3Error('InvalidArgument', {
      message: 'Invalid version id specified',
      details: { ArgumentName: 'versionId', ArgumentValue: versionId },
    });
  return new S3Error('NoSuchVersion', { details: { Key: key, VersionId: versionId } });
}

function deleted({ key, versionId, modified }: S3Version, asked: string | null): S3Error {
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId };
  if (asked === null) return new S3Error('NoSuchKey', { details: { Key: key }, headers });
  return new S3Error('MethodNotAllowed', {
    details: { Method: 'GET', ResourceType: 'DeleteMarker' },
    headers: { ...headers, allow: 'DELETE', 'last-modified': modified.toUTCString() },
  });
}
