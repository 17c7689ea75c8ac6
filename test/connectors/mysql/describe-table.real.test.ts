import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClient, type ToolClient } from './open-client.ts';
import { odd, openSchema, type SchemaSandbox } from './open-schema.ts';

let sandbox: SchemaSandbox;
let client: ToolClient;
let crm: string;
/** On Linux by default, elsewhere not. */
let tellsCases: boolean;

beforeAll(async () => {
  sandbox = await openSchema();
  ({ client, crm } = sandbox);
  const [rows] = await sandbox.admin.query('SELECT @@lower_case_table_names = 0 AS tells');
  tellsCases = Boolean((rows as { tells: number }[])[0]?.tells);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const names = (list: unknown) => (list as { name: string }[]).map(({ name }) => name);

it('describes a table with an odd name whole', async () => {
  const args = { table: odd, sample_rows: 1, include_ddl: true };
  expect(await client.ask('describe_table', args)).toEqual({
    database: sandbox.database,
    table: odd,
    type: 'table',
    comment: 'odd on purpose',
    columns: [
      { name: 'i`d', type: 'int(11)', nullable: false, default: null, key: 'PRI' },
      { name: 'e f', type: 'int(11)', nullable: true, default: '5' },
      {
        name: 'g',
        type: 'int(11)',
        nullable: true,
        default: null,
        extra: 'STORED GENERATED',
        generated: '`e f` + 1',
      },
      { name: 'j', type: 'longtext', nullable: true, default: null },
      { name: 'hidden', type: 'int(11)', nullable: true, default: '3', extra: 'INVISIBLE' },
      {
        name: 't',
        type: 'varchar(9)',
        nullable: true,
        default: expect.stringMatching(/^'it.'s'$/),
      },
    ],
    primary_key: ['i`d'],
    unique_keys: [{ name: 'u k', columns: ['i`d', 't'] }],
    foreign_keys: [],
    referenced_by: [],
    checks: [
      { name: 'j', clause: 'json_valid(`j`)' },
      { name: 'over zero', clause: '`e f` > 0' },
    ],
    partitions: { method: 'HASH', expression: '`i``d`', count: 4 },
    sample: [[1, 5, 6, { a: 1 }, 3, "it's"]], // the invisible column in its place
    truncated: false,
    ddl: expect.stringMatching(/^CREATE TABLE `a``b\.c %_ü` \([\s\S]*PARTITIONS 4$/),
  });
});

it.each([
  ['its name', () => ({ table: odd })],
  ['its name in backticks', () => ({ table: '`a``b.c %_ü`' })],
  ['its path in backticks', () => ({ table: `\`${sandbox.database}\`.\`a\`\`b.c %_ü\`` })],
  ['its name and database', () => ({ table: odd, database: sandbox.database })],
])('finds a table by %s', async (_how, args) => {
  expect(await client.ask('get_table_indexes', args())).toMatchObject({ table: odd });
});

it.each([
  ['orders', undefined],
  [`${'$'}.orders`, undefined],
  [`${'$'}.orders`, '$_crm'], // the path says more than the argument
])('takes %j in the database %j for orders', async (table, database) => {
  const toName = (text: string) => text.replace('$', sandbox.database);
  const args = { table: toName(table), ...(database && { database: toName(database) }) };
  const { stats, database: found } = await client.ask('get_table_stats', args);
  expect([found, stats]).toMatchObject([sandbox.database, [{ table: 'orders' }]]);
});

it('shows which tables of other databases refer to a table, and its unique keys', async () => {
  const customers = await client.ask('describe_table', { table: 'customers' });
  expect(customers).toMatchObject({
    unique_keys: [{ name: 'email', columns: ['email'] }],
    referenced_by: [
      {
        name: 'of_customer',
        database: sandbox.database,
        table: 'orders',
        columns: ['customer_id'],
        ref_columns: ['id'],
      },
      {
        name: 'who',
        database: crm,
        table: 'people',
        columns: ['customer_id'],
        ref_columns: ['id'],
      },
    ],
  });
  const people = await client.ask('describe_table', { table: 'people', database: crm });
  expect(people.foreign_keys).toMatchObject([
    { name: 'above', ref_table: 'people' },
    { name: 'who', ref_database: sandbox.database, ref_table: 'customers', on_delete: 'CASCADE' },
  ]);
});

it('tells no account and no host of a view', async () => {
  const { ddl, type } = await client.ask('describe_table', {
    table: 'paid_orders',
    include_ddl: true,
  });
  expect(type).toBe('view');
  expect(ddl).toMatch(
    /^CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `paid_orders` AS select /,
  );
  expect(ddl).not.toContain('@');
});

it('keeps within an answer, however wide the table', async () => {
  const name = (n: number) => `a_rather_long_name_of_a_column_${n}`;
  const column = (n: number) => `${name(n)} INT DEFAULT ${n} COMMENT 'number "${n}"'`;
  const key = (n: number) =>
    `UNIQUE KEY a_rather_long_name_of_a_key_${n} (${name(n)}, ${name(n + 1)}, ${name(n + 2)})`;
  const columns = Array.from({ length: 500 }, (_, n) => column(n));
  const keys = Array.from({ length: 60 }, (_, n) => key(n));
  await sandbox.admin.query(
    `CREATE TABLE wide (${[...columns, ...keys].join(', ')}); INSERT INTO wide VALUES ()`,
  );
  const table = await client.ask('describe_table', {
    table: 'wide',
    sample_rows: 10,
    include_ddl: true,
  });
  expect(table).toMatchObject({
    truncated: true,
    notes: [
      expect.stringMatching(/^Only \d+ of 500 columns fit\. For the rest: SELECT /),
      expect.stringMatching(/^Only \d+ of 60 unique_keys fit\. For the rest: get_table_indexes$/),
    ],
    ddl: expect.stringMatching(/…\(\+\d+ chars\)$/),
  });
  const [row] = table.sample as unknown[][];
  expect(row).toHaveLength((table.columns as unknown[]).length);
  const [, rest = ''] = /the rest: (.*)$/.exec((table.notes as string[])[0] ?? '') ?? [];
  expect(await client.ask('execute_query', { query: rest, max_rows: 1 })).toMatchObject({
    row_count: 1,
  });
  expect(await client.ask('get_table_indexes', { table: 'wide' })).toMatchObject({
    truncated: true,
  });
  await sandbox.admin.query(`DROP TABLE ${sandbox.database}.wide`);
});

it('tells what is odd about indexes', async () => {
  const { notes } = await client.ask('get_table_indexes', { table: 'no_key' });
  expect(notes).toEqual([
    'The table has no primary key.',
    'head holds only the first 5 characters of a: it cannot sort by it.',
  ]);
  const view = await client.ask('get_table_indexes', { table: 'paid_orders' });
  expect(view).toMatchObject({ indexes: [], notes: ['A view has no indexes of its own.'] });
});

it('counts the rows of a view, and the tables that keep their history', async () => {
  const view = await client.ask('get_table_stats', { table: 'paid_orders', exact: true });
  expect(view.stats).toMatchObject([{ row_count: 500, row_count_kind: 'exact', engine: null }]);
  const all = await client.ask('get_table_stats', { sort_by: 'name' });
  expect((all.stats as { table: string }[]).map(({ table }) => table)).toEqual([
    odd,
    'customers',
    'history',
    'no_key',
    'orders',
  ]);
  const { admin } = sandbox;
  const many = Array.from({ length: 120 }, (_, n) => `${'long'.repeat(14)}_${n}`);
  await admin.query(many.map((name) => `CREATE TABLE ${name} (id INT)`).join('; '));
  const cut = await client.ask('get_table_stats', { limit: 500 });
  expect(cut.notes).toEqual([
    expect.stringMatching(
      /of 125 tables, as an answer holds 20 kB; name a table, or page through list_tables\.$/,
    ),
  ]);
  await admin.query(`DROP TABLE ${many.join(', ')}`);
  expect(await client.ask('get_table_stats', { limit: 1, exact: true })).toMatchObject({
    count: 1,
    truncated: true,
    notes: [/^These are 1 of 5 tables/, /^exact counts/].map((words) =>
      expect.stringMatching(words),
    ),
  });
});

it('takes names as the server does, which may tell cases apart', async () => {
  const database = sandbox.database.toUpperCase();
  const args = { table: 'ORDERS' };
  if (!tellsCases) expect(await client.ask('get_table_stats', args)).toMatchObject({ count: 1 });
  else {
    expect(await client.refusal('get_table_stats', args)).toMatch(/Try: orders/);
    expect(await client.refusal('list_tables', { database })).toContain(`Try: ${sandbox.database}`);
  }
});

it('shows what it may, and says what it lacks', async () => {
  const { admin, database, reader } = sandbox;
  const user = `${database}_2`;
  await admin.query(`CREATE USER ${user}@'%' IDENTIFIED BY '${reader.password}';
    GRANT SELECT (id, name) ON ${database}.customers TO ${user}@'%';
    GRANT SELECT ON ${database}.paid_orders TO ${user}@'%';`);
  await using poor = await openClient({ ...reader, user });
  expect(names((await poor.ask('list_tables')).tables)).toEqual(['customers', 'paid_orders']);
  const table = await poor.ask('describe_table', {
    table: 'customers',
    sample_rows: 1,
    include_ddl: true,
  });
  expect(names(table.columns)).toEqual(['id', 'name']);
  expect(table.sample).toEqual([[1, 'Ada']]);
  const view = await poor.ask('describe_table', { table: 'paid_orders', include_ddl: true });
  expect(view.notes).toEqual([
    expect.stringMatching(/^Not shown: the CREATE statement, because the account lacks the right /),
  ]);
  const stats = await poor.ask('get_table_stats', { table: 'customers', exact: true });
  expect(stats).toMatchObject({ stats: [{ row_count_kind: 'exact', row_count: 3 }] });
  expect(await poor.refusal('describe_table', { table: 'orders' })).toMatch(
    /^NOT_FOUND: .* that the account may see/,
  );
  await admin.query(`DROP USER ${user}@'%'`);
});

it('tells the same in the digest, byte for byte', async () => {
  const digest = await client.digest();
  const lines = digest.split('\n').slice(3);
  expect(lines).toContain(
    `${sandbox.database}.history (~0 rows): id int PK, customer_id int →? customers.id, at datetime [time]`,
  );
  expect(lines[0]).toMatch(
    /\.`a``b\.c %_ü` \(~\d+ rows\): `i``d` int PK, `e f` int, g int, j longtext, hidden int, t varchar\(9\)$/,
  );
  expect(await client.digest()).toBe(digest);
});
