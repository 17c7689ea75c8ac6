import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { openRedis, type RedisClient } from '../../src/store/redis.ts';

/** Two connections to the test run's Redis, closed with `await using`. */
export async function redisConnections(): Promise<
  AsyncDisposable & { hasty: RedisClient; patient: RedisClient; url: string }
> {
  const url = inject('redisUrl');
  const [hasty, patient] = await Promise.all([openRedis(url, 'hasty'), openRedis(url, 'patient')]);
  return {
    hasty,
    patient,
    url,
    async [Symbol.asyncDispose]() {
      hasty.disconnect();
      patient.disconnect();
    },
  };
}

/** A workspace id that no other test uses: all keys of a test hang on it. */
export const freshTeam = (): string => `T${randomUUID().slice(0, 8)}`;

let databases = 0;

/** A database of its own on the test run's Redis, for tests with queues: those are shared by everyone on a database. */
export function freshRedisUrl(): string {
  const worker = Number(process.env.VITEST_POOL_ID ?? 1);
  databases += 1;
  return `${inject('redisUrl')}/${(worker * 60 + databases) % 512}`;
}
