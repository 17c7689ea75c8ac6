import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ToolClient } from './open-client.ts';
import { openSchema, type SchemaSandbox } from './open-schema.ts';

let sandbox: SchemaSandbox;
let client: ToolClient;

beforeAll(async () => {
  sandbox = await openSchema();
  ({ client } = sandbox);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

it.each([
  [
    'tree',
    'SELECT * FROM orders o WHERE note = ? ORDER BY total',
    /^query block .*\n[\s\S]*table o \(access_type ALL, rows \d+/,
  ],
  ['tree', 'WITH t AS (SELECT 1 AS a) SELECT * FROM t', /^query block/],
  ['tree', '(SELECT id FROM orders) UNION (SELECT id FROM customers)', /union/],
])('draws the plan as a %s: %s', async (format, sql, drawn) => {
  const answer = await client.ask('explain_query', { query: sql.replace('?', "'x'"), format });
  expect(answer).toMatchObject({ format, executed: false, plan: expect.stringMatching(drawn) });
});

it('warns of what makes a query slow', async () => {
  const sql = "SELECT note, COUNT(*) FROM orders WHERE note LIKE '%x' GROUP BY note";
  const { warnings, plan } = await client.ask('explain_query', { query: sql, format: 'table' });
  expect(plan).toMatchObject([{ table: 'orders', type: 'ALL' }]);
  expect(warnings).toEqual(
    [
      /^no usable index on orders: a full scan reads about \d+ rows/,
      /^filesort: /,
      /^temporary table: /,
    ].map((words) => expect.stringMatching(words)),
  );
  const fast = await client.ask('explain_query', {
    query: 'SELECT * FROM orders WHERE id = 5',
    format: 'json',
  });
  expect(fast).toMatchObject({ warnings: [], plan: { query_block: { select_id: 1 } } });
});

it.each(['tree', 'json', 'table'])(
  'runs the query when told to, and shows what it met: %s',
  async (format) => {
    const args = { query: 'SELECT * FROM orders', format, analyze: true };
    const { executed, plan } = await client.ask('explain_query', args);
    expect(executed).toBe(true);
    expect(JSON.stringify(plan)).toMatch(/r_rows\W+[\d.]+/);
  },
);

it.each([
  ['a write', 'DELETE FROM orders', /^REFUSED: "DELETE"/],
  ['a second statement', 'SELECT 1; DROP TABLE orders', /^REFUSED: one statement/],
  ["a word of EXPLAIN's own", 'ANALYZE SELECT 1', /^INVALID_ARGUMENT: "ANALYZE" begins no query/],
  ['a format', 'FORMAT=JSON SELECT 1', /^REFUSED: /],
  ['a table', 'orders', /^REFUSED: /],
  ['a table that would be analyzed', 'TABLE orders', /^INVALID_ARGUMENT: "TABLE" begins no query/],
  ['another connection', 'FOR CONNECTION 5', /^REFUSED: /],
  ['SHOW', 'SHOW TABLES', /^INVALID_ARGUMENT: "SHOW" begins no query/],
  ['nothing', ' -- ', /^INVALID_ARGUMENT: there is no statement/],
  ['a stored function', 'SELECT format = json (1)', /^REFUSED: "json"/],
  ['a hint that lifts a limit', 'SELECT /*+ MAX_EXECUTION_TIME(0) */ 1', /^REFUSED: /],
  ['a comment that is code', '/*!50000 DELETE FROM orders */', /^REFUSED: /],
  ['an EXPLAIN of it', 'EXPLAIN SELECT format = json (1)', /^REFUSED: /],
  ['an unknown table', 'SELECT * FROM ordrs', /^NOT_FOUND: there is no table \w+\.ordrs/],
])('explains no %s', async (_what, sql, words) => {
  for (const analyze of [false, true])
    expect(await client.refusal('explain_query', { query: sql, analyze })).toMatch(words);
});
