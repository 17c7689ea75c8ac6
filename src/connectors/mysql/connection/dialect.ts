import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import type { Product } from '../guard/pure-functions.ts';
import { quoteName } from '../schema/quote-name.ts';

/** What differs between the two products, as far as this connector is concerned. */
export interface Dialect extends Product {
  /** What people call the server: `MariaDB 10.11`. */
  name: string;
  /** The assignments that make a session ours, for one SET. */
  setup: string;
  /** The assignments that limit one statement. The server ends a SELECT after `timeoutMs` by itself. */
  limits(limits: StatementLimits): string;
  /** Reads all settings back; `missing` names those that the server did not take. */
  verify: { query: string; missing(row: readonly unknown[]): string[] };
  /** The words before a statement that make the server tell its plan, and the format it will have. */
  explain(format: PlanFormat, analyze: boolean): { words: string; format: PlanFormat };
  /** What to send, one after another, to learn what these roles may do; each SHOW among it gives grants. */
  roleGrants(roles: readonly string[]): string[];
  /** Makes the role active that a session began with: a reset of the session does not, where roles can be set. */
  homeRole(role: string | undefined): string | undefined;
  /** Whether `@@secure_file_priv` leaves all files of the server open to an account with FILE. */
  opensFiles(secureFilePriv: unknown): boolean;
}

export interface StatementLimits {
  timeoutMs: number;
  /** Rows that a SELECT without a LIMIT of its own sends. */
  rows: number;
}

/** How a plan is told: rows of a table, JSON, or an indented tree. */
export type PlanFormat = 'table' | 'json' | 'tree';

/** What a server says of itself: `VERSION()`, `@@version_comment`, `@@sql_mode`. */
export interface Announced {
  version: string;
  comment: string;
  sqlMode: string;
}

/**
 * Tells the products apart. What is made of one of them (Aurora, Percona Server, TiDB) says a version of it and is
 * treated as it; whether it obeys is seen when its settings are read back.
 *
 * @throws ToolError `UPSTREAM_ERROR` for a server that names no version.
 */
export function toDialect({ version, comment, sqlMode }: Announced): Dialect {
  const number = /^(?:5\.5\.5-)?(\d+\.\d+(?:\.\d+)*)/.exec(version)?.[1]; // 5.5.5- is put before MariaDB's for old clients
  if (number === undefined) throw unknownServer(version);
  const isMariadb = /mariadb/i.test(`${version} ${comment}`);
  return (isMariadb ? mariadb : mysql)(number, ownModes(sqlMode));
}

const unknownServer = (version: string) =>
  new ToolError('UPSTREAM_ERROR', 'the server is neither MySQL nor MariaDB', {
    why: `it calls itself ${JSON.stringify(outsideText(version, 40))}, and nobody knows how it is kept from writing`,
    try: 'asking an operator to look at MYSQL_HOST and MYSQL_PORT',
  });

/** Modes that a team's queries may rely on. Left out are all that change what a quote, a backslash or `||` means. */
const keptModes = new Set([
  'ALLOW_INVALID_DATES',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'HIGH_NOT_PRECEDENCE',
  'NO_ENGINE_SUBSTITUTION',
  'NO_UNSIGNED_SUBTRACTION',
  'NO_ZERO_DATE',
  'NO_ZERO_IN_DATE',
  'ONLY_FULL_GROUP_BY',
  'PAD_CHAR_TO_FULL_LENGTH',
  'STRICT_ALL_TABLES',
  'STRICT_TRANS_TABLES',
]);

const ownModes = (sqlMode: string) =>
  sqlMode
    .split(',')
    .filter((mode) => keptModes.has(mode))
    .join(',');

type Settings = Record<string, string | number>;

/** Under the same name in both products. Waits are in seconds. */
const shared: Settings = {
  lock_wait_timeout: 5,
  innodb_lock_wait_timeout: 5,
  group_concat_max_len: 65_536, // as long as the longest cell that is kept
};

/** Longer ones than the servers' own 1,000, which are cut without a word by one and refused by the other. */
const maxRecursion = 10_000;

