import type { RedisClient } from './redis.ts';

/** Where a choice of source holds, most special first. */
export type Scope =
  | { type: 'thread'; session: string }
  | { type: 'person-in-channel'; channel: string; person: string }
  | { type: 'channel'; channel: string }
  | { type: 'person'; person: string };

/** Which data source people chose. The most special choice wins: thread, person in this channel, channel, person. */
export interface Preferences {
  /** The chosen source's name, or `auto`: all of them. */
  source(
    workspace: string,
    at: { session?: string; channel: string; person: string },
  ): Promise<string>;
  chooseSource(workspace: string, scope: Scope, source: string): Promise<void>;
}

export function openPreferences(redis: RedisClient): Preferences {
  return {
    async source(workspace, { session, channel, person }) {
      const fields = [
        ...(session ? [fieldOf({ type: 'thread', session })] : []),
        fieldOf({ type: 'person-in-channel', channel, person }),
        fieldOf({ type: 'channel', channel }),
        fieldOf({ type: 'person', person }),
      ];
      const choices = await redis.hmget(keyOf(workspace), ...fields);
      return choices.find((choice) => choice) ?? 'auto';
    },
    async chooseSource(workspace, scope, source) {
      await redis.hset(keyOf(workspace), fieldOf(scope), source);
    },
  };
}

const keyOf = (workspace: string) => `source:${workspace}`;

function fieldOf(scope: Scope): string {
  if (scope.type === 'thread') return `thread ${scope.session}`;
  if (scope.type === 'person-in-channel') return `person ${scope.person} in ${scope.channel}`;
  return scope.type === 'channel' ? `channel ${scope.channel}` : `person ${scope.person}`;
}
