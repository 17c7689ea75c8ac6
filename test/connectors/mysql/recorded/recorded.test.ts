import { expect, it } from 'vitest';
import { Mysql } from '../../../../src/connectors/mysql/connection/mysql.ts';
import { readOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { eventually } from '../../../support/eventually.ts';
import { openRecordedServer } from './mysql-server.ts';
import type { Answer } from './packets.ts';
import { mysql57, mysql80, mysql84, type Recording, withRole } from './servers.ts';

// There is no MySQL here: a server plays back what its manuals say, recorded in servers.ts.

async function open(recording: Recording, answer?: (sql: string) => Answer | undefined) {
  const server = await openRecordedServer(recording, answer);
  const mysql = new Mysql(server.account);
  return {
    ...server,
    mysql,
    async [Symbol.asyncDispose]() {
      await mysql.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const one = readOnlySql('SELECT 1');

it.each([mysql80, mysql84])(
  'signs in to MySQL $version by its RSA key, and reads in a session of ours',
  async (recording) => {
    await using server = await open(recording);
    const { rows } = await server.mysql.select(one, { timeoutMs: 2_500 });
    expect(rows).toEqual([['1']]);
    const [, , setUp, , limits, begin, statement] = server.sent;
    expect(setUp).toBe(
      `SET NAMES utf8mb4, sql_mode='${recording.variables.sql_mode}', transaction_read_only=1, transaction_isolation='REPEATABLE-READ', lock_wait_timeout=5, innodb_lock_wait_timeout=5, group_concat_max_len=65536, cte_max_recursion_depth=10000, information_schema_stats_expiry=0, max_execution_time=15000, sql_select_limit=201`,
    );
    expect([limits, begin, statement]).toEqual([
      'SET max_execution_time=2500, sql_select_limit=201',
      'START TRANSACTION READ ONLY',
      'SELECT 1',
    ]);
  },
);

it('says that the account was not accepted, without naming it', async () => {
  await using server = await openRecordedServer(mysql84);
  const mysql = new Mysql({ ...server.account, password: 'hunter2' });
  const error = await mysql.select(one).catch(String);
  expect(error).toMatch(
    /AUTH_FAILED: the database did not let us in\. Why: the user name or the p/,
  );
  expect(error).not.toMatch(/reader|hunter2|localhost|127\.0/);
  await mysql.close();
});

it.each([
  [
    'a proxy that answers SET by itself',
    { ...mysql84, ignoresSet: true },
    'sql_select|transaction_read_only',
  ],
  ['a MySQL that is too old', mysql57, 'MySQL 5\\.7 refused cte_max_recursion_depth'],
])('asks nothing through %s', async (_what, recording, named) => {
  await using server = await open(recording);
  await expect(server.mysql.select(one)).rejects.toThrow(
    new RegExp(`^UPSTREAM_ERROR: the database did not take the settings.*${named}`),
  );
  expect(server.sent).not.toContain('SELECT 1');
});

it('counts the rights of roles, active or not', async () => {
  await using server = await open(withRole);
  await expect(server.mysql.select(one)).rejects.toThrow(
    /^REFUSED: the account may do more than read \(BACKUP_ADMIN, FILE\)/,
  );
  expect(server.sent).toContain(
    'SHOW GRANTS FOR CURRENT_USER() USING `ops`@`%`, `r``2`@`10.0.0.%`',
  );
  expect(server.sent).not.toContain('SELECT 1');
});

it('kills a cancelled statement by the id that the server knows the connection by', async () => {
  await using server = await open(mysql84, (sql) => (sql.startsWith('KILL') ? 'ok' : undefined));
  const stop = new AbortController();
  const call = server.mysql.select(one, { signal: stop.signal }).catch(String);
  await eventually(() => expect(server.sent).toContain('SELECT 1'));
  stop.abort();
  expect(await call).toMatch('CANCELLED');
  expect(server.sent).toContain('KILL QUERY 4294967297');
});

// From the Server Error Message Reference.
it.each([
  [
    3024,
    'HY000',
    'Query execution was interrupted, maximum statement execution time exceeded',
    /^TIMEOUT: the statement was ended after 15 s\. Try: a narrower WHERE/,
  ],
  [1317, '70100', 'Query execution was interrupted', /^TIMEOUT: .*an operator ended it/],
  [
    3636,
    'HY000',
    'Recursive query aborted after 10001 iterations. Try increasing @@cte_max_recursion_depth to a larger value.',
    /^INVALID_ARGUMENT: .*10001 iterations.*Try: an end for the recursion/,
  ],
  [
    1064,
    '42000',
    "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'FETCH FIRST 5 ROWS ONLY' at line 1",
    /near "FETCH FIRST 5 ROWS ONLY"\. Why: the server is MySQL 8\.4: it has no FETCH FIRST\. Try: LIMIT 10/,
  ],
  [
    1142,
    '42000',
    "SELECT command denied to user 'reader'@'10.1.2.3' for table 'payments'",
    /^MISSING_PERMISSION: the account lacks the right SELECT on payments\. Why: it has SELECT on shop\.\*, or/,
  ],
  [
    1227,
    '42000',
    'Access denied; you need (at least one of) the PROCESS privilege(s) for this operation',
    /^MISSING_PERMISSION: the account lacks the right PROCESS\./,
  ],
  [
    1044,
    '42000',
    "Access denied for user 'reader'@'%' to database 'hr'",
    /^MISSING_PERMISSION: the account lacks the right SELECT on database hr\./,
  ],
  [
    1205,
    'HY000',
    'Lock wait timeout exceeded; try restarting transaction',
    /^CONFLICT: the table is locked/,
  ],
  [
    3572,
    'HY000',
    'Statement aborted because lock(s) could not be acquired immediately and NOWAIT is set.',
    /^CONFLICT: /,
  ],
  [
    1055,
    '42000',
    "Expression #2 of SELECT list is not in GROUP BY clause and contains nonaggregated column 'shop.o.id' which is not functionally dependent on columns in GROUP BY clause; this is incompatible with sql_mode=only_full_group_by",
    /^INVALID_ARGUMENT: .*'shop\.o\.id'.*Try: every column in GROUP BY/,
  ],
  [
    1267,
    'HY000',
    "Illegal mix of collations (utf8mb4_0900_ai_ci,IMPLICIT) and (latin1_swedish_ci,IMPLICIT) for operation '='",
    /^INVALID_ARGUMENT: .*Try: both sides in one collation/,
  ],
  [
    3593,
    'HY000',
    "You cannot use the window function 'row_number' in this context.'",
    /Try: the window function in a derived table/,
  ],
  [
    1305,
    '42000',
    'FUNCTION shop.date_trunc does not exist',
    /^NOT_FOUND: there is no function date_trunc\. Why: the server is MySQL 8\.4/,
  ],
  [
    1038,
    'HY001',
    'Out of sort memory, consider increasing server sort buffer size',
    /^TOO_LARGE: /,
  ],
  [1792, '25006', 'Cannot execute statement in a READ ONLY transaction.', /^READ_ONLY: /],
])('explains error %i of MySQL', async (errno, sqlState, message, expected) => {
  await using server = await open(mysql84, () => ({ error: { errno, sqlState, message } }));
  const sql = readOnlySql('SELECT id FROM orders FETCH FIRST 5 ROWS ONLY');
  const error = await server.mysql.select(sql).catch((error: Error) => error.message);
  expect(error).toMatch(expected);
  expect(error).not.toMatch(/reader|10\.1\.2\.3|127\.0/);
});
