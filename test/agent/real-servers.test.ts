import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToolbox } from '../../src/agent/mcp-toolbox.ts';
import type { Source } from '../../src/agent/source.ts';
import type { Toolbox } from '../../src/agent/toolbox.ts';
import { memoryOfTools } from '../support/accepted-tools.ts';

const packages = path.resolve('node_modules/@modelcontextprotocol');
const everything = path.join(packages, 'server-everything/dist/index.js');
const filesystem = path.join(packages, 'server-filesystem/dist/index.js');
const never = new AbortController().signal;

let folder: string;
let http: ChildProcess;
let toolbox: Toolbox;

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Servers that others wrote, as an operator would configure them. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'real-'));
  writeFileSync(path.join(folder, 'notes.txt'), 'Forty-two boxes are in the cellar.');
  const port = await freePort();
  http = spawn(process.execPath, [everything, 'streamableHttp'], {
    env: { PORT: String(port), PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(http.stderr ?? http, 'data');
  const external = (name: string, readTools: string[], server: Source['server']): Source => ({
    name,
    title: name,
    label: name,
    kind: { type: 'external', readTools },
    server,
  });
  const command = (...args: string[]) => ({
    type: 'stdio' as const,
    command: [process.execPath, ...args],
    env: {},
  });
  toolbox = await openToolbox({
    sources: [
      external(
        'files',
        ['read_text_file', 'list_directory', 'search_files'],
        command(filesystem, folder),
      ),
      external(
        'everything',
        ['echo', 'get-sum', 'get-env', 'get-structured-content', 'get-tiny-image'],
        command(everything),
      ),
      external('remote', ['echo', 'get-sum', 'trigger-long-running-operation'], {
        type: 'http',
        url: `http://127.0.0.1:${port}/mcp`,
        headers: {},
      }),
    ],
    accepted: async () => memoryOfTools().tools,
    log: pino({ level: 'silent' }),
  });
}, 20_000);

afterAll(async () => {
  await toolbox.close();
  http.kill();
  rmSync(folder, { recursive: true });
});

const call = (name: string, args: Record<string, unknown>, more: object = {}) =>
  toolbox.call({ name, args, signal: never, ...more });

it('are ready without a warning, and offer what is named with arguments that the model can fill', () => {
  expect(toolbox.sources()).toEqual(
    ['everything', 'files', 'remote'].map((name) => ({ name, title: name, state: 'ready' })),
  );
  expect(toolbox.tools().map(({ name }) => name)).toEqual([
    'everything__echo',
    'everything__get-env',
    'everything__get-structured-content',
    'everything__get-sum',
    'everything__get-tiny-image',
    'files__list_directory',
    'files__read_text_file',
    'files__search_files',
    'remote__echo',
    'remote__get-sum',
    'remote__trigger-long-running-operation',
  ]);
  expect(toolbox.tools().find(({ name }) => name === 'files__read_text_file')).toMatchObject({
    description: expect.stringContaining('Read the complete contents of a file'),
    inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  });
});

describe('the filesystem server', () => {
  it('reads what is in its folder, and its refusals reach the model', async () => {
    expect(
      await call('files__read_text_file', { path: path.join(folder, 'notes.txt') }),
    ).toMatchObject({
      ok: true,
      content: 'Forty-two boxes are in the cellar.',
    });
    expect(await call('files__read_text_file', { path: '/etc/passwd' })).toMatchObject({
      ok: false,
      content: expect.stringContaining('Access denied'),
    });
  });

  it('cannot write, which it could', async () => {
    const args = { path: path.join(folder, 'new.txt'), content: 'x' };
    expect((await call('files__write_file', args)).content).toContain('NOT_FOUND');
  });
});

describe.each(['everything', 'remote'])('the server of examples: %s', (source) => {
  it('adds two numbers', async () => {
    expect(await call(`${source}__get-sum`, { a: 40, b: 2 })).toMatchObject({
      ok: true,
      content: expect.stringContaining('42'),
    });
  });

  it('refuses wrong arguments in a way that the model can mend', async () => {
    expect(await call(`${source}__get-sum`, { a: 'many' })).toMatchObject({ ok: false });
  });
});

it('gets its own variables and none of ours', async () => {
  process.env.OUR_SECRET = 'hunter2222';
  const { content } = await call('everything__get-env', {});
  delete process.env.OUR_SECRET;
  expect(content).toContain('PATH');
  expect(content).not.toContain('OUR_SECRET');
});

it('tells how far it is over HTTP, and is cancelled in the middle', async () => {
  const told: string[] = [];
  const stop = new AbortController();
  const long = call(
    'remote__trigger-long-running-operation',
    { duration: 60, steps: 600 },
    {
      signal: stop.signal,
      onProgress: (message: string) => told.push(message),
    },
  );
  setTimeout(() => stop.abort(new Error('stopped')), 50);
  await expect(long).rejects.toThrow('stopped');
  expect(await call('remote__echo', { message: 'still here' })).toMatchObject({ ok: true });
});

it('gives structured content and says of a picture that it is one', async () => {
  expect(await call('everything__get-structured-content', { location: 'Chicago' })).toMatchObject({
    ok: true,
    content: expect.stringContaining('temperature'),
  });
  expect((await call('everything__get-tiny-image', {})).content).toContain('[image]');
});
