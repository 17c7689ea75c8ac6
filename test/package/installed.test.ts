import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { type Sources, startSources } from '../../playground/start-sources.ts';
import { connectors } from '../../src/connectors/index.ts';
import { environments } from '../contract/environments.ts';

const run = promisify(execFile);
let folder: string;
let installed: string;
let sources: Sources | undefined;

/** As somebody does who wants a connector and nothing else. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connectormcp-package-'));
  await run('npm', ['pack', '--pack-destination', folder]);
  const [tarball = ''] = await readdir(folder);
  await writeFile(join(folder, 'package.json'), '{}');
  const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quiet, `./${tarball}`], { cwd: folder });
  installed = join(folder, 'node_modules', 'connectormcp');
  sources = await startSources({}, { today: new Date('2026-11-22T12:00:00Z') });
}, 180_000);

afterAll(async () => {
  await sources?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

it('has a command for every connector', () => {
  const commands = connectors.map(({ name }) => `connectormcp-${name}`);
  expect(Object.keys(packageJson.bin).toSorted()).toEqual(commands.toSorted());
});

it('brings no TypeScript, no tests and no secrets along', async () => {
  const files = await readdir(installed, { recursive: true });
  const strays = files.filter((file) => /\.tsx?$|(^|\/)(test|playground|bench|\.env)/.test(file));
  expect(strays).toEqual([]);
});

const commandOf = (name: string) => join(folder, 'node_modules', '.bin', `connectormcp-${name}`);
/** The command finds its Node on the path, as it does for everybody. */
const path = `${join(process.execPath, '..')}:${process.env.PATH}`;

/** A client of the installed command. */
async function connect(name: string, variables: NodeJS.ProcessEnv = {}): Promise<Client> {
  const env = { ...(variables as Record<string, string>), PATH: path, LOG_LEVEL: 'silent' };
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({ command: commandOf(name), env, stderr: 'ignore' }),
  );
  return client;
}

describe.each(connectors.map(({ name }) => name))('%s, installed', (name) => {
  it('lists the same tools as in the checkout', async () => {
    const client = await connect(name, environments[name]);
    const { tools } = await client.listTools();
    await client.close();
    const connector = connectors.find((each) => each.name === name);
    const open = await connector?.open(connector.env.parse(environments[name]));
    expect(tools.map(({ name }) => name)).toEqual(open?.tools.map(({ name }) => name));
    await open?.close();
  });

  it('says which version it is', async () => {
    const { stdout } = await run(commandOf(name), ['--version'], { env: { PATH: path } });
    expect(stdout.trim()).toBe(packageJson.version);
  });
});

it.each<[string, string, Record<string, unknown>, object]>([
  ['shopify', 'graphql_query', { query: '{ shop { name } }' }, { data: { shop: {} } }],
  [
    's3',
    'preview_table_object',
    { bucket: 'lindenwares-exports', key: 'orders/orders.parquet', rows: 1 },
    { format: 'parquet', row_count: 1 },
  ],
  ['jira', 'search_issues', { jql: 'project = SHOP', limit: 1 }, { count: 1 }],
])(
  'brings along what a tool reads and which helpers it starts: %s %s',
  async (name, tool, args, answer) => {
    const client = await connect(name, sources?.env);
    const reply = await client.callTool({ name: tool, arguments: args });
    await client.close();
    expect(reply.structuredContent, JSON.stringify(reply.content)).toMatchObject(answer);
  },
  30_000,
);
