import { deleteObject } from './delete-object.ts';
import {
  getBucketLocation,
  getBucketVersioning,
  getObjectTagging,
  headBucket,
} from './describe-bucket.ts';
import { getObject, headObject } from './get-object.ts';
import { listObjectVersions } from './list-object-versions.ts';
import { listObjects, listObjectsV2 } from './list-objects.ts';
import { putObject } from './put-object.ts';
import type { S3Call, S3Operation } from './s3-call.ts';
import { S3Error } from './s3-error.ts';

/** What a query may name beside an object or a bucket (API reference, "Actions"). */
const subresources = new Set(
  'accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle location logging metrics notification object-lock ownershipControls policy policyStatus publicAccessBlock replication requestPayment restore retention select session tagging torrent uploadId uploads versioning versions website'.split(
    ' ',
  ),
);

const ofBucket: Record<string, [action: string, S3Operation]> = {
  'GET ': ['s3:ListBucket', listObjects],
  'GET list-type': ['s3:ListBucket', listObjectsV2],
  'GET versions': ['s3:ListBucketVersions', listObjectVersions],
  'GET location': ['s3:GetBucketLocation', getBucketLocation],
  'GET versioning': ['s3:GetBucketVersioning', getBucketVersioning],
  'HEAD ': ['s3:ListBucket', headBucket],
};

/** They check their rights themselves: those depend on the version. */
const ofObject: Record<string, S3Operation> = {
  'GET ': getObject,
  'GET tagging': getObjectTagging,
  'HEAD ': headObject,
  'PUT ': putObject,
  'DELETE ': deleteObject,
};

/** Finds what a request asks for; NotImplemented for the many things that this S3 leaves out. */
export const route: S3Operation = (call) => {
  const { query, method } = call.request;
  const subresource = [...query.keys()].find((name) => subresources.has(name)) ?? '';
  if (call.key) {
    const operation = ofObject[`${method} ${subresource}`];
    if (!operation) throw new S3Error('NotImplemented');
    return operation(call);
  }
  const listType = method === 'GET' && query.get('list-type') === '2' ? 'list-type' : '';
  return onBucket(call, `${method} ${subresource || listType}`);
};

function onBucket(call: S3Call, wanted: string) {
  const [action, operation] = ofBucket[wanted] ?? [];
  if (!action || !operation) throw new S3Error('NotImplemented');
  const name = call.request.query.get('prefix') ?? '';
  call.rights.demand(action, { bucket: call.bucket.name, name });
  return operation(call);
}
