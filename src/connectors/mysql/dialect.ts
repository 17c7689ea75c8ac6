import type { Product } from './pure-functions.ts';

/** What differs between the two products, as far as a session is concerned. */
export interface Dialect extends Product {
  /** The assignments that make a session ours, for one SET. */
  setup: string;
  /** The assignments that limit one statement. The server ends a SELECT after `timeoutMs` by itself. */
  limits(limits: StatementLimits): string;
  /** Whether the set-up took effect: what the query must give. */
  verify: { query: string; expected: string };
}

export interface StatementLimits {
  timeoutMs: number;
  /** Rows that a SELECT without a LIMIT of its own sends. */
  rows: number;
}

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

/** Tells the products apart by `VERSION()`; `sqlMode` is the server's own. */
export function toDialect(version: string, sqlMode: string): Dialect {
  const isMariadb = /mariadb/i.test(version);
  const modes = sqlMode
    .split(',')
    .filter((mode) => keptModes.has(mode))
    .join(',');
  const readOnly = isMariadb ? 'tx_read_only' : 'transaction_read_only';
  const isolation = isMariadb ? 'tx_isolation' : 'transaction_isolation';
  const setup = [
    'NAMES utf8mb4',
    `sql_mode='${modes}'`,
    `${readOnly}=1`,
    `${isolation}='REPEATABLE-READ'`, // under SERIALIZABLE a SELECT locks what it reads
    'lock_wait_timeout=5',
    ...(isMariadb ? [] : ['information_schema_stats_expiry=0']), // row counts of today, not of yesterday
  ].join(', ');
  return {
    product: isMariadb ? 'MariaDB' : 'MySQL',
    version: /^[\d.]+/.exec(version)?.[0] ?? '?',
    setup,
    limits: ({ timeoutMs, rows }) =>
      [
        // Seconds here, milliseconds there.
        isMariadb ? `max_statement_time=${timeoutMs / 1000}` : `max_execution_time=${timeoutMs}`,
        `sql_select_limit=${rows}`,
      ].join(', '),
    verify: {
      query: `SELECT CONCAT_WS(' ', @@sql_mode, @@character_set_client, @@${readOnly} + 0, @@${isolation}) AS state`,
      expected: `${modes} utf8mb4 1 REPEATABLE-READ`,
    },
  };
}