function mariadb(version: string, modes: string): Dialect {
  const limits = ({ timeoutMs, rows }: StatementLimits): Settings => ({
    max_statement_time: timeoutMs / 1000, // seconds here, milliseconds there; ends any statement
    sql_select_limit: rows,
  });
  const settings: Settings = {
    sql_mode: modes,
    tx_read_only: 1,
    tx_isolation: 'REPEATABLE-READ', // under SERIALIZABLE a SELECT locks what it reads
    ...shared,
    max_recursive_iterations: maxRecursion,
    max_session_mem_used: 128 * 1024 * 1024,
  };
  return {
    product: 'MariaDB',
    version,
    name: toName('MariaDB', version),
    ...toStatements(settings, limits),
    explain: (format, analyze) =>
      format === 'table'
        ? { words: analyze ? 'ANALYZE' : 'EXPLAIN', format }
        : { words: `${analyze ? 'ANALYZE' : 'EXPLAIN'} FORMAT=JSON`, format: 'json' }, // it draws no trees
    // An account may not see the grants of its own roles in any other way.
    roleGrants: (roles) => roles.flatMap((role) => [`SET ROLE ${role}`, 'SHOW GRANTS']),
    homeRole: (role) => `SET ROLE ${role === undefined ? 'NONE' : quoteName(role)}`,
    opensFiles: (folder) => folder === null || folder === '',
  };
}

function mysql(version: string, modes: string): Dialect {
  const limits = ({ timeoutMs, rows }: StatementLimits): Settings => ({
    max_execution_time: timeoutMs, // ends a SELECT only
    sql_select_limit: rows,
  });
  const settings: Settings = {
    sql_mode: modes,
    transaction_read_only: 1,
    transaction_isolation: 'REPEATABLE-READ',
    ...shared,
    cte_max_recursion_depth: maxRecursion,
    information_schema_stats_expiry: 0, // row counts of today, not of yesterday
  };
  return {
    product: 'MySQL',
    version,
    name: toName('MySQL', version),
    ...toStatements(settings, limits),
    explain(format, analyze) {
      if (analyze) return { words: 'EXPLAIN ANALYZE', format: 'tree' }; // the one format that all of 8.0 has
      const names = { table: 'TRADITIONAL', json: 'JSON', tree: 'TREE' };
      return { words: `EXPLAIN FORMAT=${names[format]}`, format };
    },
    roleGrants: (roles) =>
      roles.length > 0 ? [`SHOW GRANTS FOR CURRENT_USER() USING ${roles.join(', ')}`] : [],
    homeRole: () => undefined, // a reset does it
    opensFiles: (folder) => folder === '', // NULL means that nobody may
  };
}

/** For one or the other; the character set is a statement of its own kind. */
function toStatements(
  settings: Settings,
  toLimits: (limits: StatementLimits) => Settings,
): Pick<Dialect, 'setup' | 'limits' | 'verify'> {
  const expected: Settings = {
    ...settings,
    character_set_client: 'utf8mb4',
    character_set_connection: 'utf8mb4',
    character_set_results: 'utf8mb4',
  };
  const names = Object.keys(expected);
  const isTaken = (name: string, value: unknown) =>
    typeof expected[name] === 'number'
      ? value !== null && Number(value) === expected[name]
      : value === expected[name];
  return {
    setup: ['NAMES utf8mb4', ...toAssignments(settings)].join(', '),
    limits: (limits) => toAssignments(toLimits(limits)).join(', '),
    verify: {
      query: `SELECT ${names.map((name) => `@@${name}`).join(', ')}`,
      missing: (row) => names.filter((name, index) => !isTaken(name, row[index])),
    },
  };
}

const toAssignments = (settings: Settings) =>
  Object.entries(settings).map(([name, value]) =>
    typeof value === 'number' ? `${name}=${value}` : `${name}='${value}'`,
  );

const toName = (product: Product['product'], version: string) =>
  `${product} ${version.split('.').slice(0, 2).join('.')}`;
