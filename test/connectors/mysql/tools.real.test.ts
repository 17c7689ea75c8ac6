import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
let client: Client;

async function start(script: string[], env: Record<string, string>) {
  const client = new Client({ name: 'test', version: '1' });
  const transport = { command: process.execPath, args: script, env, stderr: 'ignore' } as const;
  await client.connect(new StdioClientTransport(transport));
  await client.listTools(); // from here on the client checks results against the schemas
  return client;
}

const variables = ({ host, port, user, password, database }: Sandbox['reader']) => ({
  MYSQL_HOST: host,
  MYSQL_PORT: String(port),
  MYSQL_USER: user,
  MYSQL_PASSWORD: password,
  MYSQL_DATABASE: database,
});

beforeAll(async () => {
  sandbox = await openSandbox();
  client = await start(['src/connectors/mysql/main.ts'], variables(sandbox.reader));
});
afterAll(async () => {
  await client.close();
  await sandbox[Symbol.asyncDispose]();
});

interface Reply {
  isError?: boolean;
  content: [{ type: 'text'; text: string }];
  structuredContent?: Record<string, unknown>;
}

async function call(name: string, args: Record<string, unknown> = {}): Promise<Reply> {
  const reply = (await client.callTool({ name, arguments: args })) as unknown as Reply;
  const [{ text }] = reply.content;
  if (reply.structuredContent) expect(JSON.parse(text)).toEqual(reply.structuredContent);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
  return reply;
}

const ask = async (query: string, args: Record<string, unknown> = {}) =>
  (await call('execute_query', { query, ...args })).structuredContent;

const read = async (of: Client, uri: string) => {
  const content = (await of.readResource({ uri })).contents[0];
  return content && 'text' in content ? content.text : '';
};

it('lists the databases that the account may read, and none of the server itself', async () => {
  const { structuredContent } = await call('list_databases');
  expect(structuredContent).toMatchObject({
    databases: [{ name: sandbox.database, tables: 3, charset: 'utf8mb4' }],
    default_database: sandbox.database,
    truncated: false,
  });
});

it('lists tables and views page by page', async () => {
  const first = await call('list_tables', { limit: 2 });
  expect(first.structuredContent).toMatchObject({
    tables: [
      { name: 'customers', type: 'table', row_count_estimate: 3 },
      { name: 'orders', type: 'table' },
    ],
    truncated: true,
    next_cursor: expect.any(String),
  });
  const cursor = first.structuredContent?.next_cursor;
  const second = await call('list_tables', { limit: 2, cursor });
  expect(second.structuredContent).toMatchObject({
    tables: [{ name: 'paid_orders', type: 'view' }],
    truncated: false,
  });
  expect(second.structuredContent).not.toHaveProperty('next_cursor');
  const other = await call('list_tables', { pattern: 'o*', cursor });
  expect(other.content[0].text).toMatch(/^BAD_CURSOR: /);
});

it.each([
  [{ pattern: '*orders' }, ['orders', 'paid_orders']],
  [{ pattern: 'order_' }, []],
  [{ pattern: 'order?' }, ['orders']],
  [{ pattern: "'; DROP TABLE orders; --%" }, []],
  [{ type: 'view' }, ['paid_orders']],
])('lists the tables of %j', async (filter, names) => {
  const { structuredContent } = await call('list_tables', filter);
  const tables = structuredContent?.tables as { name: string }[];
  expect(tables.map(({ name }) => name)).toEqual(names);
});

it('describes a table with its foreign keys in both directions', async () => {
  const orders = await call('describe_table', { table: 'orders', sample_rows: 1 });
  expect(orders.structuredContent).toMatchObject({
    columns: [
      { name: 'id', nullable: false, key: 'PRI', extra: 'auto_increment' },
      { name: 'customer_id', nullable: false, default: null },
      { name: 'status', type: "enum('open','paid')" },
      { name: 'total', type: 'decimal(10,2)', nullable: true, default: null },
      { name: 'note' },
    ],
    primary_key: ['id'],
    foreign_keys: [
      {
        name: 'of_customer',
        columns: ['customer_id'],
        ref_table: 'customers',
        ref_columns: ['id'],
      },
    ],
    referenced_by: [],
    sample: [[1, 1, 'paid', '0.50', '']],
  });
  const customers = await call('describe_table', { table: `${sandbox.database}.customers` });
  expect(customers.structuredContent).toMatchObject({
    columns: expect.arrayContaining([expect.objectContaining({ comment: 'as they wish it' })]),
    referenced_by: [{ table: 'orders', columns: ['customer_id'], ref_columns: ['id'] }],
  });
});

