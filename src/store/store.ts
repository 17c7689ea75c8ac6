import { setTimeout } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { atMost } from '../within.ts';
import { openAcceptedTools } from './accepted-tools.ts';
import { openEditBudget } from './edit-budget.ts';
import { openPreferences } from './preferences.ts';
import { openTaskQueue, openTaskWorker, openWakeQueue, openWakeWorker } from './queues.ts';
import { openRedis, type RedisClient } from './redis.ts';
import { openThreads } from './redis-threads.ts';

/**
 * How long the sweeper rests, in milliseconds. Together with the lease (10 s) it bounds a takeover: two seconds and a
 * look cost next to nothing, and leave room for the claim within 15 s.
 */
const sweepEveryMs = 2000;

export type Store = Awaited<ReturnType<typeof openStore>>;

/**
 * Everything that is remembered, on the Redis at `url`.
 *
 * @throws StartError naming REDIS_URL when Redis does not answer.
 */
export async function openStore(url: string, log: Log) {
  const [hasty, patient] = await Promise.all([openRedis(url, 'hasty'), openRedis(url, 'patient')]);
  await warnOfEviction(hasty, log);
  const wakes = openWakeQueue(hasty);
  const tasks = openTaskQueue(hasty, url);
  const threads = openThreads({ hasty, patient, wake: wakes.wake });
  return {
    threads,
    /** For commands, which Slack waits for. */
    preferences: openPreferences(hasty),
    /** For runs, which can wait for Redis. */
    patientPreferences: openPreferences(patient),
    editBudget: openEditBudget(patient),
    acceptedTools: openAcceptedTools(hasty),
    /** Asks whichever worker is free. */
    ask: tasks.ask,
    wake: wakes.wake,
    /** Takes wakes and tasks from now on. */
    work(
      answer: (session: string) => Promise<void>,
      answerTask: Record<string, (data: unknown) => Promise<unknown>>,
      concurrency: number,
    ) {
      const wakeWorker = openWakeWorker(url, answer, { concurrency, log });
      const taskWorker = openTaskWorker(url, answerTask, { log });
      return {
        ready: () => wakeWorker.ready(),
        pause: () => wakeWorker.pause(),
        close: () => Promise.all([wakeWorker.close(), taskWorker.close()]),
      };
    },
    /** Looks after abandoned threads until `stop` is called. */
    startSweeper() {
      const stopped = new AbortController();
      void (async () => {
        while (!stopped.signal.aborted) {
          try {
            const woken = await threads.sweep();
            if (woken > 0) log.info({ woken }, 'woke abandoned threads');
          } catch (error) {
            if (!stopped.signal.aborted) log.warn({ err: error }, 'the sweeper could not look');
          }
          await setTimeout(sweepEveryMs, undefined, { signal: stopped.signal }).catch(() => {});
        }
      })();
      return { stop: () => stopped.abort() };
    },
    /** @throws when Redis does not answer. */
    ping: () => hasty.ping(),
    /** Takes at most 5 s, also when Redis is away. */
    async close() {
      const closed = Promise.all([wakes.close(), tasks.close()]).catch(() => {});
      await atMost(5000, closed);
      hasty.disconnect();
      patient.disconnect();
    },
  };
}

/** A Redis that drops keys when it is full would drop questions. It is not ours to configure, so say it. */
async function warnOfEviction(redis: RedisClient, log: Log): Promise<void> {
  const info = await redis.info('memory').catch(() => '');
  const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'noeviction';
  if (policy !== 'noeviction')
    log.warn(
      { policy },
      'Redis may drop questions when it is full; set maxmemory-policy noeviction',
    );
}
