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
  const forget = defineScript(patient, 'forgetThread', scripts.forget);
  const claims = openClaims(patient, leaseMs);

  /** Has the sweeper look at a thread at this time, in milliseconds since 1970. */
  const mark = (redis: RedisClient, session: string, at: number) => redis.zadd(live, at, session);

  return {
    async accept(question) {
      const { session, kind, user, at } = question;
      const key = keysOf(session);
      // Most replies in a channel's threads are no questions: they cost one look-up and leave no mark.
      if (kind === 'follow-up' && !(await hasty.sismember(key.askers, user))) return 'ignored';
      await mark(hasty, session, at + sweepAfterMs); // first, so that a crash between the next two lines is found by the sweeper
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
        const [session, score] = [due[i] ?? '', due[i + 1] ?? ''];
        const key = keysOf(session);
        const [leaseMs, work, fence] = (await inspect(
          [key.lease, key.meta, key.run, key.inbox],
          [],
        )) as [number, number, number];
        if (leaseMs > 0) {
          await mark(patient, session, now + leaseMs); // a living worker has renewed it by then
        } else if (work) {
          await wake(session, `takeover:${fence}`);
          await mark(patient, session, now + sweepAfterMs);
          woken += 1;
        } else {
          // Idle. An accept that is under way has marked the thread anew; one that was cut off is delivered again.
          await forget([live], [session, score]);
        }
      }
      return woken;
    },

    async transcript(session) {
      const messages = await patient.lrange(keysOf(session).transcript, 0, -1);
      return messages.map((json) => JSON.parse(json) as TranscriptMessage);
    },
  };
}