it('tells estimates from counts', async () => {
  const all = await call('get_table_stats', { sort_by: 'name' });
  expect(all.structuredContent).toMatchObject({
    stats: [{ table: 'customers' }, { table: 'orders', row_count_kind: 'estimate' }],
    count: 2,
  });
  const one = await call('get_table_stats', { table: 'orders', exact: true });
  expect(one.structuredContent).toMatchObject({
    stats: [
      {
        table: 'orders',
        row_count: 1000,
        row_count_kind: 'exact',
        auto_increment: expect.any(String),
      },
    ],
  });
});

it('shows indexes, and what is odd about them', async () => {
  const { structuredContent } = await call('get_table_indexes', { table: 'orders' });
  expect(structuredContent).toMatchObject({
    indexes: [
      { name: 'PRIMARY', primary: true, unique: true, columns: [{ name: 'id', order: 'asc' }] },
      { name: 'by_customer', unique: false },
      { name: 'by_customer_status', columns: [{ name: 'customer_id' }, { name: 'status' }] },
    ],
    notes: ['by_customer is redundant: by_customer_status begins with the same columns.'],
  });
});

it('gives rows with exact values', async () => {
  const answer = await ask(
    `SELECT 9007199254740993 AS big, 5 AS small, 19.90 AS price, DATE '2026-11-22' AS day, NULL AS nothing,
      x'00ff' AS bytes, 'ü🙂' AS text, 1 AS id, 2 AS id`,
  );
  expect(answer).toMatchObject({
    columns: [
      { name: 'big', type: 'BIGINT' },
      { name: 'small', type: 'INT' },
      { name: 'price', type: 'DECIMAL' },
      { name: 'day', type: 'DATE' },
      { name: 'nothing', type: 'NULL' },
      { name: 'bytes', type: 'VARBINARY' },
      { name: 'text', type: 'VARCHAR' },
      { name: 'id' },
      { name: 'id_2' },
    ],
    rows: [
      [
        '9007199254740993',
        5,
        '19.90',
        '2026-11-22',
        null,
        { bytes: 2, preview_hex: '00ff' },
        'ü🙂',
        1,
        2,
      ],
    ],
    row_count: 1,
    truncated: false,
    database: sandbox.database,
    elapsed_ms: expect.any(Number),
  });
});

it.each([
  ['SELECT * FROM customers WHERE id < 0', {}, { rows: [], row_count: 0, truncated: false }],
  [
    'SELECT id FROM orders ORDER BY id',
    { max_rows: 2 },
    { rows: [[1], [2]], truncated: true, truncated_by: 'rows' },
  ],
  ['SELECT * FROM orders', { max_rows: 5000 }, { truncated: true, truncated_by: 'bytes' }],
  [
    "SELECT REPEAT('x', 30000) AS long_text",
    {},
    { rows: [[`${'x'.repeat(2000)}…(+28000 chars)`]], truncated: false },
  ],
  ['SHOW TABLES', {}, { rows: [['customers'], ['orders'], ['paid_orders']] }],
])('answers %s', async (query, args, expected) => {
  const answer = await ask(query, args);
  expect(answer).toMatchObject(expected);
  if (answer?.truncated) expect(answer.notes).toEqual([expect.stringMatching(/To go on: /)]);
});

