import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { toMcpServer } from '../../src/connectors/mcp-server.ts';
import { serveHttp } from '../../src/connectors/serve-http.ts';
import { Spool } from '../../src/connectors/spool.ts';
import { log } from '../../src/log.ts';
import { fixture } from './fixture-connector.ts';

const suite = fileURLToPath(
  new URL('../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url),
);
const expected = fileURLToPath(new URL('expected-failures.yml', import.meta.url));

it('passes the official suite but for what it leaves out on purpose', async () => {
  log.level = 'error';
  const folder = await mkdtemp(join(tmpdir(), 'conformance-')); // the suite writes its findings to where it runs
  const open = await fixture.open({});
  const spool = new Spool('test');
  const face = await serveHttp(() => toMcpServer(fixture, open, spool), {
    port: 0,
    host: '127.0.0.1',
  });
  const args = [suite, 'server', '--url', face.url, '--expected-failures', expected];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  await Promise.all([face.close(), spool.close(), rm(folder, { recursive: true })]);
  expect(code, `${out}\n${err}`).toBe(0);
  const passed = [...out.matchAll(/^✓ ([a-z0-9-]+): (\d+) passed, 0 failed/gm)].map(
    ([, name]) => name,
  );
  expect(passed.toSorted()).toEqual([
    'dns-rebinding-protection',
    'ping',
    'resources-list',
    'server-initialize',
    'server-sse-multiple-streams',
    'tools-call-error',
    'tools-call-image',
    'tools-call-simple-text',
    'tools-call-with-progress',
    'tools-list',
  ]);
}, 60_000);
