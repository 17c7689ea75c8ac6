import { setImmediate } from 'node:timers/promises';
import {
  type Connection,
  createConnection,
  createPool,
  type Pool,
  type PoolConnection,
} from 'mysql2';
import { quoteName } from '../schema/quote-name.ts';
import { type Account, type SslMode, toConnectOptions, toSslMode } from './connect-options.ts';
import type { Dialect, StatementLimits } from './dialect.ts';
import { fromPool, unlessAborted } from './from-pool.ts';
import { cannotEncrypt, isAway, isLost } from './lost-connection.ts';
import { prepareSession, type Server } from './prepare-session.ts';
import type { Left } from './read-rows.ts';
import { runSql } from './run-sql.ts';
import { toSocket } from './to-socket.ts';

export type { Account } from './connect-options.ts';

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

/** How long a question may wait, in milliseconds. */
export interface Patience {
  /** For a free connection. */
  queueMs: number;
  /** For a server that was there just now and refuses: it is likely to be restarting. Counted from when it went. */
  restartMs: number;
  /** For a session to be made ready for the next loan; then its connection counts as dead. */
  cleanMs: number;
  /** Until a connection is replaced: with the new one the account's rights are looked at again. */
  renewMs: number;
}

const usualPatience: Patience = {
  queueMs: 10_000,
  restartMs: 10_000,
  cleanMs: 5_000,
  renewMs: 600_000,
};

/** How long, in milliseconds, it may take to kill a statement, or to say goodbye. */
const lastWords = { kill: 2_000, goodbye: 1_000 };

/** What a connection is prepared for while nobody waits, so that the usual loan costs one round trip. */
const usual: StatementLimits = { timeoutMs: 15_000, rows: 201 };

const begin = 'START TRANSACTION READ ONLY';

interface Prepared {
  server: Server;
  limits: StatementLimits;
  database: string | undefined;
  /** In its read-only transaction already. It sees the data as of its first read, however long it waited. */
  begun: boolean;
  /** When it was opened. */
  since: number;
}

/**
 * The pool. Each loan begins in a read-only transaction and ends in a reset that forgets everything (variables,
 * locks, temporary tables, roles), so that nothing passes from one person's question to the next.
 */
export class Sessions {
  readonly #account: Account;
  readonly #home: string | undefined;
  readonly #patience: Patience;
  readonly #prepared = new WeakMap<PoolConnection, Prepared>();
  readonly #open = new Set<Connection>();
  #ssl: SslMode;
  #pool: Pool;
  #server: Server | undefined;
  #seenAt = Number.NEGATIVE_INFINITY;

  constructor(account: Account, patience: Partial<Patience> = {}) {
    this.#account = account;
    this.#patience = { ...usualPatience, ...patience };
    this.#home = account.database;
    this.#ssl = toSslMode(account);
    this.#pool = this.#openPool();
  }

  /** What was learnt of the server when a connection was last opened. */
  get server(): Server | undefined {
    return this.#server;
  }

