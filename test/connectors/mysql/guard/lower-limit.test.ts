import { expect, it } from 'vitest';
import { lowerLimit } from '../../../../src/connectors/mysql/guard/lower-limit.ts';
import { readOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';

it.each([
  ['SELECT id FROM t LIMIT 1000', 'SELECT id FROM t LIMIT 201'],
  ['select id from t limit 1000 ; -- all', 'select id from t limit 201 ; -- all'],
  ['SELECT id FROM t LIMIT 10, 99999999999999999999', 'SELECT id FROM t LIMIT 10, 201'],
  ['SELECT id FROM t LIMIT 1000 OFFSET 5000', 'SELECT id FROM t LIMIT 201 OFFSET 5000'],
  [
    'WITH c AS (SELECT 1 LIMIT 900) SELECT * FROM c LIMIT 900',
    'WITH c AS (SELECT 1 LIMIT 900) SELECT * FROM c LIMIT 201',
  ],
  ['((SELECT id FROM t LIMIT 900));', '((SELECT id FROM t LIMIT 201));'],
  ['TABLE t LIMIT 900', 'TABLE t LIMIT 201'],
  ['SELECT 1 UNION ALL SELECT 2 LIMIT 900', 'SELECT 1 UNION ALL SELECT 2 LIMIT 201'],
])('lowers %s', (sql, lowered) => {
  expect(lowerLimit(readOnlySql(sql), 201)).toBe(lowered);
});

it.each([
  'SELECT id FROM t',
  'SELECT id FROM t LIMIT 201',
  'SELECT id FROM t LIMIT 0',
  'SELECT id FROM t LIMIT 5000, 100',
  'SELECT id FROM t LIMIT 100 OFFSET 5000',
  'SELECT * FROM (SELECT id FROM t LIMIT 900) x',
  'SELECT id FROM t LIMIT 900 ROWS EXAMINED 1000',
  '(SELECT id FROM t LIMIT 900) UNION ALL (SELECT id FROM t LIMIT 900)',
  'SELECT * FROM t WHERE id IN (SELECT id FROM u LIMIT 900)',
  'EXPLAIN SELECT id FROM t LIMIT 900',
  'SELECT `limit` 900',
  "SELECT 'LIMIT 900'",
  'SHOW TABLES',
])('leaves %s', (sql) => {
  expect(lowerLimit(readOnlySql(sql), 201)).toBe(sql);
});
