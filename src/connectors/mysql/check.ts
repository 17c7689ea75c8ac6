import { z } from 'zod';
import type { CheckLine } from '../connector.ts';
import { outsideText } from '../outside-text.ts';
import { ToolError, type ToolErrorCode } from '../tool-error.ts';
import type { Mysql } from './mysql.ts';
import { readOnlySql } from './read-only-sql.ts';
import { readRights } from './rights.ts';
import { listDatabaseNames } from './schema.ts';

/** Looks at reachability, account, database and rights. */
export async function checkMysql(mysql: Mysql, signal: AbortSignal): Promise<CheckLine[]> {
  try {
    const server = await readServer(mysql, signal);
    const databases = await listDatabaseNames(mysql, signal);
    const grants = await mysql.select(grantsSql, { signal, maxBytes: 200_000, maxRows: 5_000 });
    return [
      { ok: true, what: `${server.product} ${server.version} answers` },
      { ok: true, what: `Signed in as ${server.account}` },
      toDatabaseLine(mysql.database, databases),
      toRightsLine(
        grants.rows.map(([grant]) => String(grant)),
        mysql.database,
      ),
    ];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const fix = fixes[error.code];
    return [{ ok: false, what: capital(error.what), ...(fix && { fix }) }];
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What the server says of itself. */
export interface Server {
  product: 'MySQL' | 'MariaDB';
  version: string;
  timeZone: string;
  account: string;
}

const serverRow = z.object({ version: z.string(), zone: z.string(), account: z.string() });

/** Asks the server what it is and who we are to it. */
export async function readServer(mysql: Mysql, signal?: AbortSignal): Promise<Server> {
  const [row] = await mysql.objects(serverSql, serverRow, { signal });
  const { version = '?', zone = '?', account = '?' } = row ?? {};
  return {
    product: /mariadb/i.test(version) ? 'MariaDB' : 'MySQL',
    version: /^[\d.]+/.exec(version)?.[0] ?? '?',
    timeZone: zone,
    account: outsideText(account.split('@')[0] ?? '?', 80),
  };
}

const serverSql = readOnlySql(
  "SELECT VERSION() AS version, IF(@@time_zone = 'SYSTEM', @@system_time_zone, @@time_zone) AS zone, CURRENT_USER() AS account",
);
const grantsSql = readOnlySql('SHOW GRANTS');

const fixes: Partial<Record<ToolErrorCode, string>> = {
  AUTH_FAILED: 'Set MYSQL_USER and MYSQL_PASSWORD to an account that may sign in from here',
  UPSTREAM_ERROR:
    'Look whether the server is up; set MYSQL_HOST and MYSQL_PORT to where it listens',
  TIMEOUT: 'Look whether the server is up; set MYSQL_HOST and MYSQL_PORT to where it listens',
  CANCELLED: 'Look whether the server is up; set MYSQL_HOST and MYSQL_PORT to where it listens',
  NOT_FOUND: 'Set MYSQL_DATABASE to a database that exists, or leave it empty',
  MISSING_PERMISSION:
    'Set MYSQL_DATABASE to a database that the account may read, or grant SELECT on it',
};

function toDatabaseLine(database: string | undefined, databases: string[]): CheckLine {
  if (database) return { ok: true, what: `The database ${database} is there` };
  if (databases.length > 0) return { ok: true, what: `It may read ${databases.length} databases` };
  return {
    ok: false,
    what: 'The account may read no database',
    fix: 'Grant it SELECT on the database that questions are about',
  };
}

function toRightsLine(grants: string[], database: string | undefined): CheckLine {
  const { dangerous, writing } = readRights(grants);
  const excess = [...dangerous, ...writing].map((right) => outsideText(right, 40));
  if (excess.length === 0) return { ok: true, what: 'The account may only read' };
  return {
    ok: true,
    what: `The account may do more than read: ${excess.slice(0, 8).join(', ')}${excess.length > 8 ? ', …' : ''}`,
    fix: `Every query runs in a read-only session, but give the bot an account of its own:\n${grantFor(database)}`,
  };
}

const grantFor = (database = 'your_database') =>
  `CREATE USER 'reader'@'%' IDENTIFIED BY '…' WITH MAX_USER_CONNECTIONS 10; GRANT SELECT, SHOW VIEW ON \`${database}\`.* TO 'reader'@'%';`;
