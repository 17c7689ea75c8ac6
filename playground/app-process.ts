import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { residentMemory } from './resident-memory.ts';

/** The app as a process of its own, as `npm start` runs it. */
export interface AppProcess extends AsyncDisposable {
  /** From the spawn to the log line `ready`, in milliseconds. */
  readyMs: number;
  /** Resident memory of the process without its children, in MB. */
  memory(): Promise<number>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  end(): Promise<number | null>;
}

/**
 * Starts the app and waits until it is ready.
 *
 * @param cache the folder of compiled modules; an empty one makes a cold start
 * @throws Error with all that it said when it ends before.
 */
export async function startApp(
  env: NodeJS.ProcessEnv,
  cache = 'node_modules/.cache/node-compile',
): Promise<AppProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { ...env, NODE_COMPILE_CACHE: cache },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  const ready = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      if (line.includes('"msg":"ready"')) resolve(performance.now() - startedAt);
    });
    child.once('exit', (code) => reject(new Error([...said, `exit code ${code}`].join('\n'))));
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const readyMs = await ready;
  return {
    readyMs,
    memory: () => residentMemory(child.pid),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    end() {
      child.kill('SIGTERM');
      return gone;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
