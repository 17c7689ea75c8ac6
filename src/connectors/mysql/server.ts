import type { z } from 'zod';
import type { OpenConnector } from '../connector.ts';
import { checkMysql, readServer, vetAccount } from './check.ts';
import { insisting, toAccount } from './connection/connect-options.ts';
import { Mysql } from './connection/mysql.ts';
import { describeTable } from './describe-table.ts';
import type { mysqlEnv } from './env.ts';
import { executeQuery } from './execute-query.ts';
import { explainQuery } from './explain-query.ts';
import { getTableIndexes } from './get-table-indexes.ts';
import { getTableStats } from './get-table-stats.ts';
import { listDatabases } from './list-databases.ts';
import { listRelationships } from './list-relationships.ts';
import { listTables } from './list-tables.ts';
import { toDigest } from './schema/digest.ts';
import type { DatabaseFacts } from './schema/relationships.ts';
import { listDatabaseNames, readAllColumns, readForeignKeys, readTables } from './schema/schema.ts';
import { searchSchema } from './search-schema.ts';

/** Opens the connector. The server is first asked when something is called, so it may be down. */
export async function open(env: z.output<typeof mysqlEnv>): Promise<OpenConnector> {
  const account = toAccount(env);
  const mysql = new Mysql(account);
  return {
    tools: [
      listDatabases,
      listTables,
      describeTable,
      executeQuery,
      getTableStats,
      getTableIndexes,
      searchSchema,
      explainQuery,
      listRelationships,
    ].map((toTool) => toTool(mysql)),
    digest: (signal) => readDigest(mysql, signal),
    vet: (signal) => vetAccount(mysql, signal),
    async check(signal) {
      // Connections of its own: six slow questions must not make a healthy database look down.
      const own = new Mysql(mysql.server?.tls ? insisting(account) : account);
      return checkMysql(own, signal).finally(() => own.close());
    },
    close: () => mysql.close(),
  };
}

/** More databases than this are named by list_databases only. */
const maxDatabases = 20;
/** More tables than this have no room for their columns, which then need not be read. */
const maxDetailed = 400;
/** Of more tables than this not even the names have room. */
const maxTables = 5_000;
/** What is missing then is seen in the digest: a table without columns, or not all tables. */
const onCut = () => {};

async function readDigest(mysql: Mysql, signal: AbortSignal): Promise<string> {
  const { product, version, timeZone } = await readServer(mysql, signal);
  const all = mysql.database ? [mysql.database] : await listDatabaseNames(mysql, signal);
  const databases: DatabaseFacts[] = [];
  // One after another: all at once would take every connection, and then fail for want of one.
  for (const database of all.slice(0, maxDatabases)) {
    const tables = await readTables(mysql, database, { limit: maxTables }, { signal, onCut });
    const isLarge = tables.length > maxDetailed;
    const [columns, foreignKeys] = isLarge
      ? [[], []]
      : await Promise.all([
          readAllColumns(mysql, database, { signal, onCut }),
          readForeignKeys(mysql, database, undefined, { signal, onCut }),
        ]);
    databases.push({ database, tables, columns, foreignKeys });
  }
  const short = version.split('.').slice(0, 2).join('.');
  const hasMore = all.length > maxDatabases;
  const server = { product, version: short, timeZone, defaultDatabase: mysql.database, hasMore };
  return toDigest(server, databases);
}
