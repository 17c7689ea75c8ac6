import { expect, it } from 'vitest';
import { toSettings } from '../../../src/connectors/s3/client/settings.ts';
import { s3Env } from '../../../src/connectors/s3/env.ts';
import { s3 } from '../../../src/connectors/s3/index.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const settings = (env: Record<string, string>) => toSettings(s3Env.parse(env));

it.each([
  [{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }, 'AWS_SECRET_ACCESS_KEY', 'is missing'],
  [{ AWS_SECRET_ACCESS_KEY: 'secret' }, 'AWS_ACCESS_KEY_ID', 'is missing'],
  [{ AWS_ENDPOINT_URL_S3: 'minio:9000' }, 'AWS_ENDPOINT_URL_S3', 'no http or https address'],
  [{ AWS_ENDPOINT_URL_S3: 'file:///etc' }, 'AWS_ENDPOINT_URL_S3', 'no http or https address'],
  [{ S3_BUCKETS: ' , ' }, 'S3_BUCKETS', 'names no bucket'],
  [{ S3_BUCKETS: 'good,-bad' }, 'S3_BUCKETS', '"-bad" is no bucket'],
  [{ S3_PATH_STYLE: 'maybe' }, 'S3_PATH_STYLE', 'must be true or false'],
  [{ S3_ALLOW_WRITES: 'write_objects' }, 'S3_ALLOW_WRITES', 'did you mean write_object?'],
])('refuses %j', (env, variable, message) => {
  const { error } = s3Env.safeParse(env);
  expect(error?.issues).toHaveLength(1);
  expect(error?.issues[0]?.path).toEqual([variable]);
  expect(error?.issues[0]?.message).toContain(message);
});

it.each([
  [{}, { region: 'us-east-1', endpoint: undefined, pathStyle: false, credentials: undefined }],
  [{ AWS_REGION: 'eu-west-1' }, { region: 'eu-west-1' }],
  [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, { region: 'eu-west-2' }],
  [{ AWS_PROFILE: 'data' }, { region: undefined, credentials: undefined }],
  [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' }, { pathStyle: true }],
  [
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:9000' },
    { endpoint: 'http://127.0.0.1:9000', pathStyle: true },
  ],
  [
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2' },
    { endpoint: 'http://127.0.0.1:2' },
  ],
  [
    { AWS_ENDPOINT_URL_S3: 'https://s3.acme.example', S3_PATH_STYLE: 'false' },
    { pathStyle: false },
  ],
  [keys, { credentials: { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: 'secret' } }],
  [{ ...keys, AWS_SESSION_TOKEN: 'token' }, { credentials: { sessionToken: 'token' } }],
])('makes of %j what the SDK needs', (env, expected) => {
  expect(settings(env as Record<string, string>)).toMatchObject(expected);
});

it.each([
  [['AWS_ACCESS_KEY_ID'], true],
  [['AWS_PROFILE'], true],
  [['S3_BUCKETS'], true],
  [['AWS_DEFAULT_REGION'], true],
  [['AWS_REGION', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'], false],
  [['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'], false],
  [[], false],
])('with %j set, being switched on is %j', (names, expected) => {
  expect(s3.isConfigured?.(Object.fromEntries(names.map((name) => [name, 'x'])))).toBe(expected);
});
