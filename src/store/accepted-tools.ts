import type { RedisClient } from './redis.ts';

/** A tool of somebody else's server, as it was seen. */
export interface SeenTool {
  name: string;
  /** SHA-256 of its name, description and schema of arguments, as the server sent them. */
  hash: string;
  /** What the model would read of it. */
  description: string;
  inputSchema: Record<string, unknown>;
}

/** The tools of a source that the configuration names, as they were seen at one time. */
export interface SeenTools {
  tools: SeenTool[];
  /** The names that the configuration had then, also of tools that the server did not have. */
  named: string[];
  /** Milliseconds since 1970. */
  at: number;
}

/** Which tools of other people's servers were accepted, for the whole deployment. Each call takes 1.5 s at most. */
export interface AcceptedTools {
  /** What is accepted of a source. When nothing was yet, what is seen now: trust on first use. */
  acceptFirst(source: string, seen: SeenTools): Promise<SeenTools>;
  accept(source: string, tools: SeenTools): Promise<void>;
  /** Keeps what was not accepted for an operator to look at; nothing when there is nothing to look at any more. */
  hold(source: string, tools: SeenTools | undefined): Promise<void>;
  /** All sources that were ever seen, by name. */
  list(): Promise<{ source: string; accepted: SeenTools; held?: SeenTools }[]>;
}

/** On a connection that fails fast: while Redis is away, what is new is not trusted. */
export function openAcceptedTools(redis: RedisClient): AcceptedTools {
  return {
    async acceptFirst(source, seen) {
      await redis.hsetnx(accepted, source, JSON.stringify(seen));
      const now = await redis.hget(accepted, source);
      return now === null ? seen : JSON.parse(now);
    },
    async accept(source, tools) {
      await redis.hset(accepted, source, JSON.stringify(tools));
      await redis.hdel(held, source);
    },
    async hold(source, tools) {
      if (tools) await redis.hset(held, source, JSON.stringify(tools));
      else await redis.hdel(held, source);
    },
    async list() {
      const [all, waiting] = await Promise.all([redis.hgetall(accepted), redis.hgetall(held)]);
      return Object.entries(all)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([source, json]) => {
          const change = waiting[source];
          return {
            source,
            accepted: JSON.parse(json),
            ...(change && { held: JSON.parse(change) }),
          };
        });
    },
  };
}

const accepted = 'tools:accepted';
const held = 'tools:held';
