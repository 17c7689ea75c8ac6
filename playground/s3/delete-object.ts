import type { S3Operation } from './s3-call.ts';

/** `DeleteObject`: a mark on top where the bucket has versions, unless a version is named. Twice is no error. */
export const deleteObject: S3Operation = ({ request, rights, bucket, key }) => {
  const versionId = request.query.get('versionId');
  const action = versionId === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  rights.demand(action, { bucket: bucket.name, name: key });
  if (bucket.versioned && versionId === null) {
    const marker = bucket.mark(key, new Date());
    return {
      status: 204,
      headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId },
    };
  }
  const gone = bucket.versionsOf(key).find((one) => one.versionId === (versionId ?? 'null'));
  if (gone) bucket.remove(gone);
  if (versionId === null) return { status: 204 };
  const isMarker = gone !== undefined && gone.body === undefined;
  return {
    status: 204,
    headers: { 'x-amz-version-id': versionId, ...(isMarker && { 'x-amz-delete-marker': 'true' }) },
  };
};
