import { expect, it } from 'vitest';
import { toDialect } from '../../../src/connectors/mysql/dialect.ts';

// What the servers answer to SELECT VERSION(); the MySQL ones are recorded.
it.each([
  ['10.11.19-MariaDB-0+deb12u1', 'MariaDB', '10.11.19', 'max_statement_time=2.5', 'tx_read_only=1'],
  ['11.4.2-MariaDB-ubu2404-log', 'MariaDB', '11.4.2', 'max_statement_time=2.5', 'tx_read_only=1'],
  ['8.0.42', 'MySQL', '8.0.42', 'max_execution_time=2500', 'transaction_read_only=1'],
  ['8.4.5-cluster', 'MySQL', '8.4.5', 'max_execution_time=2500', 'transaction_read_only=1'],
])('tells %s and sets its limits in its own units', (version, product, number, limit, readOnly) => {
  const dialect = toDialect(version, '');
  expect(dialect).toMatchObject({ product, version: number });
  expect(dialect.limits({ timeoutMs: 2_500, rows: 201 })).toBe(`${limit}, sql_select_limit=201`);
  expect(dialect.setup).toContain(readOnly);
});

// A server may be SERIALIZABLE by default; our reads would then block who writes.
it.each([
  ['11.4.2-MariaDB', 'tx_isolation'],
  ['8.4.5', 'transaction_isolation'],
])('reads a snapshot without locks, and checks that it does: %s', (version, variable) => {
  const { setup, verify } = toDialect(version, '');
  expect(setup).toContain(`${variable}='REPEATABLE-READ'`);
  expect(verify.query).toContain(`@@${variable}`);
  expect(verify.expected).toMatch(/ REPEATABLE-READ$/);
});

it.each([
  ['ANSI_QUOTES,STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES', "sql_mode='STRICT_TRANS_TABLES'"],
  ['PIPES_AS_CONCAT,IGNORE_SPACE,ORACLE,EMPTY_STRING_IS_NULL', "sql_mode=''"],
  ["X';DROP", "sql_mode=''"],
])('keeps no mode that changes what a token means: %s', (mode, setup) => {
  expect(toDialect('8.4.0', mode).setup).toContain(setup);
});
