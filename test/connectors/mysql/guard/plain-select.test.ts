import { expect, it } from 'vitest';
import { toPlainSelect } from '../../../../src/connectors/mysql/guard/plain-select.ts';

it.each([
  ['SELECT * FROM orders', { table: 'orders', isFiltered: false }],
  [
    'select id, UPPER(name) from shop.orders;',
    { database: 'shop', table: 'orders', isFiltered: false },
  ],
  [
    'SELECT o.id FROM `odd name` AS o WHERE o.id IN (1, 2) AND x = (1)',
    { table: 'odd name', isFiltered: true },
  ],
  ['SELECT EXTRACT(YEAR FROM day) FROM orders o', { table: 'orders', isFiltered: false }],
  ['SELECT id FROM orders -- all', { table: 'orders', isFiltered: false }],
  [
    'SELECT id FROM orders WHERE a > 1 ORDER BY id',
    { table: 'orders', isFiltered: true, order: { column: 'id', descending: false } },
  ],
  [
    'SELECT id FROM orders o ORDER BY o.`id` DESC',
    { table: 'orders', isFiltered: false, order: { column: 'id', descending: true } },
  ],
  [
    'SELECT id FROM orders ORDER BY asc',
    { table: 'orders', isFiltered: false, order: { column: 'asc', descending: false } },
  ],
])('reads %s', (sql, plain) => {
  expect(toPlainSelect(sql)).toEqual(plain);
});

it.each([
  'SELECT 1',
  'SHOW TABLES',
  'TABLE orders',
  'WITH o AS (SELECT 1) SELECT * FROM o',
  '(SELECT id FROM orders)',
  'SELECT id FROM orders UNION SELECT 1',
  'SELECT DISTINCT a FROM orders ORDER BY a',
  'SELECT a FROM orders GROUP BY a',
  'SELECT * FROM orders, customers',
  'SELECT * FROM orders JOIN customers USING (id)',
  'SELECT * FROM orders NATURAL JOIN customers',
  'SELECT * FROM (orders)',
  'SELECT * FROM (SELECT 1 AS id) t',
  'SELECT * FROM JSON_TABLE(a, b) t',
  'SELECT * FROM orders FORCE INDEX (by_day)',
  'SELECT * FROM orders PARTITION (p0)',
  'SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM orders',
  'SELECT id FROM orders WHERE id IN (SELECT 1)',
  'SELECT id FROM orders ORDER BY a, id',
  'SELECT id FROM orders ORDER BY id + 1',
  'SELECT id FROM orders ORDER BY UPPER(id)',
  'SELECT id FROM orders ORDER BY 1',
  'SELECT id FROM orders ORDER BY -id',
  "SELECT id FROM orders ORDER BY 'id'",
  'SELECT id FROM orders LIMIT 10',
  'SELECT id FROM orders LIMIT 10, 20',
  'SELECT id FROM orders LIMIT 10 OFFSET 20',
  'SELECT id FROM orders LIMIT 10 ROWS EXAMINED 100',
  'SELECT id FROM orders ORDER BY',
  'SELECT id FROM',
  '',
])('says nothing of %s', (sql) => {
  expect(toPlainSelect(sql)).toBeUndefined();
});
