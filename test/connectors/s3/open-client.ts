import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { s3 } from '../../../src/connectors/s3/index.ts';
import { Spool } from '../../../src/connectors/spool.ts';
import { log } from '../../../src/log.ts';
import { type ConnectorClient, connectClient } from '../../support/connect-client.ts';

log.level = 'warn'; // the connector runs in this process

const secrets = ['wJalrXUtnFEMI', 'AKIAIOSFODNN7', '127.0.0.1'];

/** An MCP client of the connector, in this process. */
export type ToolClient = ConnectorClient;

/** Opens one with these variables. */
export async function openClient(env: Record<string, string>): Promise<ToolClient> {
  const open = await s3.open(s3.env.parse(env));
  const folder = await mkdtemp(join(tmpdir(), 's3-test-'));
  const spool = new Spool('s3', {}, folder);
  const tools = await connectClient(s3, open, { spool, most: 48_000, secrets });
  return {
    ...tools,
    async [Symbol.asyncDispose]() {
      await tools[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
