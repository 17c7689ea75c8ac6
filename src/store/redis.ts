import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { z } from 'zod';
import { StartError } from '../errors.ts';

export const redisConfig = z.object({
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .default('redis://127.0.0.1:6379')
    .describe(
      'where Redis is, e.g. redis://127.0.0.1:6379; several comma-separated URLs for a Cluster',
    ),
});

/** One Redis or a Cluster: the store does not care. */
export type RedisClient = Redis | Cluster;

/**
 * `hasty` for what Slack waits for: a command fails within 1.5 s, nothing is queued while Redis is away.
 * `patient` for work in progress: commands wait for Redis to come back; the lease decides when that is too long.
 */
export type Patience = 'hasty' | 'patient';

const options = {
  hasty: { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 1500 },
  patient: { maxRetriesPerRequest: null },
} satisfies Record<Patience, RedisOptions>;

/** Opens a connection without waiting for it; errors are reported by the commands, not as events. */
export function connectRedis(url: string, patience: Patience): RedisClient {
  const common = {
    ...options[patience],
    retryStrategy: (tries: number) => Math.min(50 * 2 ** Math.min(tries, 6), 2000),
  };
  const urls = url.split(',').map((part) => part.trim());
  const redis =
    urls.length > 1
      ? new Cluster(urls, {
          redisOptions: options[patience],
          enableOfflineQueue: patience === 'patient',
          clusterRetryStrategy: (tries) => Math.min(100 * tries, 2000),
        })
      : new Redis(url, common);
  redis.on('error', () => {}); // each failed command rejects on its own; without a listener the process would end
  return redis;
}

/**
 * Opens a connection that is ready to use.
 *
 * @throws StartError when Redis does not answer within 5 s or refuses us; the message names REDIS_URL, without its password.
 */
export async function openRedis(url: string, patience: Patience): Promise<RedisClient> {
  const redis = connectRedis(url, patience);
  try {
    await untilReady(redis);
    return redis;
  } catch (cause) {
    redis.disconnect();
    const where = withoutPassword(url);
    const refused = /NOAUTH|WRONGPASS/.test(String(cause));
    throw new StartError(
      refused
        ? `Redis at ${where} does not accept our user or password. Put them into REDIS_URL: redis://user:password@host:port.`
        : `Redis does not answer at ${where}. Start Redis there, or set REDIS_URL.`,
      { cause },
    );
  }
}

function untilReady(redis: RedisClient): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    let last: unknown;
    const timer = setTimeout(() => reject(last ?? new Error('no answer in 5 s')), 5000);
    redis.on('error', (error: unknown) => {
      last = error;
      if (/NOAUTH|WRONGPASS/.test(String(error))) reject(error); // patience does not mend a password
    });
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const withoutPassword = (url: string) => url.replaceAll(/\/\/[^@/]*@/g, '//');

/** A Lua script as a function: keys first, then arguments. Runs by its hash, and is loaded when Redis lost it. */
export type Script = (keys: string[], args: (string | number)[]) => Promise<unknown>;

/** Prepares a Lua script on a connection. Its keys must share one hash tag, so that it also runs on a Cluster. */
export function defineScript(redis: RedisClient, name: string, lua: string): Script {
  redis.defineCommand(name, { lua });
  const command: unknown = Reflect.get(redis, name);
  if (typeof command !== 'function') throw new TypeError(`script ${name} was not defined`);
  return (keys, args) => command.call(redis, keys.length, ...keys, ...args);
}
