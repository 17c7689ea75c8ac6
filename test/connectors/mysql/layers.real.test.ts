import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toConnectOptions } from '../../../src/connectors/mysql/connection/connect-options.ts';
import { toDialect } from '../../../src/connectors/mysql/connection/dialect.ts';
import { Mysql } from '../../../src/connectors/mysql/connection/mysql.ts';
import { runSql } from '../../../src/connectors/mysql/connection/run-sql.ts';
import { Sessions } from '../../../src/connectors/mysql/connection/sessions.ts';
import type { ReadOnlySql } from '../../../src/connectors/mysql/guard/read-only-sql.ts';
import { eventually } from '../../support/eventually.ts';
import { type OwnMariadb, openMariadb } from './own-mariadb.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

// Each layer alone, with the guard and all others taken away, for an account that may do everything.

let server: OwnMariadb; // locks on all its tables would be felt by other tests
let sandbox: Sandbox;
beforeAll(async () => {
  server = await openMariadb();
  const { host, port, root } = server;
  sandbox = await openSandbox({ host, port, ...root });
  await sandbox.admin.query(`
    CREATE FUNCTION write_it() RETURNS INT MODIFIES SQL DATA BEGIN DELETE FROM orders; RETURN 1; END;
    CREATE PROCEDURE write_it() BEGIN DELETE FROM orders; END;
    CREATE ROLE ${sandbox.database}_role;
    GRANT ${sandbox.database}_role TO ${sandbox.root.user}@'%';`);
});
afterAll(async () => {
  await sandbox.admin.end();
  await server[Symbol.asyncDispose]();
});

/** A bare connection of the all-powerful account, with nothing but the layer. */
async function connect(...layer: string[]): Promise<Connection & AsyncDisposable> {
  const { host, port, user, password, database } = sandbox.root;
  const connection = await createConnection({ host, port, user, password, database });
  for (const sql of layer) await connection.query(sql);
  return Object.assign(connection, { [Symbol.asyncDispose]: () => connection.end() });
}

const outcome = (connection: Connection, sql: string) =>
  connection.query(sql).then(
    ([rows]) => rows,
    (error: { errno: number }) => error.errno,
  );

/** What a hole in the guard would let through. */
const unguarded = (sql: string) => sql as ReadOnlySql;

async function state(): Promise<unknown> {
  const [tables] = await sandbox.admin.query('CHECKSUM TABLE customers, orders');
  const [names] = await sandbox.admin.query('SHOW TABLES');
  const [users] = await sandbox.admin.query(
    'SELECT COUNT(*) AS n FROM mysql.global_priv WHERE user NOT LIKE ?',
    ['sandbox%'],
  );
  return [tables, names, users];
}

/** The one assignment among those of a session. */
const setting = (name: string) => {
  const { setup, limits } = toDialect({ version: '10.11.1-MariaDB', comment: '', sqlMode: '' });
  const all = `${setup}, ${limits({ timeoutMs: 200, rows: 3 })}`.split(', ');
  return `SET ${all.find((part) => part.startsWith(`${name}=`))}`;
};

const dml = [
  'DELETE FROM orders',
  "UPDATE orders SET note = 'x'",
  "REPLACE INTO customers (id, name, created_at) VALUES (1, 'x', NOW())",
  "INSERT INTO customers (name, created_at) VALUES ('x', NOW()) RETURNING id",
  'DELETE orders FROM orders JOIN customers ON customers.id = customer_id',
  'SELECT write_it()',
  'EXPLAIN SELECT * FROM (SELECT write_it()) x',
  "ANALYZE UPDATE orders SET note = 'x'",
  "EXECUTE IMMEDIATE 'DELETE FROM orders'",
  'SELECT * FROM orders FOR UPDATE',
  "LOAD DATA INFILE '/etc/hostname' INTO TABLE customers (name)",
];

const ddl = [
  'DROP TABLE orders',
  'TRUNCATE TABLE orders',
  'CREATE TABLE more (id INT)',
  'CREATE TABLE more AS SELECT * FROM orders',
  'CREATE OR REPLACE VIEW paid_orders AS SELECT 1',
  'ALTER TABLE orders ADD COLUMN x INT',
  'RENAME TABLE orders TO lost',
  'CREATE INDEX x ON orders (total)',
  'DROP FUNCTION write_it',
  'CREATE USER somebody_else',
  'GRANT ALL ON *.* TO somebody_else IDENTIFIED BY "x"',
  'CALL write_it()',
  "EXECUTE IMMEDIATE 'DROP TABLE orders'",
];

