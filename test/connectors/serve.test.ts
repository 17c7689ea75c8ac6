import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
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
  expect(err).not.toMatch(/^\s+at /m);
});

it('ends by itself when its client is gone', async () => {
  const env = { MYSQL_HOST: '127.0.0.1', MYSQL_PORT: '1', MYSQL_USER: 'reader' };
  const { out, code } = await run('serve.ts', ['mysql'], env);
  expect({ out, code }).toEqual({ out: '', code: 0 });
});

it.each([
  [['msql'], 'Did you mean mysql?'],
  [[], 'Names: mysql'],
  [['mysql', '--chek'], 'There are --check and --help'],
  [['mysql', '--check', '--help'], 'There are --check and --help'],
])('says what there is when started with %j', async (args, words) => {
  const { out, err, code } = await run('serve.ts', args);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  expect(err).toContain(words);
});

it('explains every variable on --help without needing one', async () => {
  const { out, code } = await run('serve.ts', ['mysql', '--help']);
  expect(code).toBe(0);
  for (const { name, env } of connectors.filter(({ name }) => name === 'mysql')) {
    expect(out).toContain(`npm run connector -- ${name} --check`);
    for (const variable of Object.keys(env.shape))
      expect(out).toMatch(new RegExp(`${variable} +\\w`));
  }
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