it.each([
  [
    'execute_query',
    { query: 'SELECT * FROM custmers' },
    /^NOT_FOUND: there is no table \w+\.custmers\. Try: customers/,
  ],
  [
    'execute_query',
    { query: 'SELECT c.emial FROM customers c' },
    /^NOT_FOUND: .*c\.emial\. Try: email/,
  ],
  ['execute_query', { query: 'SELECT 1 FROM' }, /^INVALID_ARGUMENT: syntax error/],
  ['execute_query', { query: 'DELETE FROM orders' }, /^REFUSED: "DELETE" at character 1/],
  ['execute_query', { query: 'SELECT 1', database: 'mysql' }, /^REFUSED: mysql belongs/],
  ['execute_query', { query: 'SELECT 1', max_rows: 0 }, /^INVALID_ARGUMENT: max_rows: /],
  [
    'execute_query',
    { sql: 'SELECT 1' },
    /^INVALID_ARGUMENT: query is missing; unknown argument "sql"/,
  ],
  [
    'describe_table',
    { table: 'ordres' },
    /^NOT_FOUND: there is no table \w+\.ordres that the account may see\. Try: orders/,
  ],
  ['describe_table', { table: '' }, /^INVALID_ARGUMENT: table: /],
  ['get_table_indexes', { table: 'orders`; DROP TABLE orders' }, /^NOT_FOUND: there is no table/],
  ['get_table_stats', { table: 'no_such' }, /^NOT_FOUND: /],
  [
    'list_tables',
    { database: 'no_such' },
    /^NOT_FOUND: there is no database no_such that the account may see\. Try: sandbox_/,
  ],
  ['list_tables', { cursor: 'garbage' }, /^BAD_CURSOR: /],
])('mends a wrong call: %s %j', async (name, args, words) => {
  const reply = await call(name, args);
  expect(reply.isError).toBe(true);
  expect(reply.structuredContent).toBeUndefined();
  expect(reply.content[0].text).toMatch(words);
  expect(reply.content[0].text).not.toContain(sandbox.reader.password);
});

it('kills the query on the server when the client cancels', async () => {
  const stop = new AbortController();
  const query = 'SELECT COUNT(*) FROM orders a, orders b, orders c, orders d';
  const params = { name: 'execute_query', arguments: { query } };
  const cancelled = client.callTool(params, undefined, { signal: stop.signal }).catch(String);
  const running = async () => {
    const sql =
      "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE user = ? AND command = 'Query'";
    const [rows] = await sandbox.admin.query(sql, [sandbox.reader.user]);
    return Number((rows as { n: number }[])[0]?.n);
  };
  await eventually(async () => expect(await running()).toBe(1));
  stop.abort();
  await cancelled;
  await eventually(async () => expect(await running()).toBe(0));
});

it('tells its schema in the form that models are prompted with, the same each time', async () => {
  const digest = await read(client, 'mysql://digest');
  expect(digest.split('\n').slice(3)).toEqual([
    `${sandbox.database}.customers (~3 rows): id int PK, name varchar(80), email varchar(190) unique, created_at datetime [time]`,
    `${sandbox.database}.orders (~1000 rows): id bigint PK, customer_id int → customers.id, status enum('open','paid'), total decimal(10,2), note text`,
    `${sandbox.database}.paid_orders (view): id bigint, customer_id int, status enum('open','paid'), total decimal(10,2), note text`,
  ]);
  expect(await read(client, 'mysql://digest')).toBe(digest);
});

it('says that it is well', async () => {
  const { version } = JSON.parse(JSON.stringify(client.getServerVersion()));
  expect(version).toMatch(/^\d/);
  const { ok, lines } = JSON.parse(await read(client, 'mysql://health'));
  expect(ok).toBe(true);
  expect(lines.slice(0, 4)).toEqual([
    { ok: true, what: expect.stringMatching(/^(MariaDB|MySQL) [\d.]+ answers$/) },
    { ok: true, what: `Signed in as ${sandbox.reader.user}` },
    { ok: true, what: `The database ${sandbox.database} is there` },
    { ok: true, what: 'The account may only read' },
  ]); // what follows is advice about the server
});

it.each([
  ['a wrong password', { MYSQL_PASSWORD: 'hunter2' }, 'MYSQL_PASSWORD'],
  ['a database that is not there', { MYSQL_DATABASE: 'no_such' }, 'MYSQL_DATABASE'],
  ['nobody listening', { MYSQL_PORT: '1' }, 'MYSQL_HOST'],
])(
  'starts with %s, lists its tools, and names the variable to mend',
  async (_what, wrong, variable) => {
    const env = { ...variables(sandbox.reader), ...wrong };
    const other = await start(['src/connectors/serve.ts', 'mysql'], env);
    const health = JSON.parse(await read(other, 'mysql://health'));
    expect(health).toMatchObject({
      ok: false,
      lines: [{ fix: expect.stringContaining(variable) }],
    });
    expect(JSON.stringify(health)).not.toContain('hunter2');
    const reply = await other.callTool({ name: 'list_tables', arguments: {} });
    expect(reply.isError).toBe(true);
    await other.close();
  },
);
