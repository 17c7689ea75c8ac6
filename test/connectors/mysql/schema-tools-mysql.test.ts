import { expect, it } from 'vitest';
import { openClient, type ToolClient } from './open-client.ts';
import { openRecordedServer } from './recorded/mysql-server.ts';
import type { Answer, Row } from './recorded/packets.ts';
import { mysql80, mysql84 } from './recorded/servers.ts';

// There is no MySQL here: a server plays back what its manuals show. It answers by a part of the statement.

async function open(answers: Record<string, Answer>, recording = mysql80) {
  const server = await openRecordedServer(
    recording,
    (sql) => Object.entries(answers).find(([part]) => sql.includes(part))?.[1] ?? table([], []),
  );
  const client: ToolClient = await openClient(server.account);
  return {
    ...server,
    client,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const table = (columns: string[], ...rows: Row[]): Answer => ({ columns, rows });

const planColumns =
  'id select_type table partitions type possible_keys key key_len ref rows filtered Extra';
const scan = table(planColumns.split(' '), [
  1,
  'SIMPLE',
  'o',
  null,
  'ALL',
  null,
  null,
  null,
  null,
  250_000,
  10,
  'Using where; Using filesort',
]);
const tree =
  '-> Sort: o.total, limit input to 201 row(s) per chunk  (cost=1.25 rows=5)\n    -> Table scan on o  (cost=1.25 rows=5)\n';

it.each([mysql80, mysql84])('asks MySQL $version for its own tree', async (recording) => {
  await using server = await open(
    { TRADITIONAL: scan, 'FORMAT=TREE': table(['EXPLAIN'], [tree]) },
    recording,
  );
  const sql = 'SELECT * FROM orders o ORDER BY total';
  expect(await server.client.ask('explain_query', { query: sql })).toEqual({
    plan: tree,
    format: 'tree',
    warnings: [expect.stringMatching(/^no usable index on o/), expect.stringMatching(/^filesort/)],
    executed: false,
    truncated: false,
  });
  expect(server.sent).toContain(`EXPLAIN FORMAT=TREE ${sql}`);
});

it.each(['json', 'table'])(
  'says that MySQL shows what it met as a tree only, not as %s',
  async (format) => {
    await using server = await open({
      TRADITIONAL: scan,
      'EXPLAIN ANALYZE': table(['EXPLAIN'], [tree]),
    });
    const answer = await server.client.ask('explain_query', {
      query: 'SELECT 1',
      format,
      analyze: true,
    });
    expect(answer).toMatchObject({
      format: 'tree',
      executed: true,
      notes: ['This server shows such a plan as tree only.'],
    });
  },
);

it('describes a table as MySQL tells of it', async () => {
  await using server = await open({
    'FROM information_schema.tables': table(
      'database name type engine row_count_estimate data_bytes index_bytes free_bytes avg_row_bytes auto_increment created updated is_partitioned comment'.split(
        ' ',
      ),
      [
        'shop',
        'orders',
        'BASE TABLE',
        'InnoDB',
        5,
        16384,
        0,
        0,
        3276,
        '6',
        '2026-01-01 00:00:00',
        null,
        0,
        '',
      ],
    ),
    'FROM information_schema.columns': table(
      'table name type nullable default key extra generated comment'.split(' '),
      ['orders', 'id', 'bigint unsigned', 0, null, 'PRI', 'auto_increment', '', ''],
      ['orders', 'status', "enum('open','paid')", 0, 'open', '', '', '', ''],
      ['orders', 'at', 'datetime', 1, 'CURRENT_TIMESTAMP', '', 'DEFAULT_GENERATED', '', ''],
    ),
    'JOIN information_schema.check_constraints': table(
      ['name', 'clause'],
      ['orders_chk_1', '(`total` >= 0)'],
    ),
    'SHOW INDEX': table(
      'Table Non_unique Key_name Seq_in_index Column_name Collation Cardinality Sub_part Packed Null Index_type Comment Index_comment Visible Expression'.split(
        ' ',
      ),
      ['orders', 0, 'PRIMARY', 1, 'id', 'A', 5, null, null, '', 'BTREE', '', '', 'YES', null],
      [
        'orders',
        0,
        'once',
        1,
        null,
        'A',
        5,
        null,
        null,
        'YES',
        'BTREE',
        '',
        '',
        'YES',
        'lower(`code`)',
      ],
    ),
  });
  expect(await server.client.ask('describe_table', { table: 'orders' })).toMatchObject({
    columns: [
      { name: 'id', type: 'bigint unsigned', key: 'PRI', default: null },
      { name: 'status', default: "'open'" },
      { name: 'at', default: 'CURRENT_TIMESTAMP' },
    ],
    primary_key: ['id'],
    unique_keys: [{ name: 'once', columns: ['lower(`code`)'] }],
    checks: [{ name: 'orders_chk_1', clause: '(`total` >= 0)' }],
  });
});
