import { type StandIn, startStandIn } from '../stand-in/start-stand-in.ts';
import { answerS3 } from './answer-s3.ts';
import { type DenyRule, openRights } from './rights.ts';
import { type S3BodyInput, toBody } from './s3-body.ts';
import { S3Bucket } from './s3-bucket.ts';
import type { SigningKey } from './verify-signature.ts';

/** What an object has besides its bytes. */
export interface PutOptions {
  contentType?: string;
  /** `gzip`. The bytes have to be that already. */
  contentEncoding?: string;
  /** Without `x-amz-meta-`. */
  metadata?: Record<string, string>;
  modified?: Date;
  /** `STANDARD` unless told; of `GLACIER` and `DEEP_ARCHIVE` no bytes can be read. */
  storageClass?: string;
  /** `ongoing-request="true"` while an archive is brought back. */
  restore?: string;
  tags?: Record<string, string>;
}

/** S3 at work on the loopback interface. */
export interface S3StandIn extends StandIn {
  /** AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_DEFAULT_REGION and AWS_ENDPOINT_URL_S3. */
  env: Record<string, string>;
  makeBucket(
    name: string,
    options?: { region?: string; versioned?: boolean; created?: Date },
  ): void;
  /** Puts past all rights and signatures. Throws where the bucket is not there. */
  put(bucket: string, key: string, body: S3BodyInput, options?: PutOptions): PutResult;
  /** Deletes as `DeleteObject` does: in a bucket with versions a delete marker stays. */
  remove(bucket: string, key: string, modified?: Date): void;
  /** From now on the account lacks this right; `s3:Get*` stands for all that begin so. */
  deny(rule: DenyRule): void;
  /** `env` with keys that end: for ever unless told, and in the past they are expired already. */
  session(options?: { expires?: Date }): Record<string, string>;
}

/** What was put. `versionId` is there where the bucket has versions. */
export interface PutResult {
  /** Without quotes. */
  etag: string;
  versionId?: string;
}

// The keys of AWS's own documentation, which nobody can take for real ones.
const longLived: SigningKey = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const homeRegion = 'eu-central-1';

/** Starts an S3 with no buckets, in memory. It checks signatures, rights and regions as AWS does. */
export async function startS3({ port = 0 }: { port?: number } = {}): Promise<S3StandIn> {
  const buckets = new Map<string, S3Bucket>();
  const keys = new Map([[longLived.accessKeyId, longLived]]);
  const rights = openRights();

  function bucketOf(name: string): S3Bucket {
    const bucket = buckets.get(name);
    if (!bucket) throw new Error(`There is no bucket ${name}.`);
    return bucket;
  }

  const standIn = await startStandIn(answerS3({ buckets, keys, rights }), { port });
  const env = {
    AWS_ACCESS_KEY_ID: longLived.accessKeyId,
    AWS_SECRET_ACCESS_KEY: longLived.secretAccessKey,
    AWS_DEFAULT_REGION: homeRegion,
    AWS_ENDPOINT_URL_S3: standIn.url,
  };
  return {
    ...standIn,
    env,
    makeBucket(name, { region = homeRegion, versioned = false, created = new Date(0) } = {}) {
      buckets.set(name, new S3Bucket({ name, region, versioned, created }));
    },
    put: (bucket, key, body, options) => put(bucketOf(bucket), key, body, options),
    remove(name, key, modified = new Date()) {
      const bucket = bucketOf(name);
      const [current] = bucket.versionsOf(key);
      if (bucket.versioned) bucket.mark(key, modified);
      else if (current) bucket.remove(current);
    },
    deny: rights.deny,
    session({ expires } = {}) {
      const accessKeyId = `ASIAIOSFODNN7EXAMPL${keys.size}`;
      const sessionToken = `session-token-${keys.size}`;
      keys.set(accessKeyId, {
        ...longLived,
        accessKeyId,
        sessionToken,
        ...(expires && { expires }),
      });
      return { ...env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SESSION_TOKEN: sessionToken };
    },
  };
}

function put(
  bucket: S3Bucket,
  key: string,
  input: S3BodyInput,
  { contentType, contentEncoding, modified = new Date(), ...options }: PutOptions = {},
): PutResult {
  const body = toBody(input);
  const headers = {
    ...(contentType && { 'content-type': contentType }),
    ...(contentEncoding && { 'content-encoding': contentEncoding }),
  };
  const facts = { metadata: {}, storageClass: 'STANDARD', tags: {}, ...options };
  const added = bucket.add({ key, body, headers, modified, ...facts });
  return { etag: body.etag, ...(bucket.versioned && { versionId: added.versionId }) };
}
