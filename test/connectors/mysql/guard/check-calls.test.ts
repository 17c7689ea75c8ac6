import { expect, it } from 'vitest';
import { checkNative } from '../../../../src/connectors/mysql/guard/check-calls.ts';
import type { Product } from '../../../../src/connectors/mysql/guard/pure-functions.ts';

const mysql = (version: string): Product => ({ product: 'MySQL', version });
const mariadb = (version: string): Product => ({ product: 'MariaDB', version });

it.each([
  ['SELECT ANY_VALUE(a), COUNT(*) FROM t', mysql('8.0.42')],
  ['SELECT NVL(a, 1), MEDIAN(a) OVER () FROM t', mariadb('10.11.19')],
  ['SELECT JSON_OVERLAPS(a, b) FROM t', mysql('8.4.0')],
  ['SELECT JSON_OVERLAPS(a, b) FROM t', mariadb('10.11.19')],
  ['SELECT a.id, CONVERT(b USING utf8mb4) FROM a JOIN b USING (id)', mariadb('10.11.19')],
  ['SELECT shop.a.id, CONVERT(b USING utf8mb4) FROM shop.a JOIN b ON 1', mariadb('10.11.19')],
  ['SELECT shop.a.id FROM a JOIN b USING (id)', mysql('8.4.0')],
  ["SELECT nvl, 'nvl(1)' FROM t -- nvl(1)", mysql('8.4.0')],
])('lets the server run its own function: %s on %j', (sql, server) => {
  expect(() => checkNative(sql, server)).not.toThrow();
});

it.each([
  ['SELECT nvl (a, 1) FROM t', mysql('8.4.5'), /"nvl".*MySQL 8.4.5 has no function .* stored/],
  ['SELECT ANY_VALUE/**/(a) FROM t', mariadb('11.4.2'), /"ANY_VALUE".*MariaDB 11.4.2 has no/],
  ['SELECT JSON_OVERLAPS(a, b) FROM t', mariadb('10.6.18'), /"JSON_OVERLAPS"/],
  ['SELECT nvl/*+ x */(a, 1) FROM t', mysql('8.4.5'), /"nvl"/],
  ['SELECT 1 FROM a JOIN b USING (id) WHERE shop.a.nope', mariadb('11.4.2'), /"shop".*crash/],
  ['SELECT `shop`. a .b FROM a NATURAL LEFT JOIN b', mariadb('10.6.18'), /crash.*table.column/],
  ['SELECT st_collect(a) FROM t', mysql('8.0.9'), /"st_collect"/],
])('refuses what it would take for a stored function: %s', (sql, server, words) => {
  expect(() => checkNative(sql, server)).toThrow(/^REFUSED: /);
  expect(() => checkNative(sql, server)).toThrow(words);
});
