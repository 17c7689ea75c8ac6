import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { residentMemory } from './resident-memory.ts';

/** `npm run playground` as a process of its own. */
export interface SlackProcess extends AsyncDisposable {
  /** From the spawn until it said that it is ready. Milliseconds. */
  readyMs: number;
  /** All that it printed until then. */
  output: string;
  /** Its address, without a slash at the end. */
  url: string;
  /** What each app needs in its environment, in the order of the manifests. */
  envs: Record<string, string>[];
  /** Resident memory in MB. Linux only. */
  memory(): Promise<number>;
  /** Processor time that it has used so far, in milliseconds. Linux only. */
  cpu(): Promise<number>;
  /** As Ctrl-C does; resolves to the exit code. */
  end(): Promise<number | null>;
}

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const lastLine = 'Ctrl-C ends it.';
/** As in the npm script. */
const flags = ['--max-semi-space-size=16'];
/** The kernel counts in hundredths of a second. */
const TICK_MS = 10;

/**
 * Starts it and waits until it is ready.
 *
 * @param folder where it looks for `manifest.json`; default: here
 * @throws Error with what it said when it ends before.
 */
export async function startSlackProcess(args: string[], folder?: string): Promise<SlackProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...flags, main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH },
    ...(folder !== undefined && { cwd: folder }),
  });
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  const complaint = text(child.stderr);
  const output = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.includes(lastLine)) resolve(said);
    });
    void gone.then(async (code) => reject(new Error(`${said}${await complaint}exit code ${code}`)));
  });
  const readyMs = performance.now() - startedAt;
  const end = () => {
    child.kill('SIGINT');
    return gone;
  };
  return {
    readyMs,
    output,
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '',
    envs: readEnvironments(output),
    memory: () => residentMemory(child.pid),
    async cpu() {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    end,
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}

/** Blocks of `NAME=value` lines. */
const readEnvironments = (output: string): Record<string, string>[] =>
  output
    .split('\n\n')
    .map((block) => [...block.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]))
    .filter((entries) => entries.length > 0)
    .map((entries) => Object.fromEntries(entries) as Record<string, string>);
