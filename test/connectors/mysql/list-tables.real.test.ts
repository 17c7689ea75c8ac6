import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ToolClient } from './open-client.ts';
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

it.each([
  ['all that the account may see', {}, (own: string) => [own, `${own}_crm`]],
  ['those that match', { pattern: '*_CRM' }, (own: string) => [`${own}_crm`]],
  [
    'none that only looks like the pattern',
    { pattern: 'sandbox_????????' + '_' + 'c_m' },
    () => [],
  ],
  [
    "the server's own when asked",
    { include_system: true, pattern: 'information*' },
    () => ['information_schema'],
  ],
])('lists of the databases %s', async (_what, args, expected) => {
  const { databases } = await client.ask('list_databases', args);
  expect(names(databases)).toEqual(expected(sandbox.database));
});

it('tells the size of a database, and how it writes text', async () => {
  const { databases } = await client.ask('list_databases', { pattern: crm });
  expect(databases).toEqual([
    {
      name: crm,
      charset: 'utf8mb4',
      collation: expect.stringMatching(/^utf8mb4_/),
      tables: 1,
      size_bytes: expect.any(Number),
    },
  ]);
});

it.each([
  [{ pattern: '*%_*' }, [odd]],
  [{ pattern: '*`b.c*' }, [odd]],
  [{ pattern: 'HIST*' }, ['history']],
  [{ type: 'table', pattern: '*o*' }, ['customers', 'history', 'no_key', 'orders']],
  [{ pattern: 'counter' }, []],
])('lists the tables of %j, and no sequence', async (args, expected) => {
  expect(names((await client.ask('list_tables', args)).tables)).toEqual(expected);
});

it('finds nothing by characters that no name has', async () => {
  expect(await client.ask('list_tables', { pattern: '*💥' })).toMatchObject({ count: 0 });
  expect(await client.ask('search_schema', { pattern: '💥' })).toMatchObject({ count: 0 });
});

it('takes an empty pattern for none', async () => {
  expect((await client.ask('list_tables', { pattern: '' })).tables).not.toEqual([]);
  expect((await client.ask('list_databases', { pattern: '' })).databases).not.toEqual([]);
});

it('says that a pattern means whole names', async () => {
  const { tables, notes } = await client.ask('list_tables', { pattern: 'order' });
  expect(tables).toEqual([]);
  expect(notes).toEqual(['No table has exactly this name; try *order*']);
});

it('leaves out no table whose name differs in case only, page by page', async () => {
  const { admin } = sandbox;
  const tables = tellsCases ? ['Page', 'pAGE', 'page'] : ['page'];
  for (const table of tables) await admin.query(`CREATE TABLE ${table} (id INT)`);
  const seen: string[] = [];
  for (let cursor: unknown; seen.length < 9; ) {
    const args = { pattern: 'page', limit: 1, ...(cursor ? { cursor } : {}) };
    const page = await client.ask('list_tables', args);
    seen.push(...names(page.tables));
    cursor = page.next_cursor;
    if (!cursor) break;
  }
  expect(seen).toEqual(tables);
  await admin.query(`DROP TABLE ${tables.join(', ')}`);
});

it('names the argument that a cursor does not belong to', async () => {
  const { next_cursor: cursor } = await client.ask('list_tables', { limit: 1 });
  const refusal = await client.refusal('list_tables', { limit: 1, cursor, type: 'view' });
  expect(refusal).toMatch(/^BAD_CURSOR: this cursor belongs to a list with another type\. Try: /);
  expect(await client.refusal('search_schema', { pattern: 'x', cursor })).toMatch(
    /^BAD_CURSOR: this cursor belongs to another tool\./,
  );
});

it.each([
  [
    'describe_table',
    { table: 'ordres' },
    /^NOT_FOUND: there is no table \w+\.ordres that the account may see\. Try: orders/,
  ],
  ['describe_table', { table: '💥' }, /^NOT_FOUND: there is no table/],
  ['list_tables', { database: '💥' }, /^NOT_FOUND: there is no database/],
  ['describe_table', { table: 'people' }, /Try: sandbox_\w+_crm\.people\.$/],
  ['get_table_stats', { table: 'nowhere.orders' }, /Try: orders/],
  ['get_table_stats', { table: 'mysql.user' }, /^REFUSED: mysql belongs to the server itself/],
  ['get_table_indexes', { table: 'x'.repeat(141) }, /^INVALID_ARGUMENT: table: /],
  ['list_relationships', { tables: ['orders', 'custmers'] }, /Try: customers/],
  ['list_relationships', { database: 'nowhere' }, /^NOT_FOUND: there is no database nowhere/],
  ['list_tables', { database: 'SANDBOX' }, /^NOT_FOUND: there is no database SANDBOX/],
  ['list_tables', { database: '' }, /^INVALID_ARGUMENT: no database was named/],
  ['list_tables', { limit: 1001 }, /^INVALID_ARGUMENT: limit: /],
  ['search_schema', { pattern: '' }, /^INVALID_ARGUMENT: pattern: /],
  ['search_schema', { pattern: 'x', in: ['trigger'] }, /^INVALID_ARGUMENT: in\.0: /],
  ['search_schema', { pattern: 'x', database: 'sys' }, /^REFUSED: sys belongs/],
  [
    'execute_query',
    { query: 'SELECT 1', database: '"; DROP ' },
    /^NOT_FOUND: there is no database "; DROP\. Try: /,
  ],
  ['explain_query', { query: 'SELECT 1', format: 'xml' }, /^INVALID_ARGUMENT: format: /],
])('mends a wrong call: %s %j', async (name, args, words) => {
  expect(await client.refusal(name, args)).toMatch(words);
});
