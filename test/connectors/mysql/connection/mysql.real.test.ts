import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Mysql } from '../../../../src/connectors/mysql/connection/mysql.ts';
import { grantFor } from '../../../../src/connectors/mysql/connection/rights.ts';
import type { Account, Patience } from '../../../../src/connectors/mysql/connection/sessions.ts';
import {
  type ReadOnlySql,
  readOnlySql,
} from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { open as openServer } from '../../../../src/connectors/mysql/server.ts';
import { log as processLog } from '../../../../src/log.ts';
import { eventually } from '../../../support/eventually.ts';
import { openSandbox, type Sandbox } from '../sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** What a hole in the guard would let through. */
const unguarded = (sql: string) => sql as ReadOnlySql;

const endless = readOnlySql('SELECT COUNT(*) FROM orders a, orders b, orders c, orders d');

function open(account: Account, patience?: Partial<Patience>) {
  const mysql = new Mysql(account, patience);
  return Object.assign(mysql, { [Symbol.asyncDispose]: () => mysql.close() });
}

const log = processLog.child({}, { level: 'silent' });

/** The whole connector, as its process opens it. */
async function openConnector({ host, port, user, password, database }: Account) {
  const connector = await openServer({
    MYSQL_HOST: host,
    MYSQL_PORT: port,
    MYSQL_USER: user,
    MYSQL_PASSWORD: password,
    MYSQL_DATABASE: database,
  });
  return Object.assign(connector, { [Symbol.asyncDispose]: () => connector.close() });
}

const cell = async (mysql: Mysql, sql: string) =>
  (await mysql.select(readOnlySql(sql))).rows[0]?.[0];

/** How many statements of the sandbox's accounts the server works on. */
async function running(): Promise<number> {
  const [rows] = await sandbox.admin.query(
    "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = ? AND command = 'Query' AND info LIKE '%FROM orders a%' AND id <> CONNECTION_ID()",
    [sandbox.database],
  );
  return Number((rows as { n: number }[])[0]?.n);
}

/** Closes all connections of the sandbox's reader on the server. */
async function killAll() {
  const [rows] = await sandbox.admin.query(
    'SELECT id FROM information_schema.processlist WHERE user = ?',
    [sandbox.reader.user],
  );
  for (const { id } of rows as { id: number }[])
    await sandbox.admin.query(`KILL ${id}`).catch(() => {}); // it may have gone by itself
}

/** COM_RESET_CONNECTION as it is sent. */
const reset = Buffer.from([1, 0, 0, 0, 0x1f]);

/** A door to the database that can be shut: what a restart of the server looks like from outside. */
async function openDoor({ host, port }: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  let toLose = 0;
  const door = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect(port, host);
    client.on('data', (chunk) => {
      if (toLose === 0 || !chunk.equals(reset)) return;
      client.unpipe(server);
      toLose -= 1;
    });
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => {}).on('close', () => to.destroy());
    }
  });
  const listen = (port = 0) =>
    new Promise<void>((resolve) => door.listen(port, '127.0.0.1', () => resolve()));
  await listen();
  const address = door.address();
  const own = typeof address === 'object' && address ? address.port : 0;
  return {
    port: own,
    open: () => listen(own),
    /** The next connections go silent when they are reset, as when the network is gone without a word. */
    async goSilent(connections: number, calls: () => Promise<unknown>) {
      toLose = connections;
      const answers = await calls();
      await eventually(() => expect(toLose).toBe(0));
      return answers;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    async shut() {
      const closed = new Promise((resolve) => door.close(resolve));
      this.cut();
      await closed;
    },
  };
}

it.each([
  ['a delete', 'DELETE FROM orders', 'READ_ONLY'],
  ['an insert', "INSERT INTO customers (name, created_at) VALUES ('Eve', NOW())", 'READ_ONLY'],
  ['a statement that commits first', 'DROP TABLE orders', 'READ_ONLY'],
  ['a lock on rows', 'SELECT * FROM orders FOR UPDATE', 'READ_ONLY'],
  ['a second statement', 'SELECT 1; DROP TABLE orders', 'INVALID_ARGUMENT'],
  ['a file of ours', "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE customers", ''],
])('writes nothing when the guard has a hole, even as root: %s', async (_what, sql, code) => {
  await using mysql = open(sandbox.root);
  await expect(mysql.select(unguarded(sql))).rejects.toThrow(new RegExp(`^${code}`));
  expect(await cell(mysql, 'SELECT COUNT(*) FROM orders')).toBe(1000);
  expect(await cell(mysql, 'SELECT COUNT(*) FROM customers')).toBe(3);
});

