import type { z } from 'zod';
import type { Spool } from '../../spool.ts';
import { ToolError } from '../../tool-error.ts';
import { explainError } from '../errors/explain-error.ts';
import { checkNative } from '../guard/check-calls.ts';
import type { ReadOnlySql } from '../guard/read-only-sql.ts';
import { isLost } from './lost-connection.ts';
import type { Server } from './prepare-session.ts';
import { type Rows, readRows } from './read-rows.ts';
import { type Account, type Patience, type Session, Sessions } from './sessions.ts';

/** What a statement may cost. */
export interface SelectOptions {
  /** Default: the configured one. */
  database?: string | undefined;
  /** For the `?` in statements of ours. */
  values?: unknown[];
  /** Default 200. */
  maxRows?: number;
  /** Of the rows as JSON; default 18 kB, which leaves room for the rest of an answer of 20 kB. */
  maxBytes?: number;
  /** Whether the columns count as well. */
  withColumns?: boolean;
  /** Characters of one cell; default 2,000. */
  maxCell?: number;
  /** Default 15 s, without the wait for a connection. The server ends the statement; should it not, we kill it. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
  /** Gets all rows when they are larger than `maxBytes`. */
  spool?: Spool | undefined;
}

/** The same for statements whose rows are objects. */
export interface ObjectsOptions extends SelectOptions {
  /** Told when there are more rows than the limits allow; without it that is an error. */
  onCut?: (() => void) | undefined;
}

/** How much later than the server, in milliseconds, we give a statement up. */
const grace = 500;

/** How long it may take, in milliseconds, until a session is ready. */
const lendLimit = 12_000;

/** A MySQL or MariaDB server that is only read. It need not be up: calls say so, and work again when it is. */
export class Mysql {
  /** The database that is meant when none is named. */
  readonly database: string | undefined;
  readonly #sessions: Sessions;

  constructor(account: Account, patience?: Partial<Patience>) {
    this.database = account.database;
    this.#sessions = new Sessions(account, patience);
  }

  /**
   * Runs one reading statement in a read-only transaction of its own and keeps the rows up to the limits.
   *
   * @throws ToolError in words for the model, whatever went wrong.
   */
  async select(sql: ReadOnlySql, options: SelectOptions = {}): Promise<Rows> {
    const { timeoutMs = 15_000, signal } = options;
    const stop = new AbortController();
    const cancel = () => stop.abort(new ToolError('CANCELLED', 'the call was cancelled'));
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await this.#select(sql, options, timeoutMs, stop);
    } catch (error) {
      if (error instanceof ToolError) throw error;
      throw await explainError(error, { mysql: this, sql, timeoutMs, database: options.database });
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /**
   * The same, as objects that `row` describes; its keys are the names of the columns. For statements of ours.
   *
   * @throws ToolError `TOO_LARGE` past 20,000 rows or 8 MB, unless `onCut` is there to be told.
   */
  async objects<Row extends z.ZodType>(
    sql: ReadOnlySql,
    row: Row,
    { onCut = refuseHalf, ...options }: ObjectsOptions = {},
  ): Promise<z.output<Row>[]> {
    const wide = { maxRows: 20_000, maxBytes: 8_000_000, maxCell: 16_000, ...options };
    const { columns, rows, truncatedBy } = await this.select(sql, wide);
    if (truncatedBy) onCut();
    const names = columns.map(({ name }) => name);
    return rows.map((cells) =>
      row.parse(Object.fromEntries(names.map((name, index) => [name, cells[index]]))),
    );
  }

  /** What was learnt of the server when a connection was last opened; nothing before the first. */
  get server(): Server | undefined {
    return this.#sessions.server;
  }

  /** The same, asked for if nobody has yet. */
  async learn(signal?: AbortSignal): Promise<Server> {
    try {
      return await this.#sessions.learn(signal ?? AbortSignal.timeout(lendLimit));
    } catch (error) {
      if (error instanceof ToolError) throw error;
      throw await explainError(error, { mysql: this, sql: '', timeoutMs: lendLimit });
    }
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  async #select(
    sql: ReadOnlySql,
    options: SelectOptions,
    timeoutMs: number,
    stop: AbortController,
  ): Promise<Rows> {
    const { signal } = stop;
    const { database, values, spool, withColumns } = options;
    const { maxRows = 200, maxBytes = 18_000, maxCell = 2_000 } = options;
    for (let attempt = 1; ; attempt += 1) {
      const wishes = { database, timeoutMs, rows: maxRows + 1 };
      const lent = this.#sessions.lend(wishes, signal);
      const session = await within(lendLimit, lent, () => stop.abort(unanswered()));
      this.#checkNative(sql, session);
      const limits = { maxRows, maxBytes, maxCell, withColumns };
      const statement = { sql, values, limits, spool };
      const reading = readRows(session.connection, statement, signal);
      const returned = reading.left.then((left) => this.#sessions.takeBack(session, left));
      try {
        // The time begins here: waiting for others is not the statement's fault.
        return await within(timeoutMs + grace, reading.rows, () => stop.abort(timedOut(timeoutMs)));
      } catch (error) {
        if (signal.aborted) await returned; // "cancelled" shall mean that the server stopped, too
        // A read may be asked again: as long as old connections turn out dead, and once after a new one died.
        if (!isLost(error) || !(session.reused || attempt === 1)) throw error;
      }
    }
  }

  /** Only here is it known what the server is. */
  #checkNative(sql: ReadOnlySql, session: Session) {
    try {
      checkNative(sql, session.dialect);
    } catch (error) {
      void this.#sessions.takeBack(session, 'clean');
      throw error;
    }
  }
}

/** Waits for the work and speaks up when it takes longer than `ms`. */
function within<T>(ms: number, work: Promise<T>, onLate: () => void): Promise<T> {
  const timer = setTimeout(onLate, ms);
  return work.finally(() => clearTimeout(timer));
}

/** Half of a schema looks like a whole one. */
function refuseHalf(): never {
  throw new ToolError('TOO_LARGE', 'there is more of it than can be read at once', {
    try: 'a question about one table or database, or a query of information_schema with a LIMIT',
  });
}

const unanswered = () =>
  new ToolError('UPSTREAM_ERROR', 'the database is not answering', {
    why: `it accepted no session within ${lendLimit / 1000} s`,
    try: 'again in a minute',
  });

const timedOut = (timeoutMs: number) =>
  new ToolError('TIMEOUT', `no answer after ${timeoutMs / 1000} s`, {
    why: 'the statement took too long, or the database is busy',
    try: 'a narrower WHERE, an indexed column (get_table_indexes shows them), or an aggregate',
  });
