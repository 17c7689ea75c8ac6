import { randomInt, randomUUID } from 'node:crypto';
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

/**
 * A database of its own on the test run's Redis, for tests with queues: those are shared by everyone on a database.
 * Drawn from so many that no test finds what another one, killed in mid-work perhaps, has left.
 */
export const freshRedisUrl = (): string => `${inject('redisUrl')}/${randomInt(1, 16_384)}`;
