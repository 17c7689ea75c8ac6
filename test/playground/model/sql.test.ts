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

it.each<[string, Filter['test'], string]>([
  [
    'leaves out one value, but not rows without any',
    { op: '!=', value: 'x' },
    "NOT (t.`a``b` <=> 'x')",
  ],
  ['takes a number that is missing as nothing', { op: 'empty' }, 'COALESCE(t.`a``b`, 0) = 0'],
  ['takes a number that is there as something', { op: 'present' }, 't.`a``b` <> 0'],
])('%s', (_name, test, where) => {
  expect(toSql(rows(test))).toContain(` WHERE ${where} LIMIT`);
});

it('looks for rows below that are missing, along the whole way, in a time of theirs', () => {
  const time = column('at', 'datetime');
  const visit: Table = { database: 'zoo', name: 'visit', columns: [time], isComplete: true };
  const keeper: Table = { database: 'zoo', name: 'keeper', columns: [odd], isComplete: true };
  const path = [
    { column: 'keeper_id', table: keeper, target: 'id' },
    { column: 'cage_id', table, target: 'no' },
  ];
  const during = { column: time, from: '2026-01-01', to: '2026-02-01' };
  expect(toSql(rows({ op: 'related', isMissing: true, table: visit, path, during }))).toContain(
    "NOT EXISTS (SELECT 1 FROM `zoo`.`visit` s JOIN `zoo`.`keeper` s1 ON s1.`id` = s.`keeper_id` WHERE s1.`cage_id` = t.`no` AND s.`at` >= '2026-01-01' AND s.`at` < '2026-02-01')",
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
