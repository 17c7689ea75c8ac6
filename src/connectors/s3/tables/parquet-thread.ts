import { getCompileCacheDir } from 'node:module';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ToolError } from '../../tool-error.ts';
import { ownBuffer } from './own-buffer.ts';
import type { ParquetFile, ParquetOptions } from './parquet-table.ts';
import type { FromThread, ParquetTask, ToThread } from './parquet-worker.ts';
import type { Table } from './table.ts';

/** JavaScript where the package is installed, TypeScript in a checkout. */
const script = new URL(`./parquet-worker${extname(import.meta.url)}`, import.meta.url);

/** Longest time without a word from the thread, in milliseconds. */
const usualPatience = 10_000;

type Ask = (message?: ToThread) => Promise<FromThread>;

/**
 * Reads a Parquet file in a thread of its own. A few wrong bytes make the library count to billions or fill the memory:
 * here that costs the thread, which has its limits, and not the connector. Its memory goes with it.
 *
 * @throws ToolError as `openParquet` does, and `INVALID_ARGUMENT` when the thread had to be ended.
 */
export async function openParquetAside(
  file: ParquetFile,
  options: ParquetOptions,
  signal: AbortSignal,
  patience = usualPatience,
): Promise<Table> {
  const workerData: ParquetTask = { size: file.size, ...options };
  const cache = getCompileCacheDir();
  const worker = new Worker(script, {
    workerData,
    env: { ...(cache && { NODE_COMPILE_CACHE: cache }) }, // no secrets
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 2 },
  });
  worker.on('error', () => {}); // whoever waits is told
  const ask: Ask = (message) => converse(worker, file, { message, signal, patience });
  const close = async () => void (await worker.terminate());
  const opened = await ask().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  if (opened.type !== 'table') throw new Error(`The thread began with ${opened.type}.`);
  let notes: string[] = [];
  let isPartial = false;
  async function* rows() {
    for (let isEnd = false; !isEnd; ) {
      const answer = await ask({ type: 'more' });
      if (answer.type !== 'rows') throw new Error(`The thread answered with ${answer.type}.`);
      ({ isEnd, isPartial, notes } = answer);
      yield* answer.rows;
    }
  }
  return {
    format: 'parquet',
    columns: opened.columns,
    rows: rows(),
    total: () => opened.total,
    isPartial: () => isPartial,
    notes: () => notes,
    close,
  };
}

interface Talk {
  message?: ToThread | undefined;
  signal: AbortSignal;
  patience: number;
}

/** Says something and gives the answer. In between the thread may ask for bytes, for which it does not have to hurry. */
function converse(
  worker: Worker,
  file: ParquetFile,
  { message, signal, patience }: Talk,
): Promise<FromThread> {
  const { promise, resolve, reject } = Promise.withResolvers<FromThread>();
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(() => reject(endless()), patience);
  };
  const onMessage = (heard: FromThread) => {
    clearTimeout(timer);
    if (heard.type === 'fault') return reject(toFault(heard));
    if (heard.type !== 'read') return resolve(heard);
    file.read(heard.start, heard.end).then((bytes) => {
      const buffer = ownBuffer(bytes);
      worker.postMessage({ type: 'bytes', buffer } satisfies ToThread, [buffer]); // moved, not copied
      wait();
    }, reject);
  };
  const onError = (error: Error) => reject(broken(error));
  const onGone = () => reject(signal.reason);
  worker.on('message', onMessage).on('error', onError);
  signal.addEventListener('abort', onGone, { once: true });
  if (signal.aborted) onGone();
  if (message) worker.postMessage(message);
  wait();
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onError);
    signal.removeEventListener('abort', onGone);
  });
}

const endless = () => broken(new Error('it takes too long to read'));

const broken = (cause: Error) =>
  new ToolError('INVALID_ARGUMENT', 'this Parquet file can not be read', {
    why: 'it is damaged, or takes more time or memory than a preview may',
    try: 'other columns, if only one is at fault',
    cause,
  });

/** The same sentence as in the thread. */
const toFault = ({ code, what, message }: FromThread & { type: 'fault' }) =>
  Object.assign(new ToolError(code, what), { message });
