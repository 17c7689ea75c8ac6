import type { Socket } from 'node:net';
import {
  createConnection,
  createPool,
  type Pool,
  type PoolConnection,
  type PoolOptions,
} from 'mysql2';
import { ToolError } from '../tool-error.ts';
import { type Dialect, type StatementLimits, toDialect } from './dialect.ts';
import { connectionLost, type Left } from './read-rows.ts';

/** Where the database is and who signs in. */
export interface Account {
  host: string;
  port: number;
  user: string;
  password: string;
  database?: string | undefined;
}

/** A connection on loan, inside a read-only transaction, with our settings. */
export interface Session {
  connection: PoolConnection;
  dialect: Dialect;
  /** False when the connection was opened for this loan, so that a loss is the server's and no old one. */
  reused: boolean;
}

export interface SessionWishes extends StatementLimits {
  database?: string | undefined;
}

/** How long a question may wait for a free connection, in milliseconds. */
const queuePatience = 5_000;

/** What a connection is prepared for while nobody waits, so that the usual loan costs one round trip. */
const usual: StatementLimits = { timeoutMs: 15_000, rows: 201 };

const begin = 'START TRANSACTION READ ONLY';

interface Prepared {
  dialect: Dialect;
  limits: string;
  database: string | undefined;
  /** In its read-only transaction already. It sees the data as of its first read, however long it waited. */
  begun: boolean;
}

/**
 * The pool. Each loan begins in a read-only transaction and ends in a reset that forgets everything (variables,
 * locks, temporary tables), so that nothing passes from one person's question to the next.
 */
export class Sessions {
  readonly #pool: Pool;
  readonly #options: PoolOptions;
  readonly #home: string | undefined;
  readonly #prepared = new WeakMap<PoolConnection, Prepared>();

