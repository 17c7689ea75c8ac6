import type { Pool, PoolConnection } from 'mysql2';
import { ToolError } from '../../tool-error.ts';

/**
 * Takes a connection, a new one or one that was given back.
 *
 * @throws ToolError `RATE_LIMITED` when all stay taken for `queueMs`; the signal's reason; what the driver says.
 */
export async function fromPool(
  pool: Pool,
  queueMs: number,
  signal: AbortSignal,
): Promise<PoolConnection> {
  const patience = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onEnqueue = () => {
    timer = setTimeout(() => patience.abort(busy()), queueMs);
  };
  const connection = new Promise<PoolConnection>((resolve, reject) => {
    pool.once('enqueue', onEnqueue); // fires at once or not at all
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
    pool.off('enqueue', onEnqueue);
  });
  const stop = timer ? AbortSignal.any([signal, patience.signal]) : signal;
  return unlessAborted(connection, stop, (late) => late.release()).finally(() =>
    clearTimeout(timer),
  );
}

const busy = () =>
  new ToolError('RATE_LIMITED', 'the database is busy with other questions', {
    try: 'again in a few seconds',
  });

/** The work, or the signal's reason if that fires before; what comes late is then handed to `onLate`. */
export function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  onLate: (value: T) => void = () => {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      work.then(onLate, () => {});
      reject(signal.reason);
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
