import type { z } from 'zod';
import type { s3Env } from '../env.ts';
import type { OpenPlaces } from './scope.ts';

/** Where S3 is and who we are to it. */
export interface S3Settings {
  /** Nothing when a profile has it. */
  region: string | undefined;
  /** Nothing for Amazon. */
  endpoint: string | undefined;
  pathStyle: boolean;
  /** Nothing for the default credential chain. */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined;
  places: OpenPlaces | undefined;
}

/** What the environment says of it. A profile brings its own region; everybody else has one. */
export function toSettings(env: z.output<typeof s3Env>): S3Settings {
  const named = env.AWS_DEFAULT_REGION ?? env.AWS_REGION;
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  return {
    region: named ?? (env.AWS_PROFILE ? undefined : 'us-east-1'),
    endpoint,
    pathStyle: env.S3_PATH_STYLE ?? endpoint !== undefined,
    credentials: toCredentials(env),
    places: env.S3_BUCKETS,
  };
}

function toCredentials(env: z.output<typeof s3Env>): S3Settings['credentials'] {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}
