import type { z } from 'zod';
import type { OpenConnector } from '../connector.ts';
import { checkMysql, readServer } from './check.ts';
import { describeTable } from './describe-table.ts';
import { type DatabaseFacts, toDigest } from './digest.ts';
import type { mysqlEnv } from './env.ts';
import { executeQuery } from './execute-query.ts';
import { getTableIndexes } from './get-table-indexes.ts';
import { getTableStats } from './get-table-stats.ts';
import { listDatabases } from './list-databases.ts';
import { listTables } from './list-tables.ts';
import { Mysql } from './mysql.ts';
import { listDatabaseNames, readColumns, readForeignKeys, readTables } from './schema.ts';

/** Opens the connector. The server is first asked when something is called, so it may be down. */
export async function open(env: z.output<typeof mysqlEnv>): Promise<OpenConnector> {
  const account = {
    host: env.MYSQL_HOST,
    port: env.MYSQL_PORT,
    user: env.MYSQL_USER,
    password: env.MYSQL_PASSWORD,
    database: env.MYSQL_DATABASE,
  };
  const mysql = new Mysql(account);
  return {
    tools: [
      listDatabases,
      listTables,
      describeTable,
      executeQuery,
      getTableStats,
      getTableIndexes,
    ].map((toTool) => toTool(mysql)),
    digest: (signal) => readDigest(mysql, signal),
    async check(signal) {
      // Connections of its own: six slow questions must not make a healthy database look down.
      const own = new Mysql(account);
      return checkMysql(own, signal).finally(() => own.close());
    },
    close: () => mysql.close(),
  };
}

/** More databases than this are named by list_databases only. */
const maxDatabases = 20;

async function readDigest(mysql: Mysql, signal: AbortSignal): Promise<string> {
  const { product, version, timeZone } = await readServer(mysql, signal);
  const all = mysql.database ? [mysql.database] : await listDatabaseNames(mysql, signal);
  const databases: DatabaseFacts[] = [];
  // One after another: all at once would take every connection, and then fail for want of one.
  for (const database of all.slice(0, maxDatabases)) {
    const [tables, columns, foreignKeys] = await Promise.all([
      readTables(mysql, [database], {}, signal),
      readColumns(mysql, database, undefined, signal),
      readForeignKeys(mysql, database, undefined, signal),
    ]);
    databases.push({ database, tables, columns, foreignKeys });
  }
  const short = version.split('.').slice(0, 2).join('.');
  return toDigest(
    { product, version: short, timeZone, defaultDatabase: mysql.database },
    databases,
  );
}
