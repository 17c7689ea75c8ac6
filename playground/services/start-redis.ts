import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Redis } from 'ioredis';
import { StartError } from '../../src/errors.ts';
import { aptInstall } from './apt-install.ts';
import { runInDocker } from './docker.ts';
import { findProgram } from './find-program.ts';
import { advice, firstThatWorks } from './first-that-works.ts';
import { freePort, runServer } from './run-server.ts';
import type { Scratch } from './scratch.ts';

/** `redis-check-rdb` is the same program as `redis-server`, and decides by the name that it is called by. */
const programs = ['redis-server', 'valkey-server', 'redis-check-rdb', 'valkey-check-rdb'];

/** How to get Redis. */
export interface RedisOptions {
  scratch: Scratch;
  say(line: string): void;
  /** What `REDIS_URL` names; absent: a private one. */
  url?: string | undefined;
  /** Keep an append-only file, for tests that kill the server and start it again. */
  durable?: boolean;
}

/**
 * A Redis that answers: the one named, else a private one on a free port of the loopback interface.
 *
 * @throws StartError that says what to install or to set.
 */
export async function startRedis({
  scratch,
  say,
  url,
  durable,
}: RedisOptions): Promise<{ url: string }> {
  if (url) return named(url);

  const password = randomBytes(16).toString('hex');
  const toUrl = (port: number) => `redis://:${password}@127.0.0.1:${port}`;
  const onThisMachine = async () => {
    const program = await findProgram(programs);
    if (!program) return undefined;
    const port = await freePort();
    const folder = join(scratch.folder, `redis-${port}`);
    await mkdir(folder);
    const config = join(folder, 'redis.conf');
    await writeFile(config, toConfig({ port, folder, password, durable }), { mode: 0o600 });
    await runServer(scratch, {
      program,
      args: [config],
      argv0: basename(program).replace('check-rdb', 'server'),
      answers: () => ping(toUrl(port)),
    });
    return { url: toUrl(port) };
  };

  return firstThatWorks(
    [
      { name: 'redis-server', get: onThisMachine },
      {
        name: 'Docker',
        async get() {
          const port = await runInDocker(scratch, {
            image: 'redis:7-alpine',
            port: 6379,
            env: { REDIS_PASSWORD: password },
            args: ['sh', '-c', 'exec redis-server --save "" --requirepass "$REDIS_PASSWORD"'],
            answers: (at) => ping(toUrl(at)),
          });
          return port === undefined ? undefined : { url: toUrl(port) };
        },
      },
      {
        name: 'apt-get',
        // redis-tools brings the program without a service
        get: async () => ((await aptInstall(['redis-tools'], say)) ? onThisMachine() : undefined),
      },
    ],
    advice('No Redis found.', {
      linux:
        'Install the package redis (or valkey), start Docker, or set REDIS_URL to one that is running.',
      darwin: 'Run `brew install redis`, start Docker, or set REDIS_URL to one that is running.',
      win32: 'Start Docker Desktop, or set REDIS_URL to one that is running.',
    }),
  );
}

async function named(url: string): Promise<{ url: string }> {
  try {
    await ping(url);
    return { url };
  } catch (error) {
    throw new StartError(
      'The Redis that REDIS_URL names does not answer. Start it, or unset REDIS_URL.',
      {
        cause: error,
      },
    );
  }
}

async function ping(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => {}); // `connect` rejects with it
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

interface Config {
  port: number;
  folder: string;
  password: string;
  durable: boolean | undefined;
}

const toConfig = ({ port, folder, password, durable }: Config) => `
bind 127.0.0.1
port ${port}
requirepass ${password}
dir "${folder}"
save ""
appendonly ${durable ? 'yes' : 'no'}
maxmemory-policy noeviction
set-proc-title no
databases 16384
`;
