import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ToolClient } from './open-client.ts';
import { odd, openSchema, type SchemaSandbox } from './open-schema.ts';

let sandbox: SchemaSandbox;
let client: ToolClient;
let crm: string;

beforeAll(async () => {
  sandbox = await openSchema();
  ({ client, crm } = sandbox);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

it.each([
  [
    'a part of a name',
    { pattern: 'custom' },
    ['column customer_id', 'index by_customer', 'table customers'],
  ],
  ['a glob', { pattern: 'no_*' }, ['table no_key']],
  ['signs that mean something in patterns', { pattern: '%_' }, [`table ${odd}`]],
  ['a comment', { pattern: 'nobody', in: ['comment'] }, ['table no_key']],
  ['a view', { pattern: 'PAID', in: ['table'] }, ['view paid_orders']],
  ['nothing but columns', { pattern: 'code', in: ['column'] }, ['column code']],
])('searches by %s', async (_what, args, expected) => {
  const { matches } = await client.ask('search_schema', args);
  const found = (matches as { kind: string; name: string }[]).map(
    ({ kind, name }) => `${kind} ${name}`,
  );
  expect(found).toEqual(expect.arrayContaining(expected));
  if (expected.length === 1) expect(found).toEqual(expected);
});

it('searches page by page, in a database of one or in all', async () => {
  const seen: string[] = [];
  let cursor: unknown;
  do {
    const page = await client.ask('search_schema', {
      pattern: 'id',
      limit: 2,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(
      ...(page.matches as { database: string; table: string; kind: string; name: string }[]).map(
        (match) => Object.values(match).join(' '),
      ),
    );
    cursor = page.next_cursor;
  } while (cursor);
  const { matches } = await client.ask('search_schema', { pattern: 'id', limit: 500 });
  expect(seen).toEqual((matches as object[]).map((match) => Object.values(match).join(' ')));
  expect(new Set(seen).size).toBe(seen.length);
  const elsewhere = await client.ask('search_schema', { pattern: 'customer', database: crm });
  expect(elsewhere.matches).toEqual([
    { kind: 'column', database: crm, table: 'people', name: 'customer_id', type: 'int(11)' },
    { kind: 'index', database: crm, table: 'people', name: 'customer_id' },
  ]);
});

it('says more of what it found when asked', async () => {
  const args = { pattern: 'by_customer_status', detail: 'summary' };
  expect((await client.ask('search_schema', args)).matches).toEqual([
    {
      kind: 'index',
      database: sandbox.database,
      table: 'orders',
      name: 'by_customer_status',
      type: 'BTREE',
      columns: 'customer_id, status',
    },
  ]);
  expect(
    (await client.ask('search_schema', { pattern: 'wish', detail: 'summary' })).matches,
  ).toMatchObject([
    { kind: 'column', name: 'name', type: 'varchar(80)', comment: 'as they wish it' },
  ]);
});

it('offers near names where nothing matches', async () => {
  expect(await client.ask('search_schema', { pattern: 'custmers' })).toMatchObject({
    matches: [],
    notes: [expect.stringMatching(/^Nothing matches\. Near names: customers/)],
  });
});