  /**
   * Lends a session. A connection that died in the pool is replaced without a word, and a server that has just gone
   * is given 10 s to come back.
   *
   * @throws ToolError `RATE_LIMITED` when all connections stay taken for 10 s, `REFUSED` for an account that may harm.
   */
  async lend(wishes: SessionWishes, signal: AbortSignal): Promise<Session> {
    for (;;) {
      const connection = await this.#connect(signal);
      const reused = this.#prepared.has(connection);
      try {
        const session = await unlessAborted(this.#begin(connection, wishes), signal);
        this.#seenAt = performance.now();
        return { ...session, reused };
      } catch (error) {
        const left = signal.aborted || isLost(error) ? 'lost' : 'clean';
        void this.takeBack({ connection }, left);
        if (!isLost(error)) throw error;
        if (reused) continue;
        if (!this.#mayComeBack()) throw error;
        await unlessAborted(aMoment(), signal);
      }
    }
  }

  /** What the server is, asked for if nobody has yet. */
  async learn(signal: AbortSignal): Promise<Server> {
    if (this.#server) return this.#server;
    const { connection } = await this.lend(usual, signal);
    void this.takeBack({ connection }, 'clean');
    return this.learn(signal);
  }

  /** Takes a session back. What is still running on it is killed on the server. */
  async takeBack({ connection }: Pick<Session, 'connection'>, left: Left): Promise<void> {
    if (left === 'clean') {
      await setImmediate(); // first the answer
      const inTime = AbortSignal.timeout(this.#patience.cleanMs);
      return unlessAborted(this.#clean(connection), inTime).then(
        () => connection.release(), // does nothing for a connection that is gone
        () => sever(connection),
      );
    }
    const id = this.#prepared.get(connection)?.server.connectionId;
    sever(connection);
    if (left === 'busy' && id) await this.#kill(id);
  }

  /** Says goodbye to the server, for at most a second. */
  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#pool.end(() => resolve()));
    await unlessAborted(ended, AbortSignal.timeout(lastWords.goodbye)).catch(() => {});
    for (const connection of this.#open) sever(connection); // a server that is silent never lets go
  }

  #openPool(): Pool {
    const pool = createPool({
      ...toConnectOptions(this.#account, this.#ssl),
      ...(this.#home && { database: this.#home }),
      connectionLimit: 6,
      maxIdle: 4,
      idleTimeout: 60_000,
      queueLimit: 200,
    });
    pool.on('connection', (connection) => {
      // The driver listens for one error only; a second one on the same connection would end the process.
      connection.on('error', () => {});
      connection.once('end', () => {
        this.#seenAt = performance.now();
      });
      this.#open.add(connection);
      toSocket(connection).once('close', () => this.#open.delete(connection));
    });
    return pool;
  }

  async #connect(signal: AbortSignal): Promise<PoolConnection> {
    for (;;) {
      const pool = this.#pool;
      try {
        return await fromPool(pool, this.#patience.queueMs, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (pool !== this.#pool) continue; // it was replaced meanwhile
        const isPlain = this.#ssl === 'preferred' && cannotEncrypt(error);
        // A server that encrypted before and no longer does may be somebody else.
        if (isPlain && !this.#server?.tls) this.#doWithoutSsl();
        else if (isAway(error) && this.#mayComeBack()) await unlessAborted(aMoment(), signal);
        else throw error;
      }
    }
  }

  #mayComeBack(): boolean {
    return performance.now() - this.#seenAt < this.#patience.restartMs;
  }

  /** The server cannot encrypt, and the operator did not insist. */
  #doWithoutSsl() {
    this.#ssl = 'off';
    this.#pool.end(() => {});
    this.#pool = this.#openPool();
  }

  async #begin(connection: PoolConnection, wishes: SessionWishes) {
    const prepared = this.#prepared.get(connection) ?? (await this.#prepare(connection));
    const { dialect } = prepared.server;
    const { database = this.#home, timeoutMs, rows } = wishes;
    if (timeoutMs !== prepared.limits.timeoutMs || rows !== prepared.limits.rows) {
      await runSql(connection, `SET ${dialect.limits(wishes)}`);
      prepared.limits = { timeoutMs, rows };
    }
    if (database !== undefined && database !== prepared.database) {
      await runSql(connection, `USE ${quoteName(database)}`);
      prepared.database = database;
    }
    if (!prepared.begun) await runSql(connection, begin);
    return { connection, dialect };
  }

  /** The first loan of a connection. */
  async #prepare(connection: PoolConnection): Promise<Prepared> {
    const server = await prepareSession(connection, {
      limits: usual,
      database: this.#home,
      allowDangerousRights: this.#account.allowDangerousRights ?? false,
    });
    this.#server = server;
    const prepared = {
      server,
      limits: usual,
      database: this.#home,
      begun: false,
      since: performance.now(),
    };
    this.#prepared.set(connection, prepared);
    return prepared;
  }

  /** Ends the transaction, forgets all, and prepares for the next loan. Nobody waits for it. */
  async #clean(connection: PoolConnection): Promise<void> {
    const { server, since = 0 } = this.#prepared.get(connection) ?? {};
    if (!server || performance.now() - since > this.#patience.renewMs) return sever(connection);
    await new Promise<void>((resolve, reject) =>
      connection.reset((error) => (error ? reject(error) : resolve())),
    );
    // What a reset leaves as it was.
    if (server.afterReset) await runSql(connection, server.afterReset);
    if (!(await this.#goHome(connection))) return sever(connection);
    await runSql(connection, `SET ${server.dialect.setup}, ${server.dialect.limits(usual)}`);
    await runSql(connection, begin);
    const database = this.#home;
    this.#prepared.set(connection, { server, limits: usual, database, begun: true, since });
  }

  /** Back to the configured database, if there is one. There is no statement for "no database". */
  async #goHome(connection: PoolConnection): Promise<boolean> {
    if (this.#home === undefined) {
      const [[database] = []] = await runSql(connection, 'SELECT DATABASE()');
      return database === null;
    }
    await runSql(connection, `USE ${quoteName(this.#home)}`);
    return true;
  }

  /** Best effort: should it fail, the server's own time limit ends the statement. */
  async #kill(connectionId: string): Promise<void> {
    const options = toConnectOptions(this.#account, this.#ssl);
    const connection = createConnection(options);
    connection.on('error', () => {});
    const killed = runSql(connection, `KILL QUERY ${connectionId}`);
    await unlessAborted(killed, AbortSignal.timeout(lastWords.kill)).catch(() => {});
    sever(connection);
  }
}

const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 100));

/** The driver's own `destroy` says goodbye and goes on reading, were it millions of rows. */
function sever(connection: Connection) {
  connection.destroy();
  toSocket(connection).destroy();
}
