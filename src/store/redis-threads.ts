import { openClaims } from './claims.ts';
import { defineScript, type RedisClient } from './redis.ts';
import { keysOf } from './thread-keys.ts';
import * as scripts from './thread-scripts.ts';
import type { Acceptance, Threads, TranscriptMessage, Wake } from './threads.ts';

interface Connections {
  /** For `accept`: fails fast, since Slack waits. */
  hasty: RedisClient;
  /** For work in progress: waits for Redis. */
  patient: RedisClient;
  wake: Wake;
  /** Lease length in milliseconds; short only in tests. */
  leaseMs?: number;
}

/** How long after its last mark a thread is looked at by the sweeper, in milliseconds. */
const sweepAfterMs = 5000;
const live = 'live:threads';

/** The threads of all workspaces on Redis; the scripts are in thread-scripts.ts. */
export function openThreads({ hasty, patient, wake, leaseMs = 10_000 }: Connections): Threads {
  const accept = defineScript(hasty, 'acceptQuestion', scripts.accept);
  const inspect = defineScript(patient, 'inspectThread', scripts.inspect);
  const claims = openClaims(patient, leaseMs);

  const mark = (redis: RedisClient, session: string, now: number) =>
    redis.zadd(live, now + sweepAfterMs, session);

  return {
    async accept(question) {
      const { session, kind, user, at } = question;
      const key = keysOf(session);
      // Most replies in a channel's threads are no questions: they cost one look-up and leave no mark.
      if (kind === 'follow-up' && !(await hasty.sismember(key.askers, user))) return 'ignored';
      await mark(hasty, session, at); // first, so that a crash between the next two lines is found by the sweeper
      const verdict = (await accept(
        [key.seen, key.inbox, key.meta, key.askers],
        [at, kind, user, JSON.stringify(question), ...question.identities],
      )) as Acceptance;
      if (verdict !== 'ignored') await wake(session); // also for a duplicate: its first delivery may have died here
      return verdict;
    },

    claim: claims.claim,

    async sweep(now = Date.now()) {
      const due = await patient.zrangebyscore(live, '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1000);
      let woken = 0;
      for (let i = 0; i < due.length; i += 2) {
        const [session, score] = [due[i] ?? '', Number(due[i + 1])];
        const key = keysOf(session);
        const [held, work, fence] = (await inspect(
          [key.lease, key.meta, key.run, key.inbox],
          [],
        )) as number[];
        if (!held && work) {
          await wake(session, `takeover:${fence}`);
          woken += 1;
        }
        if (held || work) await mark(patient, session, now);
        else if (score < now - 60_000) await patient.zrem(live, session); // idle for a minute: no accept is under way
      }
      return woken;
    },

    async transcript(session) {
      const messages = await patient.lrange(keysOf(session).transcript, 0, -1);
      return messages.map((json) => JSON.parse(json) as TranscriptMessage);
    },
  };
}
