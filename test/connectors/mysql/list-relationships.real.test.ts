import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClient, type ToolClient } from './open-client.ts';
import { openSchema, type SchemaSandbox } from './open-schema.ts';

let sandbox: SchemaSandbox;
let client: ToolClient;
let crm: string;

beforeAll(async () => {
  sandbox = await openSchema();
  ({ client, crm } = sandbox);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

it('lists what joins what: what is declared, also from elsewhere, and what is inferred', async () => {
  const { edges } = await client.ask('list_relationships');
  expect(edges).toEqual([
    {
      from: 'orders',
      to: 'customers',
      columns: [{ from: 'customer_id', to: 'id' }],
      join: '`orders`.customer_id = `customers`.id',
      kind: 'declared',
    },
    {
      from: `${crm}.people`,
      to: 'customers',
      columns: [{ from: 'customer_id', to: 'id' }],
      join: `\`${crm}\`.\`people\`.customer_id = \`customers\`.id`,
      kind: 'declared',
    },
    {
      from: 'history',
      to: 'customers',
      columns: [{ from: 'customer_id', to: 'id' }],
      join: '`history`.customer_id = `customers`.id',
      kind: 'inferred',
      why: 'customer_id is named after customers.id, a key of a matching type; nothing declares it',
    },
  ]);
  for (const { join, from, to } of edges as { join: string; from: string; to: string }[])
    await client.ask('execute_query', {
      query: `SELECT COUNT(*) FROM ${from} JOIN ${to} ON ${join}`,
    });
  const { edges: few } = await client.ask('list_relationships', { tables: ['history', 'no_key'] });
  expect(few).toMatchObject([{ from: 'history' }]);
});

it('joins a table with itself, and with one of another database', async () => {
  const { edges } = await client.ask('list_relationships', { database: crm });
  expect(edges).toMatchObject([
    { from: 'people', to: 'people', join: 'a.boss = b.id', why: 'a and b are both `people`' },
    { from: 'people', to: `${sandbox.database}.customers` },
  ]);
  const [{ join } = { join: '' }] = edges as { join: string }[];
  const query = `SELECT COUNT(*) FROM people a JOIN people b ON ${join}`;
  await client.ask('execute_query', { query, database: crm });
});

it('answers only of the tables that were named, also of those of another database', async () => {
  const tables = [`${crm}.people`];
  const { edges } = await client.ask('list_relationships', {
    database: sandbox.database,
    tables,
  });
  expect(edges).toMatchObject([{ from: `${crm}.people`, to: 'customers' }]);
  const both = await client.ask('list_relationships', { tables: ['orders', `${crm}.people`] });
  expect(both).toMatchObject({
    database: sandbox.database,
    edges: [{ from: 'orders' }, { from: `${crm}.people` }],
  });
});

it('sees declared keys with the right SELECT alone', async () => {
  const user = `${sandbox.database}_p`;
  const { admin, database, reader } = sandbox;
  await admin.query(`CREATE USER ${user}@'%' IDENTIFIED BY '${reader.password}';
    GRANT SELECT ON ${database}.* TO ${user}@'%'`);
  await using poor = await openClient({ ...reader, user });
  const { edges } = await poor.ask('list_relationships', { tables: ['orders'] });
  expect(edges).toMatchObject([{ from: 'orders', to: 'customers', kind: 'declared' }]);
  expect(await poor.ask('describe_table', { table: 'orders' })).toMatchObject({
    foreign_keys: [{ name: 'of_customer', ref_table: 'customers', on_delete: 'unknown' }],
  });
  expect(await poor.ask('describe_table', { table: 'customers' })).toMatchObject({
    referenced_by: [{ table: 'orders' }],
  });
  await admin.query(`DROP USER ${user}@'%'`);
});

it('pages through more edges than an answer holds', async () => {
  const names = Array.from({ length: 70 }, (_, n) => `${'far'.repeat(15)}_${n}`);
  const create = names.map((name) => `CREATE TABLE ${name} (hub_id INT) ENGINE=MEMORY`);
  await sandbox.admin.query(`CREATE TABLE hub (id INT PRIMARY KEY); ${create.join('; ')}`);
  const seen: string[] = [];
  let cursor: unknown;
  do {
    const args = { tables: ['hub'], ...(cursor ? { cursor } : {}) };
    const page = await client.ask('list_relationships', args);
    seen.push(...(page.edges as { from: string }[]).map(({ from }) => from));
    expect(page.truncated).toBe(page.next_cursor !== undefined);
    cursor = page.next_cursor;
  } while (cursor);
  expect(seen).toHaveLength(70);
  expect(new Set(seen)).toEqual(new Set(names));
  await sandbox.admin.query(`DROP TABLE hub, ${names.join(', ')}`);
});

it('takes no cursor of a list of other tables', async () => {
  const { next_cursor: cursor } = await client.ask('list_relationships', { limit: 1 });
  expect(
    await client.refusal('list_relationships', { limit: 1, tables: ['orders'], cursor }),
  ).toMatch(/^BAD_CURSOR: .*another tables/);
});

it('says what is missing of a database that is too large to be read at once', async () => {
  const columns = Array.from({ length: 2_500 }, (_, n) => `c${n} TINYINT`).join(', ');
  const names = Array.from({ length: 9 }, (_, n) => `wide_${n}`);
  const create = names.map((name) => `CREATE TABLE ${name} (${columns}) ENGINE=MyISAM`);
  await sandbox.admin.query(create.join('; '));
  const { edges, notes } = await client.ask('list_relationships');
  const digest = await client.digest();
  await sandbox.admin.query(`DROP TABLE ${names.join(', ')}`);
  expect(edges).toMatchObject([{ from: 'orders' }, { from: `${crm}.people` }, { from: 'history' }]);
  expect(notes).toEqual([expect.stringMatching(/too large .* describe_table/)]);
  expect(digest).toMatch(/wide_8 \(~0 rows\)\n.*Where columns are missing/s);
});
