import { createHash } from 'node:crypto';
import { Queue, QueueEvents, UnrecoverableError, Worker } from 'bullmq';
import type { Log } from '../log.ts';
import { connectRedis, type RedisClient } from './redis.ts';
import type { Wake } from './threads.ts';

/** One hash tag for all of BullMQ's keys: a Cluster needs it. */
const prefix = '{bull}';

const kept = {
  removeOnComplete: { age: 3600, count: 1000 },
  removeOnFail: { age: 7 * 86_400, count: 5000 },
};

/** The queue of wake-ups: a job is only a bell, what is to be done stands in the thread's inbox. */
export interface WakeQueue {
  wake: Wake;
  close(): Promise<void>;
}

export function openWakeQueue(redis: RedisClient): WakeQueue {
  const queue = new Queue('wakes', {
    connection: redis,
    prefix,
    skipVersionCheck: true,
    defaultJobOptions: {
      ...kept,
      attempts: 4,
      backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
    },
  });
  queue.on('error', () => {}); // `add` rejects on its own
  return {
    async wake(session, unique) {
      // At most one active and one waiting wake a thread: the next question rings while one is being answered.
      const id = createHash('sha256')
        .update(`${session} ${unique ?? ''}`)
        .digest('hex');
      await queue.add('wake', { session }, { deduplication: { id, keepLastIfActive: true } });
    },
    close: () => queue.close(),
  };
}

/** Takes wakes off the queue. `answer` works through one thread's inbox. */
export function openWakeWorker(
  url: string,
  answer: (session: string) => Promise<void>,
  { concurrency, log }: { concurrency: number; log: Log },
) {
  const connection = connectRedis(url, 'patient');
  const worker = new Worker<{ session: string }>('wakes', (job) => answer(job.data.session), {
    connection,
    prefix,
    concurrency,
    skipVersionCheck: true,
    // The lease decides who answers, so BullMQ's own lock may be long: a Redis outage then starts no second run.
    lockDuration: 60_000,
    stalledInterval: 5000,
    maxStalledCount: 3,
  });
  worker.on('error', (error) => log.warn({ err: error }, 'wake queue'));
  return {
    ready: () => worker.waitUntilReady(),
    /** Takes no further wake. */
    pause: () => worker.pause(true),
    async close() {
      await worker.close();
      connection.disconnect();
    },
  };
}

/** What a bot asks of whichever worker is free, since the connectors' processes are the workers'. */
export interface TaskQueue {
  /** @throws Error when no worker answered within `timeoutMs`. */
  ask(task: string, data: object, timeoutMs: number): Promise<unknown>;
  close(): Promise<void>;
}

export function openTaskQueue(redis: RedisClient, url: string): TaskQueue {
  const queue = new Queue('tasks', { connection: redis, prefix, skipVersionCheck: true });
  const connection = connectRedis(url, 'patient');
  const events = new QueueEvents('tasks', { connection, prefix });
  queue.on('error', () => {});
  events.on('error', () => {});
  return {
    async ask(task, data, timeoutMs) {
      await events.waitUntilReady();
      const job = await queue.add(task, data, {
        removeOnComplete: { age: 60 },
        removeOnFail: { age: 60 },
        deduplication: { id: `${task}:${JSON.stringify(data)}` },
      });
      return job.waitUntilFinished(events, timeoutMs);
    },
    async close() {
      await events.close();
      await queue.close();
      connection.disconnect();
    },
  };
}

/** Answers what bots ask of workers. An unknown task fails at once. */
export function openTaskWorker(
  url: string,
  tasks: Record<string, (data: unknown) => Promise<unknown>>,
  { log }: { log: Log },
) {
  const connection = connectRedis(url, 'patient');
  const worker = new Worker(
    'tasks',
    async (job) => {
      const task = tasks[job.name];
      if (!task) throw new UnrecoverableError(`no worker knows the task ${job.name}`);
      return task(job.data);
    },
    { connection, prefix, concurrency: 4, skipVersionCheck: true },
  );
  worker.on('error', (error) => log.warn({ err: error }, 'task queue'));
  return {
    async close() {
      await worker.close();
      connection.disconnect();
    },
  };
}
