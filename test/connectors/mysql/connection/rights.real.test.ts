import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../../../src/connectors/mysql/connection/connect-options.ts';
import { Mysql } from '../../../../src/connectors/mysql/connection/mysql.ts';
import { readOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { openSandbox, type Sandbox } from '../sandbox.ts';

let sandbox: Sandbox;
let user: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  user = `${sandbox.database}_u`;
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const made: string[] = [];
afterEach(async () => {
  for (const who of made.splice(0)) await sandbox.admin.query(`DROP ${who}`);
});

/** An account with these grants; `$db` and `$role` are names of its own. */
async function makeAccount(...grants: string[]): Promise<Account & { database: string }> {
  const { database } = sandbox;
  await sandbox.admin.query(`CREATE USER ${user} IDENTIFIED BY 'hunter2'`);
  made.push(`USER ${user}`);
  for (const grant of grants) {
    const sql = grant.replaceAll('$db', database).replaceAll('$user', user);
    await sandbox.admin.query(sql.replace(/\$(role\w*)/g, `${database}_$1`));
    const role = /^CREATE ROLE \$(role\w*)/.exec(grant)?.[1];
    if (role) made.push(`ROLE ${database}_${role}`);
  }
  return { ...sandbox.reader, user, password: 'hunter2' };
}

const one = readOnlySql('SELECT 1');

async function refusal(account: Account): Promise<unknown> {
  const mysql = new Mysql(account);
  const answer = await mysql.select(one).then(
    () => 'served',
    ({ message }) => message,
  );
  await mysql.close();
  return answer;
}

const reads = 'GRANT SELECT, SHOW VIEW ON $db.* TO $user';

it.each([
  ['reads', [reads], 'served'],
  ['reads two columns', ['GRANT SELECT (id, name) ON $db.customers TO $user'], 'served'],
  ['may write', [reads, 'GRANT INSERT, DROP, EXECUTE ON $db.* TO $user'], 'served'],
  ['may read files', [reads, 'GRANT FILE ON *.* TO $user'], '(FILE)'],
  ['may all on one database', ['GRANT ALL ON $db.* TO $user'], '(ALL PRIVILEGES)'],
  ['may pass on', ['GRANT SELECT ON $db.* TO $user WITH GRANT OPTION'], '(GRANT OPTION)'],
  [
    'may see others',
    [reads, 'GRANT PROCESS, BINLOG ADMIN ON *.* TO $user'],
    '(BINLOG ADMIN, PROCESS)',
  ],
  [
    'has a harmless role',
    [reads, 'CREATE ROLE $role', 'GRANT SELECT ON $db.* TO $role', 'GRANT $role TO $user'],
    'served',
  ],
  [
    'has a role that may, asleep',
    [reads, 'CREATE ROLE $role', 'GRANT SUPER ON *.* TO $role', 'GRANT $role TO $user'],
    '(SUPER)',
  ],
  [
    'has one awake',
    [
      reads,
      'CREATE ROLE $role',
      'GRANT SUPER ON *.* TO $role',
      'GRANT $role TO $user',
      'SET DEFAULT ROLE $role FOR $user',
    ],
    '(SUPER)',
  ],
  [
    'has a role with a role that may',
    [
      reads,
      'CREATE ROLE $role',
      'CREATE ROLE $role2',
      'GRANT RELOAD ON *.* TO $role2',
      'GRANT $role2 TO $role',
      'GRANT $role TO $user',
    ],
    '(RELOAD)',
  ],
])('looks at what an account may do: one that %s', async (_what, grants, expected) => {
  expect(await refusal(await makeAccount(...grants))).toContain(expected);
});

it('works with a dangerous account when told to', async () => {
  const account = await makeAccount(reads, 'GRANT FILE ON *.* TO $user');
  expect(await refusal({ ...account, allowDangerousRights: true })).toBe('served');
});

it('notices a right that a role was given later, also where connections never rest', async () => {
  const account = await makeAccount(
    reads,
    'CREATE ROLE $role',
    'GRANT $role TO $user',
    'SET DEFAULT ROLE $role FOR $user',
  );
  const mysql = new Mysql(account, { renewMs: 200 });
  await mysql.select(one);
  await sandbox.admin.query(`GRANT FILE ON *.* TO ${sandbox.database}_role`);
  const call = async () => {
    await sleep(50); // so that there is no need for a second connection
    return mysql.select(one).then(() => 'served', String);
  };
  await expect.poll(call).toContain('REFUSED');
  await mysql.close();
});

it('keeps the role that an account begins with', async () => {
  const account = await makeAccount(
    'CREATE ROLE $role',
    'GRANT SELECT ON $db.* TO $role',
    'GRANT $role TO $user',
    'SET DEFAULT ROLE $role FOR $user',
  );
  const mysql = new Mysql(account);
  for (const _ of [1, 2, 3])
    expect((await mysql.select(readOnlySql('SELECT COUNT(*) FROM customers'))).rows).toEqual([[3]]);
  await mysql.close();
});

it('tells what is missing and what there is', async () => {
  const { database } = sandbox;
  const mysql = new Mysql(
    await makeAccount(
      'GRANT SELECT ON $db.customers TO $user',
      'GRANT SELECT (id) ON $db.orders TO $user',
    ),
  );
  const error = await mysql.select(readOnlySql('SELECT * FROM paid_orders')).catch(String);
  expect(error).toContain(
    `MISSING_PERMISSION: the account lacks the right SELECT on ${database}.paid_orders. Why: it has SELECT on ${database}.customers, ${database}.orders, or there is no such name.`,
  );
  await mysql.close();
});

const variables = ({ host, port, user, password, database }: Sandbox['root']) => ({
  MYSQL_HOST: host,
  MYSQL_PORT: String(port),
  MYSQL_USER: user,
  MYSQL_PASSWORD: password,
  MYSQL_DATABASE: database,
});
const main = 'src/connectors/mysql/main.ts';

async function run(env: NodeJS.ProcessEnv, ...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { env });
  child.stdin.end();
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { out, err, code };
}

