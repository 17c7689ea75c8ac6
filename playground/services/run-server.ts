import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scratch } from './scratch.ts';

/** A server program to run in a scratch folder. */
export interface ServerProgram {
  program: string;
  /** Must name the scratch folder, so that its process is known as ours later. */
  args: string[];
  /** The name it believes to be called by. */
  argv0?: string;
  /** Resolves once it answers; rejects while it does not. */
  answers(): Promise<void>;
}

/**
 * Starts a server that lives as long as the scratch folder, and resolves once it answers.
 *
 * @throws Error with the end of what the server said, when it ends early or does not answer within 60 s.
 */
export async function runServer(scratch: Scratch, server: ServerProgram): Promise<void> {
  const name = basename(server.program);
  const logFile = join(scratch.folder, `${name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(server.program, server.args, {
    cwd: scratch.folder,
    detached: true, // Ctrl-C is for us: servers go last, when the scratch folder closes
    stdio: ['ignore', log, log],
    ...(server.argv0 && { argv0: server.argv0 }),
  });
  let ended: Error | undefined;
  child.once('error', (error) => {
    ended = error;
  });
  child.once('exit', (code, signal) => {
    ended ??= new Error(`${name} ended (${signal ?? `code ${code}`})`);
  });
  if (child.pid) scratch.keep({ pid: child.pid });
  child.unref();

  const deadline = Date.now() + 60_000;
  while (!(await isAnswering(server))) {
    if (!ended && Date.now() < deadline) {
      await sleep(25);
      continue;
    }
    const said = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n').slice(-5);
    throw new Error([(ended ?? new Error(`${name} does not answer`)).message, ...said].join('\n'));
  }
}

const isAnswering = ({ answers }: ServerProgram) =>
  answers().then(
    () => true,
    () => false,
  );

/** Below the ports that systems hand out by themselves: there, somebody may take one between our look and our use. */
const range = { from: 15_000, to: 30_000 };

/** A port of the loopback interface that nobody listens on right now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(range.from, range.to);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