it('refuses what the account was not granted, without naming account or host', async () => {
  await using mysql = open(sandbox.reader);
  const error = await mysql.select(unguarded('SELECT * FROM mysql.user')).catch(String);
  expect(error).toMatch(
    /MISSING_PERMISSION: the account lacks the right SELECT on `?mysql`?\.`?user/,
  );
  expect(error).not.toMatch(new RegExp(`${sandbox.reader.user}['\`]?@|127\\.0\\.0\\.1|localhost`));
});

it('sees what was written while its connection waited in the pool', async () => {
  await using mysql = open(sandbox.reader);
  const count = () => cell(mysql, 'SELECT COUNT(*) FROM fresh');
  await sandbox.admin.query(`CREATE TABLE ${sandbox.database}.fresh (id INT)`);
  for (let rows = 0; rows < 5; rows += 1) {
    expect(Number(await count())).toBe(rows);
    await sandbox.admin.query(`INSERT INTO ${sandbox.database}.fresh VALUES (${rows})`);
  }
  await sandbox.admin.query(`DROP TABLE ${sandbox.database}.fresh`);
});

it('forgets everything between two questions', async () => {
  await using mysql = open(sandbox.root);
  const [, , lock] = [
    await mysql.select(unguarded("SELECT @secret := 'of Ada'")),
    await mysql.select(unguarded("SET SESSION sql_mode = 'ANSI_QUOTES', tx_read_only = 0")),
    await mysql.select(unguarded("SELECT GET_LOCK('sandbox', 0)")),
  ];
  expect(lock.rows).toEqual([[1]]);
  expect(await cell(mysql, 'SELECT @secret')).toBeNull();
  expect(await cell(mysql, 'SELECT @@sql_mode')).not.toContain('ANSI_QUOTES');
  expect(await cell(mysql, 'SELECT "a string"')).toBe('a string');
  await expect(mysql.select(unguarded('DELETE FROM orders'))).rejects.toThrow('READ_ONLY');
  const [free] = await sandbox.admin.query("SELECT IS_FREE_LOCK('sandbox') AS free");
  expect(free).toEqual([{ free: 1 }]);
});

it('returns to the configured database after a question about another', async () => {
  await using mysql = open(sandbox.root);
  const there = await mysql.select(readOnlySql('SELECT DATABASE()'), { database: 'mysql' });
  expect(there.rows).toEqual([['mysql']]);
  expect(await cell(mysql, 'SELECT DATABASE()')).toBe(sandbox.database);
});

it('stays without a database when none is configured, also after a question about one', async () => {
  await using mysql = open({ ...sandbox.reader, database: undefined });
  const { database } = sandbox;
  expect((await mysql.select(readOnlySql('SELECT DATABASE()'), { database })).rows).toEqual([
    [database],
  ]);
  expect(await cell(mysql, 'SELECT DATABASE()')).toBeNull();
  await expect(mysql.select(readOnlySql('SELECT * FROM orders'))).rejects.toThrow(
    'INVALID_ARGUMENT: no database was named',
  );
});

it('ends a statement that takes too long, on the server as well', async () => {
  await using mysql = open(sandbox.reader);
  await expect(mysql.select(endless, { timeoutMs: 200 })).rejects.toThrow(/^TIMEOUT: .*0\.2 s/);
  // The server answers before it takes the statement off its list. It would run for ever by itself.
  await eventually(async () => expect(await running()).toBe(0));
});

it('kills the statement of a call that was cancelled, and goes on working', async () => {
  await using mysql = open(sandbox.reader);
  const stop = new AbortController();
  const call = mysql.select(endless, { signal: stop.signal }).catch(String);
  await eventually(async () => expect(await running()).toBe(1));
  stop.abort();
  expect(await call).toMatch('CANCELLED');
  await eventually(async () => expect(await running()).toBe(0));
  expect(await cell(mysql, 'SELECT 1')).toBe(1);
});

it('asks nothing for a call that was cancelled before it began', async () => {
  await using mysql = open(sandbox.reader);
  const call = mysql.select(endless, { signal: AbortSignal.abort() });
  await expect(call).rejects.toThrow('CANCELLED');
  expect(await running()).toBe(0);
});

it.each([
  ['a statement with a LIMIT of its own', 'SELECT id FROM orders ORDER BY id LIMIT 900'],
  ['a statement without', 'SELECT id FROM orders ORDER BY id'],
])('keeps the rows asked for and says that there are more: %s', async (_what, sql) => {
  await using mysql = open(sandbox.reader);
  const rows = await mysql.select(readOnlySql(sql), { maxRows: 3 });
  expect(rows).toMatchObject({ rows: [[1], [2], [3]], truncatedBy: 'rows' });
});

it('counts exactly as many rows as asked for as complete', async () => {
  await using mysql = open(sandbox.reader);
  const rows = await mysql.select(readOnlySql('SELECT id FROM customers'), { maxRows: 3 });
  expect(rows.rows).toHaveLength(3);
  expect(rows.truncatedBy).toBeUndefined();
});

it('gives no half of a schema for a whole one: it fails, or tells whoever asked to be told', async () => {
  await using mysql = open(sandbox.reader);
  const sql = readOnlySql('SELECT o.id FROM orders o, (SELECT id FROM orders LIMIT 30) p');
  const row = z.object({ id: z.number() });
  await expect(mysql.objects(sql, row)).rejects.toThrow(/^TOO_LARGE: .*Try: .*LIMIT/);
  const onCut = vi.fn();
  expect(await mysql.objects(sql, row, { onCut })).toHaveLength(20_000);
  expect(onCut).toHaveBeenCalledOnce();
});

it('stops the server once a result is large enough', async () => {
  await using mysql = open(sandbox.reader);
  const huge = readOnlySql('SELECT 1 FROM orders a, orders b, orders c LIMIT 1000000000');
  const rows = await mysql.select(huge, { maxRows: 5, timeoutMs: 20_000 });
  expect(rows).toMatchObject({ rows: Array(5).fill([1]), truncatedBy: 'rows' });
  await eventually(async () => expect(await running()).toBe(0));
});

it('answers more calls at once than it has connections', async () => {
  await using mysql = open(sandbox.reader);
  const calls = Array.from({ length: 50 }, (_, n) => cell(mysql, `SELECT ${n}`));
  expect(await Promise.all(calls)).toEqual(calls.map((_, n) => n));
});

it('answers as many calls as it has places for, and says to the rest that they are too many', async () => {
  await using mysql = open(sandbox.reader);
  const calls = Array.from({ length: 250 }, () => mysql.select(unguarded('SELECT SLEEP(0.01)')));
  const refused = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(250 - 200 - 6);
  for (const refusal of refused)
    expect(String((refusal as PromiseRejectedResult).reason)).toBe(
      'ToolError: RATE_LIMITED: too many questions at once. Try: again in a moment.',
    );
});

/** Takes all connections for as long as the statement runs. */
const occupy = (mysql: Mysql, sql: ReadOnlySql) => {
  const stop = new AbortController();
  const { signal } = stop;
  const calls = Array.from({ length: 6 }, () => mysql.select(sql, { signal }).catch(String));
  return { calls, [Symbol.dispose]: () => stop.abort() };
};

it('does not count the wait for a connection as time of the statement', async () => {
  await using mysql = open(sandbox.reader);
  using _ = occupy(mysql, unguarded('SELECT SLEEP(0.9)'));
  const answer = await mysql.select(readOnlySql('SELECT 1'), { timeoutMs: 100 });
  expect(answer.rows).toEqual([[1]]);
});

it('is well while slow questions take all connections, and says to the next one that it is busy', async () => {
  await using connector = await openConnector(sandbox.reader);
  const [query] = connector.tools.filter(({ name }) => name === 'execute_query');
  const stop = new AbortController();
  const context = { signal: stop.signal, progress: () => {}, log };
  const args = { max_rows: 1, timeout_ms: 60_000 };
  const slow = Array.from({ length: 6 }, () => query?.run({ ...args, query: endless }, context));
  const ended = Promise.allSettled(slow);
  await eventually(async () => expect(await running()).toBe(6));
  const lines = await connector.check(AbortSignal.timeout(20_000));
  expect(lines.filter(({ ok }) => !ok)).toEqual([]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const next = query?.run({ ...args, query: 'SELECT 1' }, context).catch(String);
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(await next).toBe(
    'ToolError: RATE_LIMITED: the database is busy with other questions. Try: again in a few seconds.',
  );
  stop.abort();
  await ended;
});

it('does not notice that the server closed its idle connections', async () => {
  await using mysql = open(sandbox.reader);
  await Promise.all([1, 2, 3].map((n) => cell(mysql, `SELECT ${n}`)));
  await killAll();
  for (const n of [1, 2, 3]) expect(await cell(mysql, `SELECT ${n}`)).toBe(n);
});

it('says so while the database is away and works again when it is back', async () => {
  const door = await openDoor(sandbox.reader);
  const account = { ...sandbox.reader, host: '127.0.0.1', port: door.port };
  await using mysql = open(account, { restartMs: 0 });
  expect(await cell(mysql, 'SELECT 1')).toBe(1);
  const interrupted = mysql.select(endless).catch(String);
  await eventually(async () => expect(await running()).toBe(1));
  await door.shut();
  expect(await interrupted).toMatch(/UPSTREAM_ERROR: the database is not answering/);
  await killAll(); // the server itself did not go away
  await expect(cell(mysql, 'SELECT 2')).rejects.toThrow('UPSTREAM_ERROR');
  await door.open();
  expect(await cell(mysql, 'SELECT 3')).toBe(3);
  await door.shut();
});

it('repeats a read whose connection was cut while it waited in the pool', async () => {
  const door = await openDoor(sandbox.reader);
  await using mysql = open({ ...sandbox.reader, host: '127.0.0.1', port: door.port });
  expect(await cell(mysql, 'SELECT 1')).toBe(1);
  door.cut();
  expect(await cell(mysql, 'SELECT 2')).toBe(2);
  await door.shut();
});

it('gives up connections that the server does not reset in time', async () => {
  const door = await openDoor(sandbox.reader);
  const account = { ...sandbox.reader, host: '127.0.0.1', port: door.port };
  await using mysql = open(account, { cleanMs: 100, queueMs: 3_000 });
  const six = [0, 1, 2, 3, 4, 5];
  const calls = () => Promise.all(six.map((n) => cell(mysql, `SELECT ${n}`)));
  expect(await door.goSilent(6, calls)).toEqual(six);
  expect(await cell(mysql, 'SELECT 6')).toBe(6);
  await door.shut();
});

it('leaves no socket open when it closes, were the server silent', async () => {
  const door = await openDoor(sandbox.reader);
  const account = { ...sandbox.reader, host: '127.0.0.1', port: door.port };
  const mysql = open(account, { cleanMs: 60_000 });
  await door.goSilent(1, () => cell(mysql, 'SELECT 1'));
  const before = sockets();
  await mysql.close();
  await eventually(() => expect(sockets()).toBe(before - 1));
  await door.shut();
});

const sockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

it('stops what was cancelled and answers who waits, within the connections that it asks for', async () => {
  const { database } = sandbox;
  const user = `${database}_few`;
  const most = /MAX_USER_CONNECTIONS \d+/.exec(grantFor(database))?.[0];
  await sandbox.admin.query(
    `CREATE USER ${user} IDENTIFIED BY 'hunter2' WITH ${most}; GRANT SELECT ON ${database}.* TO ${user}`,
  );
  const mysql = open({ ...sandbox.reader, user, password: 'hunter2' });
  const stop = new AbortController();
  const slow = Array.from({ length: 6 }, () =>
    mysql.select(endless, { signal: stop.signal }).catch(String),
  );
  await eventually(async () => expect(await running()).toBe(6));
  const waiting = Array.from({ length: 20 }, (_, n) => cell(mysql, `SELECT ${n}`));
  stop.abort();
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  for (const outcome of await Promise.all(slow)) expect(outcome).toMatch('CANCELLED');
  expect(await running()).toBe(0);
  await mysql.close();
  await sandbox.admin.query(`DROP USER ${user}`);
});