it('does not start with an account that may do everything, and prints how to make another', async () => {
  const env = variables(sandbox.root);
  const started = await run(env);
  expect(started).toMatchObject({ out: '', code: 1 });
  const mending = `GRANT SELECT, SHOW VIEW ON \`${sandbox.database}\`.* TO 'reader'@'%';`;
  const checked = await run(env, '--check');
  expect(checked.code).toBe(1);
  for (const words of [started.err, checked.out]) {
    expect(words).toContain('he account may do more than read (ALL PRIVILEGES, GRANT OPTION)');
    expect(words).toContain(mending);
    expect(words).toContain('MYSQL_ALLOW_DANGEROUS_RIGHTS=true');
    expect(words).not.toContain(sandbox.root.password);
  }
});

async function connect(more: Record<string, string> = {}) {
  const client = new Client({ name: 'test', version: '1' });
  const env = { ...variables(sandbox.root), ...more };
  const child = { command: process.execPath, args: [main], env };
  await client.connect(new StdioClientTransport({ ...child, stderr: 'ignore' }));
  return client;
}

it('tells the client why it does not start', async () => {
  await expect(connect()).rejects.toThrow(
    'MySQL is not served. The account may do more than read (ALL PRIVILEGES, GRANT OPTION)',
  );
});

it('starts with it when told to, and says so on --check', async () => {
  const client = await connect({ MYSQL_ALLOW_DANGEROUS_RIGHTS: 'true' });
  const query = { name: 'execute_query', arguments: { query: 'SELECT COUNT(*) AS n FROM orders' } };
  expect(await client.callTool(query)).toMatchObject({ structuredContent: { rows: [[1000]] } });
  await client.close();
  const env = { ...variables(sandbox.root), MYSQL_ALLOW_DANGEROUS_RIGHTS: 'true' };
  const { out, code } = await run(env, '--check');
  expect(code).toBe(0);
  expect(out).toContain('! The account may do more than read (ALL PRIVILEGES, GRANT OPTION)');
});
