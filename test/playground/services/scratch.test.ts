import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScratch } from '../../../playground/services/scratch.ts';
import { isAlive } from '../../../src/is-alive.ts';

let parent: string;
const pids: number[] = [];

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'scratch-test-'));
});

afterAll(async () => {
  for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
  await rm(parent, { recursive: true, force: true });
});

/** A process that does nothing, with these words in its command line. */
function startIdle(words: string): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', words], {
    stdio: 'ignore',
  });
  const pid = child.pid ?? 0;
  pids.push(pid);
  return pid;
}

/** The id of a process that is surely gone. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

async function leaveFolder(name: string, owner: number, leftovers: object[]): Promise<string> {
  const folder = join(parent, `connectormcp-${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'owner'), String(owner));
  await writeFile(
    join(folder, 'leftovers'),
    leftovers.map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
  return folder;
}

it('takes its processes along when it is closed, and only those', async () => {
  const scratch = await openScratch(parent);
  const ours = startIdle(scratch.folder);
  const strange = startIdle('something else');
  scratch.keep({ pid: ours });
  scratch.keep({ pid: strange }); // an id that meanwhile belongs to somebody else
  await scratch.close();
  await expect.poll(() => isAlive(ours)).toBe(false);
  expect(isAlive(strange)).toBe(true);
  expect(existsSync(scratch.folder)).toBe(false);
});

it('takes its processes along when its owner is killed', async () => {
  const module = new URL('../../../playground/services/scratch.ts', import.meta.url).href;
  const code = `
    import { openScratch } from ${JSON.stringify(module)};
    const scratch = await openScratch(${JSON.stringify(parent)});
    process.stdin.on('data', (pid) => { scratch.keep({ pid: Number(pid) }); console.log('kept'); });
    console.log(scratch.folder);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code]);
  const read = async () => String((await once(owner.stdout, 'data'))[0]).trim();
  const folder = await read();
  const ours = startIdle(folder);
  owner.stdin.write(String(ours));
  expect(await read()).toBe('kept');
  owner.kill('SIGKILL');
  await expect.poll(() => isAlive(ours), { timeout: 5000 }).toBe(false);
  await expect.poll(() => existsSync(folder), { timeout: 5000 }).toBe(false);
});

it('removes what dead owners left, keepers and all, and leaves alone what is alive', async () => {
  const dead = await deadPid();
  const stale = join(parent, 'connectormcp-stale');
  const orphan = startIdle(stale);
  await leaveFolder('stale', dead, [{ pid: orphan }]);
  const living = await leaveFolder('living', process.pid, []);
  const begun = join(parent, 'connectormcp-begun'); // made this moment, its owner not yet noted
  await mkdir(begun);

  await (await openScratch(parent)).close();
  expect(existsSync(stale)).toBe(false);
  await expect.poll(() => isAlive(orphan)).toBe(false);
  expect([existsSync(living), existsSync(begun)]).toEqual([true, true]);
});
