import { defineScript, type RedisClient } from './redis.ts';

/** Why an edit is wanted, most urgent first. */
export type EditKind = 'final' | 'stop' | 'approval' | 'first' | 'progress';

/** One intended call of a Slack method that has a shared limit. */
export interface EditIntent {
  workspace: string;
  method: 'chat.update' | 'chat.postMessage';
  channel: string;
  run: string;
  kind: EditKind;
  /** When this run last edited, milliseconds since 1970; 0 = never. */
  lastEditAt: number;
}

/** Slack's limits are per method and workspace, so all workers of a workspace share one budget, kept in Redis. */
export interface EditBudget {
  /** Whether the call may be made now (`waitMs` 0) or when to ask again, in milliseconds. */
  grant(intent: EditIntent): Promise<{ waitMs: number }>;
  /** Slack answered 429: nobody calls this method in this workspace for `retryAfterMs`. */
  coolDown(workspace: string, method: EditIntent['method'], retryAfterMs: number): Promise<void>;
}

/** First version: everyone shares the cool-down after a 429, and is granted whatever is asked for otherwise. */
export function openEditBudget(redis: RedisClient): EditBudget {
  const keyOf = (workspace: string, method: string) => `budget:{${workspace}}:${method}:cool`;
  const coolDown = defineScript(redis, 'coolDown', longer);
  return {
    async grant({ workspace, method }) {
      const left = await redis.pttl(keyOf(workspace, method));
      return { waitMs: Math.max(left, 0) };
    },
    async coolDown(workspace, method, retryAfterMs) {
      await coolDown([keyOf(workspace, method)], [Math.ceil(retryAfterMs)]);
    },
  };
}

/** A cool-down only grows: a late 429 with a short wait does not shorten a longer one. */
const longer = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
`;
