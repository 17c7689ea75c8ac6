import { defineConnector } from '../connector.ts';
import { s3Env } from './env.ts';

/** Whoever sets one of these wants S3. The others are also set where a machine of Amazon's runs something else. */
const deciding =
  /^(S3_.*|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|PROFILE|DEFAULT_REGION|ENDPOINT_URL_S3))$/;

/** Amazon S3 and what speaks like it (MinIO, R2, Ceph, …). */
export const s3 = defineConnector({
  name: 's3',
  title: 'Amazon S3',
  env: s3Env,
  isConfigured: (set) => Object.keys(set).some((name) => deciding.test(name)),
  open: async (env) => (await import('./server.ts')).open(env),
});