describe.each([
  ['the read-only session', () => setting('tx_read_only'), [...dml, ...ddl]],
  ['the read-only transaction', () => 'START TRANSACTION READ ONLY', dml],
])('%s alone', (_layer, layer, statements) => {
  it.each(statements)('stops %s', async (sql) => {
    const before = await state();
    await using connection = await connect(layer());
    expect(await outcome(connection, sql)).toBe(1792);
    expect(await state()).toEqual(before);
  });
});

const endless = 'SELECT COUNT(*) FROM orders a, orders b, orders c, orders d';

it.each([
  'SELECT SLEEP(20)',
  endless,
  `SELECT * FROM customers WHERE id = (${endless})`,
  `EXPLAIN SELECT * FROM (SELECT SLEEP(20)) x`,
  `WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT r.n + 1 FROM r, orders WHERE r.n < 100) SELECT COUNT(*) FROM r a, r b`,
])('the time limit alone ends %s', async (sql) => {
  await using connection = await connect(setting('max_statement_time'));
  expect(await outcome(connection, sql)).toBe(1969);
});

it('the time limit alone ends a computation that hides its end', async () => {
  await using connection = await connect(setting('max_statement_time'));
  const rows = await outcome(connection, "SELECT BENCHMARK(1000000000000, MD5('x')) AS n");
  expect(rows).toEqual([{ n: 0 }]); // MariaDB gives a result as if nothing had happened
});

it.each([
  ['sql_select_limit', 'SELECT id FROM orders', 4],
  ['group_concat_max_len', 'SELECT GROUP_CONCAT(note) AS text FROM orders', 1],
  [
    'max_recursive_iterations',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r',
    10_001,
  ],
])('%s alone bounds %s', async (name, sql, atMost) => {
  await using connection = await connect(setting(name));
  const rows = (await outcome(connection, sql)) as { text?: string }[];
  expect(rows.length).toBeLessThanOrEqual(atMost);
  expect((rows[0]?.text ?? '').length).toBeLessThanOrEqual(65_536);
});

it('the memory limit alone ends a statement that fills it', async () => {
  await using connection = await connect(setting('max_session_mem_used'));
  const counts = Array.from({ length: 60 }, (_, n) => `COUNT(DISTINCT a.id + ${n}, b.id, ${wide})`);
  const sql = `SELECT ${counts.join(', ')} FROM orders a, orders b WHERE a.id <= 100`;
  expect(await outcome(connection, sql)).toBe(1290);
});

const wide = "REPEAT('x', 200)";

it.each([
  ['two statements in one', 'SELECT 1; DROP TABLE orders', 1064],
  ['two statements, one in an executable comment', 'SELECT 1 /*!; DROP TABLE orders */', 1064],
  [
    "a file of the client's",
    "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE customers (name)",
    4166,
  ],
])('the flags of the connection alone stop %s', async (_what, sql, errno) => {
  const before = await state();
  const options = toConnectOptions(sandbox.root, 'off');
  const connection = await createConnection({ ...options, database: sandbox.database });
  expect(await outcome(connection, sql)).toBe(errno);
  await connection.end();
  expect(await state()).toEqual(before);
});

it.each([
  ["SELECT 'x' INTO OUTFILE '/tmp/connectormcp-never'", 1227],
  ["SELECT LOAD_FILE('/etc/hostname') AS text", [{ text: null }]],
  ['SET GLOBAL max_connections = 1', 1227],
  ['FLUSH TABLES WITH READ LOCK', 1227],
  ['SELECT * FROM mysql.global_priv', 1142],
  ['KILL 1', 1095],
  ['SELECT write_it()', 1370],
  ['CALL write_it()', 1370],
  ['LOCK TABLES orders READ', 1044],
  ['DELETE FROM orders', 1142],
  ['DROP TABLE orders', 1142],
  ['CREATE TEMPORARY TABLE x (id INT)', 1044],
  ['SHUTDOWN', 1227],
])('the rights of the account alone stop %s', async (sql, expected) => {
  const { host, port, user, password, database } = sandbox.reader;
  const connection = await createConnection({ host, port, user, password, database });
  const given = await outcome(connection, sql);
  expect(sql.startsWith('KILL') && given === 1094 ? 1095 : given).toEqual(expected);
  await connection.end();
});

function openSessions() {
  const sessions = new Sessions(sandbox.root);
  return Object.assign(sessions, { [Symbol.asyncDispose]: () => sessions.close() });
}

