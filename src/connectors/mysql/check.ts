import { z } from 'zod';
import { capital } from '../../capital.ts';
import { outsideText } from '../../outside-text.ts';
import type { CheckLine } from '../connector.ts';
import { ToolError, type ToolErrorCode } from '../tool-error.ts';
import { connectFault } from './connection/connect-faults.ts';
import type { Mysql } from './connection/mysql.ts';
import type { Server } from './connection/prepare-session.ts';
import { grantFor, type Rights, toList } from './connection/rights.ts';
import { readOnlySql } from './guard/read-only-sql.ts';
import { listDatabaseNames } from './schema/schema.ts';

/** Looks at reachability, encryption, account, database, rights, and what the server leaves open. */
export async function checkMysql(mysql: Mysql, signal: AbortSignal): Promise<CheckLine[]> {
  try {
    const { product, version, account } = await readServer(mysql, signal);
    const server = await mysql.learn(signal);
    const databases = await listDatabaseNames(mysql, signal);
    const [files] = await mysql.objects(filesSql, filesRow, { signal });
    return [
      { ok: true, what: `${product} ${version} answers` },
      ...toEncryptionLines(server),
      { ok: true, what: `Signed in as ${account}` },
      toDatabaseLine(mysql.database, databases),
      toRightsLine(server.rights, mysql.database),
      ...(files ? toFileLines(files, server) : []),
    ];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return [{ ok: false, what: capital(error.what), ...toFix(error, mysql.database) }];
  }
}

/** Whether the account is fit to be used; nothing to say when it only reads or the server does not tell yet. */
export async function vetAccount(
  mysql: Mysql,
  signal: AbortSignal,
): Promise<CheckLine | undefined> {
  try {
    return toRightsLine((await mysql.learn(signal)).rights, mysql.database);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== 'REFUSED') return undefined;
    return { ok: false, what: capital(error.what), ...toFix(error, mysql.database) };
  }
}

/** What the server says of itself. */
export interface ServerWords {
  product: 'MySQL' | 'MariaDB';
  version: string;
  timeZone: string;
  account: string;
}

const serverRow = z.object({ version: z.string(), zone: z.string(), account: z.string() });

/** Asks the server what it is and who we are to it. */
export async function readServer(mysql: Mysql, signal?: AbortSignal): Promise<ServerWords> {
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
const filesSql = readOnlySql('SELECT @@secure_file_priv AS folder, @@local_infile AS local');
const filesRow = z.object({ folder: z.string().nullable(), local: z.coerce.string() });

function toFix(error: ToolError, database: string | undefined): Pick<CheckLine, 'fix'> {
  const fix = connectFault(error.cause)?.fix ?? fixes[error.code];
  if (error.code !== 'REFUSED') return fix ? { fix } : {};
  return {
    fix: `${ownAccount(database)}\nOr, to use this one all the same: MYSQL_ALLOW_DANGEROUS_RIGHTS=true`,
  };
}

const isItUp = 'Look whether the server is up; set MYSQL_HOST and MYSQL_PORT to where it listens';

const fixes: Partial<Record<ToolErrorCode, string>> = {
  UPSTREAM_ERROR: isItUp,
  TIMEOUT: isItUp,
  CANCELLED: isItUp,
  NOT_FOUND: 'Set MYSQL_DATABASE to a database that exists, or leave it empty',
  MISSING_PERMISSION:
    'Set MYSQL_DATABASE to a database that the account may read, or grant SELECT on it',
};

function toEncryptionLines({ tls, exposed }: Server): CheckLine[] {
  if (tls) return [{ ok: true, what: `The connection is encrypted (${tls})` }];
  if (!exposed) return [];
  return [
    {
      ok: true,
      what: 'The connection is not encrypted',
      fix: 'Turn on TLS in the server and set MYSQL_SSL=verify, with its CA in MYSQL_SSL_CA',
    },
  ];
}

function toDatabaseLine(database: string | undefined, databases: string[]): CheckLine {
  if (database) return { ok: true, what: `The database ${database} is there` };
  if (databases.length > 0) return { ok: true, what: `It may read ${databases.length} databases` };
  return {
    ok: false,
    what: 'The account may read no database',
    fix: 'Grant it SELECT on the database that questions are about',
  };
}

function toRightsLine({ dangerous, writing }: Rights, database: string | undefined): CheckLine {
  const excess = [...dangerous, ...writing];
  if (excess.length === 0) return { ok: true, what: 'The account may only read' };
  return {
    ok: true,
    what: `The account may do more than read (${toList(excess)})`,
    fix: `Every query runs in a read-only session all the same. ${ownAccount(database)}`,
  };
}

const ownAccount = (database: string | undefined) =>
  `Give the bot an account of its own:\n${grantFor(database)}`;

function toFileLines({ folder, local }: z.output<typeof filesRow>, server: Server): CheckLine[] {
  const opens = server.dialect.opensFiles(folder);
  return [...(opens ? [anyFile] : []), ...(local === '1' || local === 'ON' ? [localFiles] : [])];
}

const anyFile: CheckLine = {
  ok: true,
  what: 'The server lets accounts with the right FILE read and write files anywhere',
  fix: 'Set secure_file_priv to a folder in its configuration; this connector needs no files',
};
const localFiles: CheckLine = {
  ok: true,
  what: 'The server asks clients for files (local_infile=ON)',
  fix: 'Set local_infile=OFF in its configuration; this connector never sends any',
};
