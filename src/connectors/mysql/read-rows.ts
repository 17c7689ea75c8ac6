import type { FieldPacket, PoolConnection } from 'mysql2';
import { type Column, toCell, toCellRules, toColumns } from './cells.ts';

/** How much of a result is wanted. */
export interface ReadLimits {
  maxRows: number;
  /** Of the rows as JSON. */
  maxBytes: number;
  /** Characters of one cell. */
  maxCell: number;
}

export interface Rows {
  columns: Column[];
  rows: unknown[][];
  /** Which limit cut the rows, if one did. */
  truncatedBy?: 'rows' | 'bytes';
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

/** How long rows past the limit may still trickle in, in milliseconds, before the statement is killed. */
const patience = 50;

/**
 * Sends one statement and keeps the rows up to the limits as they arrive.
 *
 * The rows resolve as soon as a limit is reached. A few surplus rows are let pass, because killing costs a connection.
 */
export function readRows(
  connection: PoolConnection,
  statement: { sql: string; values?: unknown[] | undefined },
  limits: ReadLimits,
  signal: AbortSignal,
): Reading {
  const started = performance.now();
  const rows = Promise.withResolvers<Rows>();
  const left = Promise.withResolvers<Left>();
  let columns: Column[] = [];
  let rules = toCellRules(columns);
  const kept: unknown[][] = [];
  let bytes = 0;
  let surplus = -1; // bytes past the limit; -1 = not reached
  let late: NodeJS.Timeout | undefined;

  const end = (how: Left, error?: unknown) => {
    clearTimeout(late);
    signal.removeEventListener('abort', onAbort);
    connection.off('error', onLost).off('end', onLost);
    if (error !== undefined) rows.reject(error);
    else deliver();
    left.resolve(how);
  };
  const deliver = (truncatedBy?: 'rows' | 'bytes') => {
    const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
    rows.resolve({ columns, rows: kept, elapsedMs, ...(truncatedBy && { truncatedBy }) });
  };
  const cut = (by: 'rows' | 'bytes') => {
    surplus = 0;
    deliver(by);
    late = setTimeout(end, patience, 'busy');
  };
  const onRow = (row: unknown) => {
    if (!Array.isArray(row)) return; // a statement without rows
    if (surplus >= 0) {
      surplus += roughSize(row);
      if (surplus > limits.maxBytes) end('busy');
      return;
    }
    if (kept.length === limits.maxRows) return cut('rows');
    const cells = rules.map((rule, index) => toCell(row[index], rule, limits.maxCell));
    bytes += Buffer.byteLength(JSON.stringify(cells)) + 1;
    if (bytes > limits.maxBytes) return cut('bytes');
    kept.push(cells);
  };
  const onFields = (fields: FieldPacket[] | undefined) => {
    if (!fields || columns.length > 0) return;
    columns = toColumns(fields);
    rules = toCellRules(columns, fields);
  };
  const onLost = () => end('lost', connectionLost);
  const onAbort = () => end('busy', signal.reason);

  if (signal.aborted) {
    end('clean', signal.reason);
    return { rows: rows.promise, left: left.promise };
  }
  signal.addEventListener('abort', onAbort);
  connection.on('error', onLost).on('end', onLost);
  const { sql, values } = statement;
  connection
    .query({ sql, rowsAsArray: true, ...(values && { values }) })
    .on('fields', onFields)
    .on('result', onRow)
    .on('error', (error: unknown) => end(leftBy(error), error))
    .on('end', () => end('clean'));
  return { rows: rows.promise, left: left.promise };
}

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
