import { createConnection } from 'mysql2/promise';
import type { MysqlService } from '../services/start-mysql.ts';

/** What a cell may hold. Dates are text, UTC, so that the same seed and day give the same bytes. */
export type Cell = string | number | null;

/** A table with its rows, ready to be loaded. */
export interface SampleTable {
  name: string;
  /** The inside of `CREATE TABLE name (…)`. */
  ddl: string;
  /** What the table is about. */
  comment: string;
  columns: string[];
  rows: Cell[][];
}

/** Where sample data goes. */
export type SampleTarget = Pick<
  MysqlService,
  'host' | 'port' | 'user' | 'password' | 'root' | 'isPrivate'
>;

/**
 * Makes a database, fills it, and lets the target's `user` read it, and only that.
 *
 * On a private server an earlier one of that name is replaced; on anybody else's it is an error.
 */
export async function loadSample(
  target: SampleTarget,
  database: string,
  tables: SampleTable[],
): Promise<void> {
  const { host, port, root } = target;
  const connection = await createConnection({ host, port, ...root, charset: 'utf8mb4' });
  try {
    const schema = connection.escapeId(database);
    if (target.isPrivate) await connection.query(`DROP DATABASE IF EXISTS ${schema}`);
    await connection.query(`CREATE DATABASE ${schema} CHARACTER SET utf8mb4`);
    await connection.query(`USE ${schema}`);
    // One transaction and no checks of what is known to be right: 30,000 rows in less than a second.
    await connection.query('SET autocommit = 0, foreign_key_checks = 0, unique_checks = 0');
    for (const { name, ddl, comment, columns, rows } of tables) {
      const table = connection.escapeId(name);
      await connection.query(
        `CREATE TABLE ${table} (${ddl}) COMMENT = ${connection.escape(comment)}`,
      );
      const into = `INSERT INTO ${table} (${columns.map((column) => connection.escapeId(column))}) VALUES ?`;
      for (let from = 0; from < rows.length; from += 2000)
        await connection.query(into, [rows.slice(from, from + 2000)]);
    }
    await connection.query('COMMIT');
    // Row counts are estimates of the engine, which are far off until it has looked.
    await connection.query(`ANALYZE TABLE ${tables.map(({ name }) => connection.escapeId(name))}`);
    await letRead(target, schema, (sql, values) => connection.query(sql, values));
  } finally {
    await connection.end();
  }
}

async function letRead(
  { user, password, root }: SampleTarget,
  schema: string,
  query: (sql: string, values: string[]) => Promise<unknown>,
): Promise<void> {
  if (user === root.user) return;
  await query("CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?", [user, password]);
  await query(`GRANT SELECT, SHOW VIEW ON ${schema}.* TO ?@'%'`, [user]);
}
