import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../is-alive.ts';

const prefix = 'connectormcp-spool-';
/** A folder that got no file for so long, in milliseconds, holds nothing that could still be read. */
const longUnused = 60 * 60_000;

/** Machines may share a temporary folder; a process id says something on its own machine only. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/**
 * Makes a folder of this process below `parent` that nobody else can look into (mode 700).
 *
 * @throws when the disk does not let us.
 */
export const makeSpoolFolder = (parent: string) =>
  mkdtempSync(join(parent, `${prefix}${machine}-${process.pid}-`));

/** Removes what processes left behind that could not clean up. Never throws: a leftover more is no reason to fail. */
export async function sweepSpoolFolders(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((name) => name.startsWith(prefix))) {
    const folder = join(parent, name);
    if (await isLeftover(name, folder)) await removeFolder(folder);
  }
}

/** Removes a folder with all in it. Never throws. */
export const removeFolder = (folder: string) =>
  rm(folder, { recursive: true, force: true }).catch(() => {});

async function isLeftover(name: string, folder: string): Promise<boolean> {
  const stats = await lstat(folder).catch(() => undefined);
  if (!stats?.isDirectory() || stats.uid !== (process.getuid?.() ?? 0)) return false;
  const [owner = '', pid = ''] = name.slice(prefix.length).split('-');
  if (owner === machine && Number(pid) > 0 && !isAlive(Number(pid))) return true;
  return Date.now() - stats.mtimeMs > longUnused; // process ids are given again, and other machines' say nothing
}
