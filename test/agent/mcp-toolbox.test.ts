import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openToolbox, type ToolboxOptions } from '../../src/agent/mcp-toolbox.ts';
import type { StdioServer } from '../../src/agent/source.ts';
import type { Toolbox } from '../../src/agent/toolbox.ts';
import { isAlive } from '../../src/is-alive.ts';
import { log } from '../../src/log.ts';
import { eventually } from '../support/eventually.ts';

log.level = 'silent';
const server = path.resolve(import.meta.dirname, '../support/mcp-fixture.ts');
const never = new AbortController().signal;
const lines: string[] = [];

async function start(files: string[] = [], options: Partial<ToolboxOptions> = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'toolbox-'));
  for (const file of files) writeFileSync(path.join(folder, file), '');
  const toolbox = await openToolbox({
    sources: [
      {
        name: 'fixture',
        title: 'Fixture',
        kind: { type: 'connector', name: 'fixture' },
        server: {
          type: 'stdio',
          command: [process.execPath, server],
          env: { FIXTURE_DIR: folder, FIXTURE_PASSWORD: 'hunter22' },
        },
      },
    ],
    log: pino({ level: 'debug' }, { write: (line) => lines.push(line) }),
    times: { pingMs: 50, recheckMs: 20, backoffMs: [10, 50] },
    ...options,
  });
  const call = (tool: string, args: Record<string, unknown> = {}, signal = never) =>
    toolbox.call({ name: `fixture__${tool}`, args, signal });
  const has = (file: string) => existsSync(path.join(folder, file));
  const remove = (file: string) => rmSync(path.join(folder, file));
  const starts = () =>
    readFileSync(path.join(folder, 'starts'), 'utf8').trim().split('\n').map(Number);
  const close = async () => {
    await toolbox.close();
    rmSync(folder, { recursive: true });
  };
  return { toolbox, call, has, remove, starts, close };
}

const becomes = (toolbox: Toolbox, state: string) =>
  eventually(() => expect(toolbox.sources()[0]?.state).toBe(state));

// One child serves all tests that leave it as it is.
const shared = await start();
afterAll(() => shared.close());

describe('the tools of a child', () => {
  it('are offered under the source’s name, sorted, and only those that declare to read', () => {
    expect(shared.toolbox.tools().map(({ name }) => name)).toEqual(
      [
        'computes',
        'crash',
        'crash_once',
        'echo_env',
        'fails',
        'hang',
        'lies',
        'loses_database',
        'rows',
        'slow',
      ].map((name) => `fixture__${name}`),
    );
    expect(shared.toolbox.tools()).toBe(shared.toolbox.tools());
  });

  it.each(['write_row', 'undeclared', 'no_such_tool', '', '__proto__'])(
    'cannot be called when they might write or do not exist: %s',
    async (tool) => {
      expect(await shared.call(tool)).toMatchObject({
        ok: false,
        content: expect.stringContaining('NOT_FOUND'),
      });
      expect(shared.has('written')).toBe(false);
    },
  );

  it('give the model their JSON, and the counts for the footer', async () => {
    expect(await shared.call('rows', { n: 2 })).toMatchObject({
      ok: true,
      content: expect.stringContaining('"row_count":2'),
      rows: 2,
      truncated: false,
    });
  });

  it('give at most 48 kB, and say so', async () => {
    const outcome = await shared.call('rows', { n: 2_000 });
    expect(Buffer.byteLength(outcome.content)).toBeLessThan(49_152);
    expect(JSON.parse(outcome.content)).toMatchObject({
      truncated: true,
      note: expect.stringContaining('cut'),
    });
    expect(outcome).toMatchObject({ ok: true, rows: 2_000, truncated: true });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['fails', {}, 'Try: customers.'],
    ['lies', {}, 'can’t be used'],
    ['rows', { n: 'many' }, 'n'],
    ['rows', { n: 60_000 }, 'TOO_LARGE'],
  ])('fail with a sentence: %s %o', async (tool, args, sentence) => {
    const at = tool === 'rows' && args.n === 60_000 ? await start() : shared;
    const outcome = await at.call(tool, args);
    expect(outcome).toMatchObject({ ok: false, content: expect.stringContaining(sentence) });
    if (at !== shared) await at.close();
  });

  it('tell how far they are, not more often than a reader can follow', async () => {
    const told: string[] = [];
    const onProgress = (message: string) => told.push(message);
    await shared.toolbox.call({ name: 'fixture__slow', args: {}, signal: never, onProgress });
    expect(told).toEqual(['page 1']);
  });

  it('are cancelled in the child when the run is aborted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stop')), 20);
    await expect(shared.call('hang', {}, controller.signal)).rejects.toThrow('stop');
    await eventually(() => expect(shared.has('cancelled')).toBe(true));
  });

  it('run in a child that has its own variables and no others of this process', async () => {
    vi.stubEnv('SLACK_BOT_TOKEN', 'xoxb-1');
    onTestFinished(() => void vi.unstubAllEnvs());
    const at = await start();
    onTestFinished(at.close);
    const { names } = JSON.parse((await at.call('echo_env')).content);
    expect(names).toContain('FIXTURE_PASSWORD');
    expect(names).not.toContain('SLACK_BOT_TOKEN');
  });
});

