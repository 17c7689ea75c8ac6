import type { FieldPacket, PoolConnection } from 'mysql2';
import type { Spool } from '../../spool.ts';
import { ToolError } from '../../tool-error.ts';
import { type Cut, type KeptRows, type ReadLimits, RowKeeper } from './keep-rows.ts';
import { toSocket } from './to-socket.ts';

export interface Rows extends KeptRows {
  /** From sending the statement to the last row kept, in milliseconds. */
  elapsedMs: number;
}

/** How a connection is left: ready for more, still receiving rows that nobody wants, or cut. */
export type Left = 'clean' | 'busy' | 'lost';

/** A statement under way. */
export interface Reading {
  /** Rejects with what the server said, with `connectionLost`, or with the signal's reason. */
  rows: Promise<Rows>;
  left: Promise<Left>;
}

export const connectionLost = new Error('The connection to the database was lost');

/** The driver holds a row three times over before anybody sees it. In bytes: the most that MariaDB sends by default. */
const largestRow = 16 * 1024 * 1024;

/** How long rows past the limit may still trickle in, in milliseconds, before the statement is killed. */
const patience = 50;

/** What is sent, and what becomes of the rows. */
export interface Statement {
  sql: string;
  values?: unknown[] | undefined;
  limits: ReadLimits;
  /** Gets all rows when the limit in bytes does not. */
  spool?: Spool | undefined;
}

/**
 * Sends one statement and keeps the rows up to the limits as they arrive; the server waits while the disk lags.
 *
 * The rows resolve as soon as a limit is reached. A few surplus rows are let pass, because killing costs a connection.
 */
export function readRows(
  connection: PoolConnection,
  { sql, values, limits, spool }: Statement,
  signal: AbortSignal,
): Reading {
  const started = performance.now();
  const rows = Promise.withResolvers<Rows>();
  const left = Promise.withResolvers<Left>();
  const keeper = new RowKeeper(limits, spool);
  let surplus = -1; // bytes past the limit; -1 = not reached
  let late: NodeJS.Timeout | undefined;
  let isOver = false;
  let isDelivered = false;
  let unread = 0; // bytes since the last row
  const socket = toSocket(connection);

  const end = (how: Left, error?: unknown) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(late);
    connection.off('error', onLost).off('end', onLost);
    socket.off('data', onData);
    if (surplus < 0) error === undefined ? void deliver() : fail(error);
    left.resolve(how);
  };
  const fail = (error: unknown) => {
    if (isDelivered) return;
    rows.reject(error);
    keeper.discard();
  };
  const deliver = async (cut?: Cut) => {
    const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
    const kept = await keeper.finish(cut);
    isDelivered = true;
    rows.resolve({ ...kept, elapsedMs });
  };
  const cut = (by: Cut) => {
    surplus = 0;
    void deliver(by);
    late = setTimeout(end, patience, 'busy');
  };
  /** An error in the middle of the driver would end the process. */
  const take = (row: unknown[]) => {
    try {
      return keeper.take(row);
    } catch (error) {
      end('busy', error);
      return;
    }
  };
  const onData = ({ length }: Buffer) => {
    unread += length;
    if (unread > largestRow) end('busy', rowTooLarge());
  };
  const onRow = (row: unknown) => {
    unread = 0;
    if (isOver || !Array.isArray(row)) return; // a statement without rows
    if (surplus >= 0) {
      surplus += roughSize(row);
      if (surplus > limits.maxBytes) end('busy');
      return;
    }
    const reached = take(row);
    if (reached) return cut(reached);
    const wait = keeper.wait;
    if (!wait || isOver) return;
    connection.pause();
    void wait.then(() => {
      if (!isOver) connection.resume();
    });
  };
  const onFields = (fields: FieldPacket[] | undefined) => keeper.begin(fields);
  const onLost = () => end('lost', connectionLost);
  const onAbort = () => {
    end('busy', signal.reason);
    fail(signal.reason); // all rows have come, but the disk has not taken them yet
  };

  if (signal.aborted) {
    end('clean', signal.reason);
    return { rows: rows.promise, left: left.promise };
  }
  signal.addEventListener('abort', onAbort);
  rows.promise.catch(() => {}).finally(() => signal.removeEventListener('abort', onAbort));
  connection.on('error', onLost).on('end', onLost);
  socket.on('data', onData);
  connection
    .query({ sql, rowsAsArray: true, ...(values && { values }) })
    .on('fields', onFields)
    .on('result', onRow)
    .on('error', (error: unknown) => end(leftBy(error), error))
    .on('end', () => end('clean'));
  return { rows: rows.promise, left: left.promise };
}

const rowTooLarge = () =>
  new ToolError('TOO_LARGE', 'a row is larger than 16 MB', {
    try: 'LEFT(column, 200) in place of the long column, or CHAR_LENGTH(column)',
  });

/** What the driver itself could not read leaves the rest of the rows on the line. */
function leftBy(error: unknown): Left {
  const { sqlState, fatal } = error as { sqlState?: string; fatal?: boolean };
  if (sqlState) return 'clean';
  return fatal ? 'lost' : 'busy';
}

const roughSize = (row: unknown[]) =>
  row.reduce<number>((sum, cell) => {
    const isLong = typeof cell === 'string' || Buffer.isBuffer(cell);
    return sum + (isLong ? cell.length : 8);
  }, 0);
