import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { connectors } from '../../src/connectors/index.ts';

async function run(script: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [`src/connectors/${script}`, ...args], { env });
  child.stdin.end();
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { out, err, code };
}

it.each([
  ['serve.ts', ['mysql']],
  ['mysql/main.ts', []],
])('lists all missing and wrong variables at once and nothing else: %s', async (script, args) => {
  const { out, err, code } = await run(script, args, {
    MYSQL_PORT: 'many',
    MYSQL_DATABASE: 'mysql',
  });
  expect({ out, code }).toEqual({ out: '', code: 1 });
  expect(err.match(/^ {2}MYSQL_\w+/gm)).toEqual([
    '  MYSQL_HOST',
    '  MYSQL_PORT',
    '  MYSQL_USER',
    '  MYSQL_DATABASE',
  ]);
  expect(err).toContain('--help'); // where it is installed there is no .env.example
  expect(err).not.toMatch(/^\s+at /m);
});

it('ends by itself when its client is gone', async () => {
  const env = { MYSQL_HOST: '127.0.0.1', MYSQL_PORT: '1', MYSQL_USER: 'reader' };
  const { out, code } = await run('serve.ts', ['mysql'], env);
  expect({ out, code }).toEqual({ out: '', code: 0 });
});

const reader = { MYSQL_HOST: '127.0.0.1', MYSQL_PORT: '1', MYSQL_USER: 'reader' };

it.each([
  [['msql'], 'Did you mean mysql?'],
  [[], 'Names: mysql'],
  [['mysql', '--chek'], "Unknown option '--chek'. There are --http PORT"],
  [['mysql', 'extra'], "Unexpected argument 'extra'. There are --http PORT"],
  [['mysql', '--http'], "'--http <value>' argument missing"],
  [['mysql', '--http', '70000'], '--http takes a port from 0 to 65535, not "70000"'],
  [['mysql', '--http', '-1'], '--http'],
  [['mysql', '--host', '127.0.0.1'], '--host needs --http'],
  [['mysql', '--check', '--http', '0'], 'Either --check or --http'],
  [['mysql', '--tools', ','], '--tools takes names'],
  [['mysql', '--tools', 'list_tabels'], 'There is no tool list_tabels. Did you mean list_tables?'],
  [['mysql', '--tools', 'drop'], 'There is no tool drop. There are list_databases, '],
  [['mysql', '--tools', 'list_tables, list_tabels'], 'There is no tool list_tabels. Did you mean'],
  [['mysql', '--tools', 'list_tabels', '--check'], 'There is no tool list_tabels.'],
  [['mysql', '--http', '0', '--host', '0.0.0.0'], 'set MCP_HTTP_TOKEN'],
])('says what there is when started with %j', async (args, words) => {
  const { out, err, code } = await run('serve.ts', args, reader);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  expect(err).toContain(words);
  expect(err).not.toMatch(/^\s+at /m);
});

it.each(connectors.map((connector) => [connector.name, connector] as const))(
  'explains every option and variable on --help without needing one: %s',
  async (name, { env }) => {
    const { out, code } = await run(`${name}/main.ts`, ['--help']);
    expect(code).toBe(0);
    expect(out).toContain(`npm run connector -- ${name} [options]`);
    expect(out).toMatch(/--check +say whether/);
    for (const variable of Object.keys(env.shape))
      expect(out).toMatch(new RegExp(`${variable} +\\w`));
  },
);

it('says which version it is', async () => {
  const { out, code } = await run('serve.ts', ['mysql', '--version']);
  expect({ out, code }).toEqual({ out: `${packageJson.version}\n`, code: 0 });
});

it('serves over HTTP until it is told to end', async () => {
  const args = ['src/connectors/serve.ts', 'mysql', '--http', '0', '--tools', 'execute_query'];
  const child = spawn(process.execPath, args, { env: reader, stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const [url = ''] = /http:\S+/.exec(line.toString()) ?? [];
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(url));
  await client.connect(transport as Parameters<Client['connect']>[0]);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['execute_query']);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  await client.close();
});

it('says on --check what is wrong with a database that is down, and how to mend it', async () => {
  const env = {
    MYSQL_HOST: '127.0.0.1',
    MYSQL_PORT: '1',
    MYSQL_USER: 'reader',
    MYSQL_PASSWORD: 'hunter2',
  };
  const { out, code } = await run('serve.ts', ['mysql', '--check'], env);
  expect(code).toBe(1);
  expect(out).toContain('MYSQL_HOST and MYSQL_PORT');
  expect(out).not.toContain('hunter2');
});

it("loads no source's SDK when the connectors are only listed", async () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    await import('./src/connectors/index.ts');
    console.log(JSON.stringify(loaded));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const loaded: string[] = JSON.parse(await text(child.stdout));
  const packages = loaded.map((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
  expect(new Set(packages.filter(Boolean))).toEqual(new Set(['zod']));
});
