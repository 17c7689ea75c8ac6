import { expect, it } from 'vitest';
import type { Filter, RowsQuery } from '../../../playground/model/rules/query.ts';
import type { Column, Table } from '../../../playground/model/rules/schema.ts';
import { toSql } from '../../../playground/model/rules/sql.ts';

const column = (name: string, type = 'int'): Column => ({
  name,
  type,
  isKey: false,
  isTime: false,
});
const odd = column('a`b');
const table: Table = { database: 'zoo`', name: 'cage; DROP', columns: [odd], isComplete: true };
const rows = (test: Filter['test']): RowsQuery => ({
  type: 'rows',
  table,
  columns: [odd],
  filters: [{ path: [], column: odd, test }],
  limit: 5,
});

it.each([
  ["it's", "'it''s'"],
  ["\\' OR 1=1 -- ", "' '' OR 1=1 -- '"],
  ["'; DROP TABLE x; --", "'''; DROP TABLE x; --'"],
  ['', "''"],
])('quotes names, and puts %j into a literal it cannot leave', (value, literal) => {
  expect(toSql(rows({ op: '=', value }))).toBe(
    `SELECT t.\`a\`\`b\` FROM \`zoo\`\`\`.\`cage; DROP\` t WHERE t.\`a\`\`b\` = ${literal} LIMIT 5`,
  );
});

it('joins a table once, however many things are wanted of it', () => {
  const place = column('place', 'varchar(20)');
  const keeper: Table = { database: 'zoo', name: 'keeper', columns: [place], isComplete: true };
  const cage: Table = { database: 'zoo', name: 'cage', columns: [odd], isComplete: true };
  const path = [{ column: 'keeper_id', table: keeper, target: 'id' }];
  const sql = toSql({
    type: 'figure',
    table: cage,
    measure: { fn: 'count' },
    group: { by: 'column', place: { path, column: place } },
    filters: [{ path, column: place, test: { op: 'present' } }],
    descending: true,
    limit: 3,
  });
  expect(sql).toBe(
    'SELECT t1.`place`, COUNT(*) AS `count` FROM `zoo`.`cage` t JOIN `zoo`.`keeper` t1 ON t1.`id` = t.`keeper_id` WHERE t1.`place` IS NOT NULL GROUP BY t1.`place` ORDER BY `count` DESC, t1.`place` LIMIT 3',
  );
});
