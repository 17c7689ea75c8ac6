import type { StandInAnswer, StandInRequest } from '../stand-in/start-stand-in.ts';
import { listBuckets } from './list-buckets.ts';
import type { Rights } from './rights.ts';
import { route } from './route.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { S3Error, toErrorAnswer } from './s3-error.ts';
import { toAddress } from './to-address.ts';
import { type SigningKey, verifySignature } from './verify-signature.ts';

/** What an S3 knows. */
export interface S3State {
  buckets: ReadonlyMap<string, S3Bucket>;
  keys: ReadonlyMap<string, SigningKey>;
  rights: Rights;
}

/** Answers requests: first the signature is checked, then bucket, region and rights. Numbers its answers. */
export function answerS3(state: S3State): (request: StandInRequest) => StandInAnswer {
  let count = 0;
  return (request) => {
    count += 1;
    const id = count.toString(16).toUpperCase().padStart(16, '0');
    const answer = answerOrRefuse(state, request, id);
    return {
      ...answer,
      headers: { server: 'AmazonS3', 'x-amz-request-id': id, ...answer.headers },
    };
  };
}

function answerOrRefuse(state: S3State, request: StandInRequest, id: string): StandInAnswer {
  try {
    return handle(state, request);
  } catch (error) {
    if (error instanceof S3Error) return toErrorAnswer(error, request.method, id);
    throw error;
  }
}

function handle({ buckets, keys, rights }: S3State, request: StandInRequest): StandInAnswer {
  const { bucket: name, key } = toAddress(request);
  const { region } = verifySignature(request, keys);
  if (!name) {
    if (request.method !== 'GET') throw new S3Error('MethodNotAllowed');
    rights.demand('s3:ListAllMyBuckets', {});
    return listBuckets(request.query, buckets.values());
  }
  const bucket = buckets.get(name);
  if (!bucket) throw new S3Error('NoSuchBucket', { details: { BucketName: name } });
  // Where a bucket is can be asked anywhere.
  if (!request.query.has('location')) checkRegion(bucket, region);
  return route({ request, rights, bucket, key });
}

/** us-east-1 speaks for all regions and names the right one; another region sends elsewhere. */
function checkRegion({ name, region }: S3Bucket, signedFor: string): void {
  if (signedFor === region) return;
  const headers = { 'x-amz-bucket-region': region };
  if (signedFor === 'us-east-1')
    throw new S3Error('AuthorizationHeaderMalformed', {
      message: `The authorization header is malformed; the region '${signedFor}' is wrong; expecting '${region}'`,
      details: { Region: region },
      headers,
    });
  throw new S3Error('PermanentRedirect', {
    details: { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
    headers,
  });
}
