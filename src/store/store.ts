import type { Log } from '../log.ts';
import { openEditBudget } from './edit-budget.ts';
import { openPreferences } from './preferences.ts';
import { openTaskQueue, openTaskWorker, openWakeQueue, openWakeWorker } from './queues.ts';
import { openRedis } from './redis.ts';
import { openThreads } from './redis-threads.ts';

/** How often threads are looked at whose worker may have died, in milliseconds. */
const sweepEveryMs = 5000;

export type Store = Awaited<ReturnType<typeof openStore>>;

/**
 * Everything that is remembered, on the Redis at `url`.
 *
 * @throws StartError naming REDIS_URL when Redis does not answer.
 */
export async function openStore(url: string, log: Log) {
  const [hasty, patient] = await Promise.all([openRedis(url, 'hasty'), openRedis(url, 'patient')]);
  const wakes = openWakeQueue(hasty);
  const tasks = openTaskQueue(hasty, url);
  const threads = openThreads({ hasty, patient, wake: wakes.wake });
  return {
    threads,
    preferences: openPreferences(hasty),
    editBudget: openEditBudget(patient),
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
      const sweep = () =>
        threads.sweep().then(
          (woken) => woken > 0 && log.info({ woken }, 'woke abandoned threads'),
          (error: unknown) => log.warn({ err: error }, 'the sweeper could not look'),
        );
      void sweep();
      const timer = setInterval(() => void sweep(), sweepEveryMs);
      return { stop: () => clearInterval(timer) };
    },
    /** @throws when Redis does not answer. */
    ping: () => hasty.ping(),
    async close() {
      await Promise.all([wakes.close(), tasks.close()]);
      hasty.disconnect();
      patient.disconnect();
    },
  };
}