  constructor({ database, ...account }: Account) {
    this.#home = database;
    this.#options = {
      ...account,
      charset: 'utf8mb4',
      connectTimeout: 5_000,
      dateStrings: true,
      disableEval: true, // column names are outside data; no code is made from them
      flags: ['-LOCAL_FILES', '-IGNORE_SPACE'],
      jsonStrings: true,
      multipleStatements: false,
      supportBigNumbers: true,
    };
    this.#pool = createPool({
      ...this.#options,
      ...(database && { database }),
      connectionLimit: 6,
      maxIdle: 4,
      idleTimeout: 60_000,
      queueLimit: 200,
    });
    // The driver listens for one error only; a second one on the same connection would end the process.
    this.#pool.on('connection', (connection) => connection.on('error', () => {}));
  }

  /**
   * Lends a session. A connection that died in the pool is replaced without a word.
   *
   * @throws ToolError `RATE_LIMITED` when all connections stay taken for 5 s.
   */
  async lend(wishes: SessionWishes, signal: AbortSignal): Promise<Session> {
    for (;;) {
      const connection = await this.#connect(signal);
      const reused = this.#prepared.has(connection);
      try {
        return { ...(await unlessAborted(this.#begin(connection, wishes), signal)), reused };
      } catch (error) {
        const left = signal.aborted || isLost(error) ? 'lost' : 'clean';
        void this.takeBack({ connection }, left);
        if (!reused || !isLost(error)) throw error;
      }
    }
  }

  /** Takes a session back. What is still running on it is killed on the server. */
  async takeBack({ connection }: Pick<Session, 'connection'>, left: Left): Promise<void> {
    if (left === 'clean') return this.#clean(connection).catch(() => connection.destroy());
    const { threadId } = connection;
    sever(connection);
    if (left === 'busy' && threadId !== null) await this.#kill(threadId);
  }

  /** Says goodbye to the server, for at most a second. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, 1_000).unref();
      this.#pool.end(() => resolve());
    });
  }

  async #connect(signal: AbortSignal): Promise<PoolConnection> {
    const patience = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const onEnqueue = () => {
      timer = setTimeout(() => patience.abort(busy()), queuePatience);
    };
    const connection = new Promise<PoolConnection>((resolve, reject) => {
      this.#pool.once('enqueue', onEnqueue); // fires at once or not at all
      this.#pool.getConnection((error, connection) =>
        error ? reject(error) : resolve(connection),
      );
      this.#pool.off('enqueue', onEnqueue);
    });
    const stop = timer ? AbortSignal.any([signal, patience.signal]) : signal;
    return unlessAborted(connection, stop, (late) => late.release()).finally(() =>
      clearTimeout(timer),
    );
  }

  async #begin(connection: PoolConnection, wishes: SessionWishes) {
    const prepared = this.#prepared.get(connection) ?? (await this.#prepare(connection));
    const { dialect } = prepared;
    const limits = dialect.limits(wishes);
    if (limits !== prepared.limits) {
      await run(connection, `SET ${limits}`);
      prepared.limits = limits;
    }
    const { database = this.#home } = wishes;
    if (database !== undefined && database !== prepared.database) {
      await run(connection, `USE ${quoteName(database)}`);
      prepared.database = database;
    }
    if (!prepared.begun) await run(connection, begin);
    return { connection, dialect };
  }

  /** The first loan of a connection: finds out what the server is and checks that it obeys. */
  async #prepare(connection: PoolConnection): Promise<Prepared> {
    const [version, sqlMode] = await row(connection, 'SELECT VERSION(), @@sql_mode');
    const dialect = toDialect(String(version), String(sqlMode));
    const limits = dialect.limits(usual);
    const prepared = { dialect, limits, database: this.#home, begun: false };
    await run(connection, `SET ${dialect.setup}, ${prepared.limits}`);
    const [state] = await row(connection, dialect.verify.query);
    if (state !== dialect.verify.expected)
      throw new ToolError(
        'UPSTREAM_ERROR',
        'the database did not take the settings of our session',
        {
          why: 'without them a query is not surely read-only, so none is sent',
          try: 'asking an operator; a proxy between us and the database may drop SET statements',
          cause: state,
        },
      );
    this.#prepared.set(connection, prepared);
    return prepared;
  }

  /** Ends the transaction, forgets all, and prepares for the next loan. Nobody waits for it. */
  async #clean(connection: PoolConnection): Promise<void> {
    const prepared = this.#prepared.get(connection);
    // There is no statement for "no database": such a connection has served.
    if (!prepared || (this.#home === undefined && prepared.database !== undefined))
      return connection.destroy();
    await new Promise<void>((resolve, reject) =>
      connection.reset((error) => (error ? reject(error) : resolve())),
    );
    if (this.#home !== undefined && prepared.database !== this.#home)
      await run(connection, `USE ${quoteName(this.#home)}`);
    const { dialect } = prepared;
    const limits = dialect.limits(usual);
    await run(connection, `SET ${dialect.setup}, ${limits}`);
    await run(connection, begin);
    this.#prepared.set(connection, { dialect, limits, database: this.#home, begun: true });
    connection.release();
  }

  /** Best effort: should it fail, the server's own time limit ends the statement. */
  async #kill(threadId: number): Promise<void> {
    const connection = createConnection({ ...this.#options, connectTimeout: 2_000 });
    connection.on('error', () => {});
    await run(connection, `KILL QUERY ${threadId}`).catch(() => {});
    connection.destroy();
  }
}

const busy = () =>
  new ToolError('RATE_LIMITED', 'the database is busy with other questions', {
    try: 'again in a few seconds',
  });

/** The driver's own `destroy` says goodbye and goes on reading, were it millions of rows. */
function sever(connection: PoolConnection) {
  connection.destroy();
  (connection as unknown as { stream: Socket }).stream.destroy();
}

/** A name as SQL quotes it. */
export const quoteName = (name: string) => `\`${name.replaceAll('`', '``')}\``;

/** Whether the error says that the connection is gone rather than that the server refused something. */
export function isLost(error: unknown): boolean {
  if (error === connectionLost) return true;
  const { code, fatal, sqlState } = error as { code?: string; fatal?: boolean; sqlState?: string };
  return (fatal === true && !sqlState) || code === 'EPIPE' || code === 'ECONNRESET';
}

type Runner = Pick<PoolConnection, 'query'>;

const run = (connection: Runner, sql: string) =>
  new Promise<unknown>((resolve, reject) => {
    connection.query({ sql, rowsAsArray: true }, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });

const row = async (connection: Runner, sql: string) =>
  ((await run(connection, sql)) as unknown[][])[0] ?? [];

function unlessAborted<T>(
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