/** Runs a statement in a loan of its own, which is over when this resolves. */
async function onLoan(sessions: Sessions, sql: string) {
  const { signal } = new AbortController();
  const session = await sessions.lend({ timeoutMs: 15_000, rows: 201 }, signal);
  const { connection, reused } = session;
  const given = await runSql(connection, sql).catch(({ errno }: { errno: number }) => errno);
  await sessions.takeBack(session, 'clean');
  return { connection, reused, given };
}

it.each([
  ["SET @secret = 'of Ada'", 'SELECT @secret', [[null]]],
  ["PREPARE p FROM 'SELECT 1'", 'EXECUTE p', 1243],
  ['HANDLER orders OPEN', 'HANDLER orders READ FIRST', 1109],
  ["SET SESSION sql_mode = 'ANSI_QUOTES'", 'SELECT "text"', [['text']]],
  ['SET SESSION TRANSACTION READ WRITE', 'SELECT @@tx_read_only', [[1]]],
  ['SET SESSION TRANSACTION READ WRITE', 'DELETE FROM orders', 1792],
  ['COMMIT', 'DELETE FROM orders', 1792],
  ['SET NAMES latin1', 'SELECT @@character_set_client', [['utf8mb4']]],
  ['SET max_statement_time = 0', 'SELECT @@max_statement_time', [[15]]],
  ['SET sql_select_limit = 1', 'SELECT id FROM customers ORDER BY id', [[1], [2], [3]]],
  ['USE mysql', "SELECT DATABASE() <> 'mysql'", [[1]]],
  ['SET ROLE $role', 'SELECT CURRENT_ROLE()', [[null]]],
])('the reset between two loans alone undoes %s', async (first, then, expected) => {
  await using sessions = openSessions();
  const before = await onLoan(sessions, first.replace('$role', `${sandbox.database}_role`));
  expect(before.given).toEqual([]); // it worked
  const after = await onLoan(sessions, then);
  expect(after.connection).toBe(before.connection);
  expect(after.given).toEqual(expected);
});

it('the reset between two loans alone drops temporary tables', async () => {
  await using sessions = openSessions();
  const { signal } = new AbortController();
  const session = await sessions.lend({ timeoutMs: 15_000, rows: 201 }, signal);
  for (const sql of ['COMMIT', 'SET tx_read_only = 0', 'CREATE TEMPORARY TABLE mine (id INT)'])
    await runSql(session.connection, sql);
  await sessions.takeBack(session, 'clean');
  const after = await onLoan(sessions, 'SELECT * FROM mine');
  expect(after).toMatchObject({ connection: session.connection, given: 1146 });
});

const touch = 'UPDATE orders SET note = note WHERE id = 1';

it.each([
  ["SELECT GET_LOCK('sandbox', 0)", "DO 1 / IS_FREE_LOCK('sandbox')"],
  ['LOCK TABLES orders READ', touch],
  ['SELECT * FROM orders LOCK IN SHARE MODE', touch],
  ['FLUSH TABLES WITH READ LOCK', touch],
])('the reset between two loans alone gives back what %s holds', async (sql, probe) => {
  await using sessions = openSessions();
  await using other = await connect(
    'SET lock_wait_timeout = 1, innodb_lock_wait_timeout = 1',
    "SET sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO'",
  );
  expect((await onLoan(sessions, sql)).given).not.toBeTypeOf('number');
  expect(await outcome(other, probe)).not.toBeTypeOf('number');
});

const open = () => {
  const mysql = new Mysql(sandbox.root);
  return Object.assign(mysql, { [Symbol.asyncDispose]: () => mysql.close() });
};

it('the timer of ours alone kills a statement that has disarmed that of the server', async () => {
  await using mysql = open();
  const sql = unguarded(`SET STATEMENT max_statement_time = 0 FOR ${endless}`);
  const error = await mysql.select(sql, { timeoutMs: 100 }).catch(String);
  expect(error).toMatch(/TIMEOUT: no answer after 0\.1 s/);
  const left =
    "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = ? AND info LIKE '%FROM orders a%' AND id <> CONNECTION_ID()";
  await eventually(async () => {
    const [rows] = await sandbox.admin.query(left, [sandbox.database]);
    expect(rows).toEqual([{ n: 0 }]);
  });
});

it('reads in a session that has every setting of ours', async () => {
  await using mysql = open();
  const { dialect } = await mysql.learn();
  const { rows } = await mysql.select(unguarded(dialect.verify.query));
  expect(dialect.verify.missing(rows[0] ?? [])).toEqual([]);
});
