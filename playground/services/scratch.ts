import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../src/is-alive.ts';
import { type Leftover, noteLeftover, removeLeftovers } from './leftovers.ts';

const prefix = 'connectormcp-';

/** A private folder and the processes in it, which all go together. */
export interface Scratch {
  readonly folder: string;
  /** Hands over a process (whose command line must name the folder) or a container, to end with the folder. */
  keep(leftover: Leftover): void;
  /** Ends what was handed over and removes the folder. Happens by itself when this process ends, in whatever way. */
  close(): Promise<void>;
}

/** Makes a scratch folder below `parent` (the system's temporary folder), after removing what dead owners left there. */
export async function openScratch(parent = tmpdir()): Promise<Scratch> {
  await sweep(parent);
  const folder = await mkdtemp(join(parent, prefix));
  await writeFile(join(folder, 'owner'), String(process.pid));

  // Its own process group: Ctrl-C in a terminal reaches the whole group, and the keeper has to be the last to go.
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL('keeper.ts', import.meta.url)), folder],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  keeper.stdin.on('error', () => {}); // a killed keeper shows at the next sweep
  keeper.unref();
  (keeper.stdin as unknown as { unref?(): void }).unref?.();
  const gone = once(keeper, 'exit');

  return {
    folder,
    keep: (leftover) => noteLeftover(folder, leftover),
    async close() {
      keeper.ref();
      keeper.stdin.end();
      await gone;
      await removeLeftovers(folder); // in case the keeper itself was killed
    },
  };
}

/** A keeper that was killed with its parent (a closed container, a power cut) leaves its folder to the next start. */
async function sweep(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  await Promise.all(
    names.map(async (name) => {
      const folder = join(parent, name);
      const owner = Number(await readFile(join(folder, 'owner'), 'utf8').catch(() => ''));
      if (!owner || isAlive(owner) || !(await isMine(folder))) return;
      await removeLeftovers(folder).catch(() => {});
    }),
  );
}

/** In a shared temporary folder somebody else's notes must not tell us what to kill. */
const isMine = async (folder: string) =>
  (await stat(folder).catch(() => undefined))?.uid === (process.getuid?.() ?? 0);
