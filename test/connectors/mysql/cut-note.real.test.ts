import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClient, type ToolClient } from './open-client.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
let client: ToolClient;

beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.admin.query(`
    CREATE TABLE pairs (a INT NOT NULL, b INT NOT NULL, code VARCHAR(20) NOT NULL UNIQUE, mood ENUM('x', 'y') NOT NULL,
      maybe INT UNIQUE, PRIMARY KEY (a, b));
    INSERT INTO pairs SELECT id, 1, CONCAT('code ', 1000 + id), 'x', id FROM orders WHERE id <= 20;`);
  client = await openClient(sandbox.reader);
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
});

it.each([
  ['SELECT id FROM orders ORDER BY id', 'add WHERE id > 3 and keep ORDER BY id,'],
  [
    'SELECT id FROM orders o WHERE o.id > 2 ORDER BY o.id DESC',
    'let WHERE be (what it is now) AND id < 998 and keep ORDER BY id DESC,',
  ],
  [
    "SELECT id FROM orders WHERE status = 'open' OR id > 2 ORDER BY id",
    'let WHERE be (what it is now) AND id > 4 and keep ORDER BY id,',
  ],
  [
    'SELECT id FROM orders WHERE id > 2',
    'run it again with ORDER BY id and then let WHERE be (what it is now) AND id > its last value,',
  ],
  ['SHOW COLUMNS FROM orders', 'raise max_rows'],
  [
    'SELECT id, note FROM orders',
    'run it again with ORDER BY id and then add WHERE id > its last value,',
  ],
  ['SELECT code FROM pairs ORDER BY code', "add WHERE code > 'code 1003' and keep ORDER BY code,"],
  ['SELECT id FROM orders ORDER BY id LIMIT 10', 'ORDER BY a unique key and'],
  ['SELECT a, b FROM pairs', 'ORDER BY a unique key and'],
  ['SELECT a, b FROM pairs ORDER BY a', 'ORDER BY a unique key and'],
  ['SELECT maybe FROM pairs ORDER BY maybe', 'ORDER BY a unique key and'],
  ['SELECT mood, code FROM pairs ORDER BY mood', 'ORDER BY a unique key and'],
  ['SELECT -id AS id FROM orders ORDER BY id', 'ORDER BY a unique key and'],
  ['SELECT total AS id FROM orders ORDER BY id', 'ORDER BY a unique key and'],
  ['SELECT note FROM orders ORDER BY id', 'ORDER BY a unique key and'],
  [
    'SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id',
    'ORDER BY a unique key and',
  ],
  ['SELECT id FROM paid_orders ORDER BY id', 'ORDER BY a unique key and'],
])('says how to go on after a cut, and never wrongly: %s', async (query, words) => {
  const answer = await client.ask('execute_query', { query, max_rows: 3 });
  expect(answer).toMatchObject({ row_count: 3, truncated_by: 'rows' });
  expect(answer.notes).toEqual([
    expect.stringContaining(`Rows cut at 3: there are more. To go on: ${words}`),
  ]);
});

it('goes on where its note says, to the very end', async () => {
  const query = (where: string) => `SELECT id, note FROM orders WHERE ${where} ORDER BY id`;
  const seen: unknown[] = [];
  for (let where = 'TRUE'; where; ) {
    const answer = await client.ask('execute_query', { query: query(where) });
    const { rows, notes = [] } = answer as { rows: unknown[][]; notes?: string[] };
    seen.push(...rows.map(([id]) => id));
    where = /AND (id > \d+) and/.exec(notes[0] ?? '')?.[1] ?? '';
  }
  expect(seen).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
});

it.each(['', ' FROM orders WHERE FALSE'])(
  'keeps within an answer, however many columns%s',
  async (from) => {
    const columns = Array.from(
      { length: 700 },
      (_, n) => `1 AS a_rather_long_name_of_a_column_${n}`,
    );
    const answer = await client.ask('execute_query', {
      query: `SELECT ${columns.join(', ')}${from}`,
    });
    expect(answer).toMatchObject({ rows: [], truncated: true, truncated_by: 'bytes' });
    expect(answer.notes).toContainEqual(
      expect.stringMatching(/^These are the first \d+ of 700 columns: select fewer\.$/),
    );
  },
);