describe('a source', () => {
  it('is ready with its digest when the toolbox opens', async () => {
    expect(shared.toolbox.sources()).toEqual([
      { name: 'fixture', title: 'Fixture', connector: 'fixture', state: 'ready' },
    ]);
    expect(await shared.toolbox.digests()).toEqual([
      { source: 'fixture', text: 'shop.orders: id int' },
    ]);
  });

  it('logs what it says without its secrets', () => {
    expect(lines.join()).toContain('connecting with [redacted]');
    expect(lines.join()).not.toContain('hunter22');
  });

  it('is asked for real by a test', async () => {
    const [result] = await shared.toolbox.test('fixture');
    expect(result).toMatchObject({ name: 'fixture', state: 'ready', ms: expect.any(Number) });
    expect(await shared.toolbox.test('nobody')).toEqual([]);
  });

  it('that does not work at start is down with its own reason, and is taken up when it works', async () => {
    const at = await start(['down']);
    onTestFinished(at.close);
    expect(at.toolbox.sources()[0]).toMatchObject({
      state: 'down',
      problem: 'The database does not answer. Check FIXTURE_HOST.',
    });
    expect(await at.toolbox.digests()).toEqual([]);
    at.remove('down');
    await becomes(at.toolbox, 'ready');
    expect(await at.toolbox.digests()).toHaveLength(1);
  });

  it('that fails in the middle is shown as down, and comes back', async () => {
    const at = await start();
    onTestFinished(at.close);
    expect((await at.call('loses_database')).content).toContain('UPSTREAM_ERROR');
    await becomes(at.toolbox, 'down');
    at.remove('down');
    await becomes(at.toolbox, 'ready');
  });

  it('whose child cannot start is down, and is taken up when it can', async () => {
    const at = await start(['refuses-to-start']);
    onTestFinished(at.close);
    expect(at.toolbox.sources()[0]?.state).toBe('down');
    expect(at.toolbox.tools()).toEqual([]);
    at.remove('refuses-to-start');
    await becomes(at.toolbox, 'ready');
    expect(at.toolbox.tools()).not.toEqual([]);
  });

  it('whose child says why it does not serve is down for that reason', async () => {
    const at = await start(['says-why-not']);
    onTestFinished(at.close);
    const problem = 'Fixture is not served. The account may do too much.';
    expect(at.toolbox.sources()).toMatchObject([{ state: 'down', problem }]);
    at.remove('says-why-not');
    await becomes(at.toolbox, 'ready');
  });

  it('whose program does not exist is down', async () => {
    const server: StdioServer = { type: 'stdio', command: ['/no/such/program'], env: {} };
    const kind = { type: 'connector', name: 'x' } as const;
    const { toolbox, close } = await start([], {
      sources: [{ name: 'x', title: 'X', server, kind }],
    });
    onTestFinished(close);
    expect(toolbox.sources()).toMatchObject([{ name: 'x', state: 'down' }]);
  });
});

it('a source that fails again and again the same way is logged whole but once', async () => {
  const from = lines.length;
  const server: StdioServer = { type: 'stdio', command: ['/no/such/program'], env: {} };
  const kind = { type: 'connector', name: 'gone' } as const;
  const { close } = await start([], { sources: [{ name: 'gone', title: 'Gone', kind, server }] });
  const failures = () =>
    lines
      .slice(from)
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => msg.startsWith('connector failed'));
  await eventually(() => expect(failures().length).toBeGreaterThan(2));
  await close();
  expect(failures().filter(({ err }) => err)).toHaveLength(1);
});

describe('a child that ends', () => {
  it('in the middle of a call: the call is made once more on the next child', async () => {
    const at = await start();
    onTestFinished(at.close);
    expect(await at.call('crash_once')).toMatchObject({ ok: true, rows: 1 });
    expect(at.starts()).toHaveLength(2);
  });

  it('again: the model reads a sentence, the tools stay, the next call works', async () => {
    const at = await start();
    onTestFinished(at.close);
    const tools = at.toolbox.tools();
    const [crashed, other] = await Promise.all([at.call('crash'), at.call('hang')]);
    expect([crashed, other]).toMatchObject([{ ok: false }, { ok: false }]);
    expect(crashed.content).toContain('not available');
    expect(at.toolbox.tools()).toBe(tools);
    expect(await at.call('rows', { n: 1 })).toMatchObject({ ok: true });
  });

  it('by hanging: the ping notices, a new one is started', async () => {
    const at = await start([], {
      times: { pingMs: 20, pingTimeoutMs: 100, recheckMs: 20, backoffMs: [10, 50] },
    });
    onTestFinished(at.close);
    const [pid = 0] = at.starts();
    process.kill(pid, 'SIGSTOP');
    await eventually(() => expect(at.starts()).toHaveLength(2));
    expect(isAlive(pid)).toBe(false);
    expect(await at.call('rows', { n: 1 })).toMatchObject({ ok: true });
  });

  it('by computing for ever: a call in vain notices, and a new one is started', async () => {
    const at = await start([], {
      callMs: 300,
      times: { pingMs: 60_000, probeMs: 50, recheckMs: 20, backoffMs: [10, 50] },
    });
    onTestFinished(at.close);
    const [pid = 0] = at.starts();
    expect((await at.call('computes')).content).toContain('TIMEOUT');
    await eventually(() => expect(at.starts()).toHaveLength(2));
    expect(isAlive(pid)).toBe(false);
    await becomes(at.toolbox, 'ready');
  });

  it('ends with the toolbox, also while it is busy', async () => {
    const at = await start();
    const busy = at.call('hang');
    const pids = at.starts();
    await at.close();
    expect(await busy).toMatchObject({ ok: false });
    expect(pids.filter(isAlive)).toEqual([]);
  });
});

it('tells the model that a call took too long', async () => {
  const at = await start([], { callMs: 50 });
  onTestFinished(at.close);
  expect((await at.call('hang')).content).toContain('TIMEOUT: Fixture took too long');
  // A child that still answers is left alone: its other calls go on.
  await at.toolbox.test();
  expect(at.toolbox.sources()[0]?.state).toBe('ready');
  expect(at.starts()).toHaveLength(1);
});
