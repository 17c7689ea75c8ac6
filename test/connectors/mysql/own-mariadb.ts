import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import { findProgram } from '../../../playground/services/find-program.ts';
import { runMariadb, toServerArgs } from '../../../playground/services/run-mariadb.ts';
import { runServer } from '../../../playground/services/run-server.ts';
import { openScratch } from '../../../playground/services/scratch.ts';
import { isAlive } from '../../../src/is-alive.ts';

/** A server of a test's own, which may be stopped and started again, also with other options. */
export interface OwnMariadb {
  host: string;
  port: number;
  root: { user: string; password: string };
  /** A new connection of the all-powerful account. */
  connect(): Promise<Connection>;
  /** Ends it as a restart does, or as a power cut does. Resolves when the process is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it on the same data and port, with these options more than the usual. */
  start(...options: string[]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts one, empty, in about a second and a half. */
export async function openMariadb(): Promise<OwnMariadb> {
  const program = await findProgram(['mariadbd']);
  if (!program) throw new Error('This test stops and starts a mariadbd: install mariadb-server.');
  const scratch = await openScratch();
  const root = { user: 'root', password: randomBytes(8).toString('hex') };
  const host = '127.0.0.1';
  const answers = async (port: number) =>
    (await createConnection({ host, port, ...root, connectTimeout: 3_000 })).end();
  const port = await runMariadb({ scratch, program, password: root.password, answers });
  const folder = join(scratch.folder, `mysql-${port}`);
  return {
    host,
    port,
    root,
    connect: () => createConnection({ host, port, ...root, multipleStatements: true }),
    async stop(signal = 'SIGTERM') {
      const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
      process.kill(pid, signal);
      while (isAlive(pid)) await sleep(20);
    },
    start: (...options) =>
      runServer(scratch, {
        program,
        args: [...toServerArgs(folder, port), ...options],
        answers: () => answers(port),
      }),
    [Symbol.asyncDispose]: () => scratch.close(),
  };
}
