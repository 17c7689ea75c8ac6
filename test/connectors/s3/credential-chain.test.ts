import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, it } from 'vitest';
import { startS3 } from '../../../playground/s3/start-s3.ts';

const main = fileURLToPath(new URL('../../../src/connectors/s3/main.ts', import.meta.url));

it('takes credentials from a program that a profile names, found on the path', async () => {
  await using site = await startS3();
  site.makeBucket('reports');
  const folder = await mkdtemp(join(tmpdir(), 's3-profile-'));
  const keys = {
    Version: 1,
    AccessKeyId: site.env.AWS_ACCESS_KEY_ID,
    SecretAccessKey: site.env.AWS_SECRET_ACCESS_KEY,
  };
  await writeFile(join(folder, 'keys.json'), JSON.stringify(keys));
  await writeFile(
    join(folder, 'config'),
    `[profile data]\nregion = eu-central-1\ncredential_process = cat ${folder}/keys.json\n`,
  );
  const client = new Client({ name: 'test', version: '1' });
  const env = {
    AWS_PROFILE: 'data',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_ENDPOINT_URL_S3: site.url,
    LOG_LEVEL: 'silent',
    NODE_COMPILE_CACHE: 'node_modules/.cache/node-compile',
  };
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [main], env, stderr: 'ignore' }),
  );
  const { content } = await client.callTool({ name: 'list_buckets', arguments: {} });
  await client.close();
  await rm(folder, { recursive: true });
  expect(content).toMatchObject([{ text: expect.stringContaining('"name":"reports"') }]);
});
