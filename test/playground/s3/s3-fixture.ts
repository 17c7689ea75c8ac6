import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { type S3StandIn, startS3 } from '../../../playground/s3/start-s3.ts';

/** The real SDK for what `env` of a stand-in says, without retries. */
export const toClient = (env: Record<string, string>, config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    endpoint: env.AWS_ENDPOINT_URL_S3 ?? '',
    region: env.AWS_DEFAULT_REGION ?? '',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
    },
    ...config,
  });

/** A stand-in with the buckets `docs` and, with versions, `kept`; and a client for it. */
export async function openS3(): Promise<{ s3: S3StandIn; client: S3Client } & AsyncDisposable> {
  const s3 = await startS3();
  s3.makeBucket('docs');
  s3.makeBucket('kept', { versioned: true });
  const client = toClient(s3.env);
  return {
    s3,
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await s3[Symbol.asyncDispose]();
    },
  };
}
