import { randomUUID } from 'node:crypto';
import type { RedisClient } from './redis.ts';

/** A tool's whole result, kept so that a table, chart or file is made from it and not from a model's retyping. */
export interface StoredResult {
  columns: { name: string; type?: string }[];
  rows: unknown[][];
}

/** Results by handle. A handle is a secret of its session: another session's never opens. */
export interface Results {
  put(session: string, result: StoredResult): Promise<string>;
  /** Nothing when the handle is unknown, of another session, or older than a day. */
  get(session: string, handle: string): Promise<StoredResult | undefined>;
}

/** How long a result is kept, in seconds: a day. */
const ttlS = 86_400;

export function openResults(redis: RedisClient): Results {
  const keyOf = (session: string, handle: string) => `result:{${session}}:${handle}`;
  return {
    async put(session, result) {
      const handle = randomUUID();
      await redis.set(keyOf(session, handle), JSON.stringify(result), 'EX', ttlS);
      return handle;
    },
    async get(session, handle) {
      const json = await redis.get(keyOf(session, handle));
      return json ? (JSON.parse(json) as StoredResult) : undefined;
    },
  };
}
