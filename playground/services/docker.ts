import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Scratch } from './scratch.ts';

const run = promisify(execFile);

/** A server to run as a container. */
export interface Image {
  image: string;
  /** The port it listens on inside. */
  port: number;
  /** Handed over by name only, so that values do not show in the list of processes. */
  env: Record<string, string>;
  args: string[];
  /** Resolves once it answers on this port of the loopback interface. */
  answers(port: number): Promise<void>;
}

/** Starts a container that lives as long as the scratch folder. Gives its port, or nothing where Docker does not work. */
export async function runInDocker(scratch: Scratch, image: Image): Promise<number | undefined> {
  const works = await run('docker', ['info'], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
  if (!works) return undefined;

  const name = `connectormcp-${randomBytes(6).toString('hex')}`;
  scratch.keep({ container: name });
  const names = Object.keys(image.env).flatMap((key) => ['--env', key]);
  const publish = `127.0.0.1::${image.port}`;
  await run(
    'docker',
    [
      'run',
      '--detach',
      '--rm',
      '--name',
      name,
      '--publish',
      publish,
      ...names,
      image.image,
      ...image.args,
    ],
    { env: { ...process.env, ...image.env } },
  );
  const { stdout } = await run('docker', ['port', name, String(image.port)]);
  const port = Number(stdout.trim().split('\n')[0]?.split(':').at(-1));

  for (const deadline = Date.now() + 120_000; ; await sleep(200)) {
    const problem = await image.answers(port).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!problem) return port;
    if (Date.now() > deadline) throw problem;
  }
}
