import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Something outside the scratch folder that has to go when the folder goes. */
export type Leftover = { pid: number } | { container: string };

/** Notes in the folder itself what has to end with it. Synchronous: a crash right after must not lose the note. */
export function noteLeftover(folder: string, leftover: Leftover): void {
  appendFileSync(join(folder, 'leftovers'), `${JSON.stringify(leftover)}\n`);
}

/**
 * Ends all processes and containers noted in a scratch folder, then removes the folder. Safe to call twice.
 *
 * The data is throw-away, so nothing is asked to shut down politely. A process is only killed while its command
 * line still names the folder: by then its id may belong to somebody else.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  const notes = await readFile(join(folder, 'leftovers'), 'utf8').catch(() => '');
  await Promise.all(
    notes
      .split('\n')
      .filter(Boolean)
      .map((line) => end(JSON.parse(line) as Leftover, folder)),
  );
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

async function end(leftover: Leftover, folder: string): Promise<void> {
  if ('container' in leftover) {
    await run('docker', ['rm', '--force', '--volumes', leftover.container]).catch(() => {});
    return;
  }
  for (let round = 0; round < 100 && (await isOurs(leftover.pid, folder)); round++) {
    try {
      process.kill(leftover.pid, 'SIGKILL');
    } catch {
      return; // it ended by itself
    }
    await sleep(20);
  }
}

const isOurs = async (pid: number, folder: string) => (await commandLine(pid)).includes(folder);

/** Empty for a process that is gone, and for one that has ended but was not waited for. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout;
}
