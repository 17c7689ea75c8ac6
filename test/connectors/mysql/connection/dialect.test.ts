import { expect, it } from 'vitest';
import { toDialect } from '../../../../src/connectors/mysql/connection/dialect.ts';

const dialectOf = (version: string, comment = '', sqlMode = '') =>
  toDialect({ version, comment, sqlMode });

// What the servers answer to SELECT VERSION(), @@version_comment; those of MySQL and its kin are recorded.
it.each([
  ['10.11.19-MariaDB-0+deb12u1', 'Debian 12', 'MariaDB 10.11', '10.11.19'],
  ['11.4.2-MariaDB-ubu2404-log', 'mariadb.org binary distribution', 'MariaDB 11.4', '11.4.2'],
  ['5.5.5-10.6.18-MariaDB', 'Source distribution', 'MariaDB 10.6', '10.6.18'],
  ['10.6.17', 'MariaDB Server', 'MariaDB 10.6', '10.6.17'],
  ['8.0.42', 'MySQL Community Server - GPL', 'MySQL 8.0', '8.0.42'],
  ['8.4.5-cluster', 'MySQL Cluster Community Server - GPL', 'MySQL 8.4', '8.4.5'],
  ['8.0.35-27', 'Percona Server (GPL), Release 27', 'MySQL 8.0', '8.0.35'],
  ['8.0.mysql_aurora.3.05.2', 'MySQL Community Server (GPL)', 'MySQL 8.0', '8.0'],
  ['8.0.11-TiDB-v7.5.0', 'TiDB Server (Apache License 2.0)', 'MySQL 8.0', '8.0.11'],
])('knows %s as what it says to be', (version, comment, name, number) => {
  const [product] = name.split(' ');
  expect(dialectOf(version, comment)).toMatchObject({ name, product, version: number });
});

it.each([
  ['', '""'],
  ['unknown', '"unknown"'],
  ['v8\u202e; DROP', '"v8 ; DROP"'],
])('refuses a server that names no version: %j', (version, shown) => {
  expect(() => dialectOf(version)).toThrow(
    `UPSTREAM_ERROR: the server is neither MySQL nor MariaDB. Why: it calls itself ${shown}`,
  );
});

it.each([
  ['10.11.19-MariaDB', 'max_statement_time=2.5', 'tx_read_only=1', 'max_recursive_iterations='],
  ['8.4.5', 'max_execution_time=2500', 'transaction_read_only=1', 'cte_max_recursion_depth='],
])('sets limits in the units and names of %s', (version, limit, readOnly, recursion) => {
  const { limits, setup } = dialectOf(version);
  expect(limits({ timeoutMs: 2_500, rows: 201 })).toBe(`${limit}, sql_select_limit=201`);
  for (const part of [readOnly, recursion, ' lock_wait_timeout=5', 'innodb_lock_wait_timeout=5'])
    expect(setup).toContain(part);
});

// A server may be SERIALIZABLE by default; our reads would then block who writes.
it.each([
  ['11.4.2-MariaDB', 'tx_isolation'],
  ['8.4.5', 'transaction_isolation'],
])('reads a snapshot without locks, and checks that it does: %s', (version, variable) => {
  const { setup, verify } = dialectOf(version);
  expect(setup).toContain(`${variable}='REPEATABLE-READ'`);
  expect(verify.query).toContain(`@@${variable}`);
});

it.each(['10.6.18-MariaDB', '8.0.42'])('names what a server did not take: %s', (version) => {
  const { setup, verify } = dialectOf(version, '', 'STRICT_TRANS_TABLES');
  const set = Object.fromEntries(
    setup
      .split(', ')
      .slice(1)
      .map((part) => [part.split('=')[0], part.split('=')[1]?.replaceAll("'", '')]),
  );
  const names = verify.query
    .slice('SELECT '.length)
    .split(', ')
    .map((name) => name.slice(2));
  const row = names.map((name) => set[name] ?? 'utf8mb4');
  expect(verify.missing(row)).toEqual([]);
  for (const [index, name] of names.entries())
    expect(verify.missing(row.with(index, null))).toEqual([name]);
});

it.each([
  ['ANSI_QUOTES,STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES', "sql_mode='STRICT_TRANS_TABLES'"],
  ['PIPES_AS_CONCAT,IGNORE_SPACE,ORACLE,EMPTY_STRING_IS_NULL', "sql_mode=''"],
  ["X';DROP", "sql_mode=''"],
])('keeps no mode that changes what a token means: %s', (mode, setup) => {
  expect(dialectOf('8.4.0', '', mode).setup).toContain(setup);
});

it.each([
  ['10.11.1-MariaDB', 'table', false, 'EXPLAIN', 'table'],
  ['10.11.1-MariaDB', 'json', false, 'EXPLAIN FORMAT=JSON', 'json'],
  ['10.11.1-MariaDB', 'tree', false, 'EXPLAIN FORMAT=JSON', 'json'],
  ['10.11.1-MariaDB', 'table', true, 'ANALYZE', 'table'],
  ['10.11.1-MariaDB', 'tree', true, 'ANALYZE FORMAT=JSON', 'json'],
  ['8.4.5', 'table', false, 'EXPLAIN FORMAT=TRADITIONAL', 'table'],
  ['8.4.5', 'tree', false, 'EXPLAIN FORMAT=TREE', 'tree'],
  ['8.4.5', 'json', true, 'EXPLAIN ANALYZE', 'tree'],
] as const)('asks %s for a plan as %s (analyze: %s)', (version, wanted, analyze, words, format) => {
  expect(dialectOf(version).explain(wanted, analyze)).toEqual({ words, format });
});

it.each([
  ['10.11.1-MariaDB', null, true],
  ['10.11.1-MariaDB', '', true],
  ['8.4.5', '', true],
  ['8.4.5', null, false],
  ['8.4.5', '/var/lib/mysql-files/', false],
])('knows what secure_file_priv means to %s: %j', (version, folder, opens) => {
  expect(dialectOf(version).opensFiles(folder)).toBe(opens);
});

it('asks for the grants of roles, and returns to the role of the beginning, where a reset does not', () => {
  const mariadb = dialectOf('10.11.1-MariaDB');
  expect(mariadb.roleGrants(['`a`', '`b``c`'])).toEqual([
    'SET ROLE `a`',
    'SHOW GRANTS',
    'SET ROLE `b``c`',
    'SHOW GRANTS',
  ]);
  expect([undefined, 'b`c'].map(mariadb.homeRole)).toEqual(['SET ROLE NONE', 'SET ROLE `b``c`']);
  const mysql = dialectOf('8.4.5');
  expect(mysql.roleGrants(['`a`@`%`', '`b`@`%`'])).toEqual([
    'SHOW GRANTS FOR CURRENT_USER() USING `a`@`%`, `b`@`%`',
  ]);
  expect([mysql.roleGrants([]), mysql.homeRole('a')]).toEqual([[], undefined]);
});
