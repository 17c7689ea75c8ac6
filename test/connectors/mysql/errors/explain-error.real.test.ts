import { afterAll, beforeAll, expect, it } from 'vitest';
import { Mysql } from '../../../../src/connectors/mysql/connection/mysql.ts';
import type { ReadOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { openSandbox, type Sandbox } from '../sandbox.ts';

let sandbox: Sandbox;
let mysql: Mysql;
beforeAll(async () => {
  sandbox = await openSandbox();
  mysql = new Mysql(sandbox.reader);
});
afterAll(async () => {
  await mysql.close();
  await sandbox[Symbol.asyncDispose]();
});

/** As the server refuses it, whatever the guard thinks. */
const unguarded = (sql: string) => sql as ReadOnlySql;

it.each([
  // names
  [
    'SELECT * FROM custmers',
    /^NOT_FOUND: there is no table \w+\.custmers\. Try: customers \(list_tables/,
  ],
  [
    'SELECT * FROM `x y`',
    /^NOT_FOUND: there is no table \w+\.x y\. Try: customers, orders, paid_orders\.$/,
  ],
  [
    'SELECT c.emial FROM customers c',
    /^NOT_FOUND: there is no column c\.emial\. Try: email \(describe_t/,
  ],
  ['SELECT o.custmer_id FROM orders o JOIN `customers` ON 1', /Try: customer_id/],
  ['SELECT c.emial FROM $db.customers c', /Try: email/],
  [
    'SELECT * FROM orders USE INDEX (by_custmer)',
    /^NOT_FOUND: there is no index by_custmer on \w+\. Try: by_customer/,
  ],
  [
    'SELECT STRING_AGG(name) FROM customers',
    /^NOT_FOUND: there is no function STRING_AGG\. Why: the server is MariaDB/,
  ],
  ['SELECT * FROM no_such_db.t', /^(NOT_FOUND|MISSING_PERMISSION): /],
  // syntax, and what belongs to other dialects
  [
    'TABLE orders',
    /near "TABLE orders"\. Why: the server is MariaDB [\d.]+: it has no TABLE statement\. Try: SELECT \* FROM/,
  ],
  ["SELECT note->>'$.a' FROM orders", /it has no operators -> and ->>\. Try: JSON_EXTRACT/],
  ['VALUES ROW(1, 2)', /no VALUES ROW\(\)\. Try: VALUES \(1, 2\)/],
  ['SELECT * FROM orders o, LATERAL (SELECT 1) x', /no LATERAL/],
  ['SELECT id::text FROM orders', /no casts with ::/],
  ["SELECT * FROM customers WHERE name ILIKE 'a%'", /no ILIKE\. Try: LIKE/],
  ['SELECT * FROM orders FULL OUTER JOIN customers USING (id)', /no FULL JOIN/],
  ['SELECT TOP 5 * FROM orders', /no TOP\. Try: LIMIT 10/],
  [
    'SELECT id FROM orders ORDER BY id NULLS LAST',
    /no NULLS FIRST or LAST\. Try: ORDER BY column IS/,
  ],
  ['SELECT COUNT(*) FILTER (WHERE id > 1) FROM orders', /no FILTER/],
  ["SELECT NOW() - INTERVAL '7 days' FROM orders", /no INTERVAL '7 days'\. Try: INTERVAL 7 DAY/],
  ['SELECT DISTINCT ON (id) * FROM orders', /no DISTINCT ON/],
  ['SELECT id FROM orders GROUP BY GROUPING SETS ((id), ())', /no GROUPING SETS/],
  ['SELECT EXTRACT(EPOCH FROM created_at) FROM customers', /Try: UNIX_TIMESTAMP/],
  ['SELECT id FROM "orders"', /no names in double quotes/],
  ['SELECT [id] FROM orders', /names in backticks/],
  ['SELECT id FROM orders WHERE id = ANY(ARRAY[1, 2])', /no arrays/],
  ["SELECT id FROM orders WHERE id = 1 AT TIME ZONE 'UTC'", /no AT TIME ZONE/],
  ['EXPLAIN ANALYZE SELECT 1', /no EXPLAIN ANALYZE/],
  ['EXPLAIN FORMAT=TREE SELECT 1', /Try: FORMAT=JSON, or the tool explain_query/],
  [
    'SELECT id FORM orders',
    /at character 16, near "orders"\..*Try: what stands before "orders" as well.*\n {2}SELECT id FORM orders\n {17}\^$/,
  ],
  [
    'SELECT name AS order FROM customers',
    /near "order FROM customers".*if order is a name, put it in backticks: `order`/,
  ],
  [
    'SELECT COUNT(*) FROM',
    /^INVALID_ARGUMENT: syntax error at the end of the statement.*something is missing/,
  ],
  // what it means
  [
    'SELECT id FROM orders JOIN customers ON 1',
    /^INVALID_ARGUMENT: .*'id'.*ambiguous\. Try: the column with its table/,
  ],
  ['SELECT id FROM orders WHERE SUM(id) > 1', /Try: every column in GROUP BY .* in HAVING/],
  ['SELECT (SELECT id FROM orders)', /more than 1 row\. Try: IN/],
  ['SELECT id FROM orders UNION SELECT 1, 2', /Try: the same number of columns/],
  ['SELECT CONCAT()', /CONCAT.*Try: the number of arguments/],
  ["SELECT _latin1'a' COLLATE utf8mb4_bin", /Try: both sides in one collation/],
  ["SELECT CONVERT('a' USING klingon)", /'klingon'\. Try: utf8mb4\.$/],
  ['SELECT 18446744073709551615 + 1', /out of range.*Try: CAST/],
  ["SELECT name REGEXP '(' FROM customers", /Try: a plainer pattern/],
  ['SELECT * FROM orders, orders', /Try: another alias/],
  // rights
  [
    'SELECT * FROM mysql.user',
    /^MISSING_PERMISSION: the account lacks the right SELECT on mysql\.user\. Why: it has SELECT on \$db\.\*, or/,
  ],
  [
    'DELETE FROM orders',
    /^MISSING_PERMISSION: the account lacks the right DELETE on \$db\.orders\./,
  ],
  ['SET GLOBAL max_connections = 1', /^MISSING_PERMISSION: the account lacks the right [A-Z, ]+\./],
  [
    "SELECT 1 INTO OUTFILE '/tmp/connectormcp-never'",
    /^MISSING_PERMISSION: the account lacks the right FILE\./,
  ],
])('explains %s', async (sql, words) => {
  const { database } = sandbox;
  const error = await mysql
    .select(unguarded(sql.replace('$db', database)))
    .catch(({ message }) => message);
  expect(error).toMatch(new RegExp(words.source.replaceAll('\\$db', database)));
  expect(error).not.toMatch(/[`'"]@[`'"]|127\.0\.0\.1|localhost|\n\s+at /);
});

it('says that a table is locked by somebody', async () => {
  const root = new Mysql(sandbox.root);
  await sandbox.admin.query('LOCK TABLES customers WRITE');
  const sql = unguarded('SET STATEMENT lock_wait_timeout = 0 FOR SELECT * FROM customers');
  await expect(root.select(sql)).rejects.toThrow(
    'CONFLICT: the table is locked by somebody who is changing it',
  );
  await sandbox.admin.query('UNLOCK TABLES');
  await root.close();
});
