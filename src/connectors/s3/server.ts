import type { z } from 'zod';
import { toAllowedTools } from '../allowed-writes.ts';
import type { OpenConnector } from '../connector.ts';
import { checkS3 } from './check.ts';
import { S3 } from './client/s3.ts';
import { toSettings } from './client/settings.ts';
import { readDigest } from './digest.ts';
import type { s3Env } from './env.ts';
import { getObjectMetadata } from './get-object-metadata.ts';
import { listBuckets } from './list-buckets.ts';
import { listObjectVersions } from './list-object-versions.ts';
import { listObjects } from './list-objects.ts';
import { previewTableObject } from './preview-table-object.ts';
import { readObject } from './read-object.ts';
import { searchObjects } from './search-objects.ts';
import { writeObject } from './write-object.ts';

/** Opens the connector. S3 is first asked when something is called, so it may be down. */
export async function open(env: z.output<typeof s3Env>): Promise<OpenConnector> {
  const s3 = new S3(toSettings(env));
  const tools = [
    listBuckets,
    listObjects,
    readObject,
    searchObjects,
    getObjectMetadata,
    previewTableObject,
    listObjectVersions,
    writeObject,
  ].map((toTool) => toTool(s3));
  return {
    tools: toAllowedTools(tools, env.S3_ALLOW_WRITES),
    digest: (signal) => readDigest(s3, signal),
    check: (signal) => checkS3(s3, env.S3_ALLOW_WRITES, signal),
    close: async () => s3.close(),
  };
}
