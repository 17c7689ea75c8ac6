import { expect, it } from 'vitest';
import { readOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { ToolError } from '../../../../src/connectors/tool-error.ts';

it.each([
  'SELECT 1',
  'select 1;',
  '((SELECT 1) UNION ALL (SELECT 2)) ORDER BY 1',
  "SELECT 'DELETE FROM x; DROP' AS words, `update`, t.delete FROM t",
  'SELECT updated_at, is_deleted, sleep_hours FROM t -- done',
  "SELECT REPLACE(a, 'x', 'y'), INSERT(a, 1, 2, 'z'), TRUNCATE(b, 1), IF(c, 1, 2), LEFT(a, 3) FROM t",
  'WITH deletes (a, b) AS (SELECT 1, 2) SELECT a FROM deletes',
  'WITH RECURSIVE r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT * FROM r',
  'SELECT * FROM (VALUES ROW(1, 2)) AS v (a, b)',
  "SELECT TRIM(LEADING 'x' FROM a), EXTRACT(YEAR FROM d), SUBSTRING(a FROM 2 FOR 3) FROM t",
  'SELECT CAST(a AS CHAR(10) CHARACTER SET utf8mb4), CAST(b AS DECIMAL(10, 2)) FROM t',
  'SELECT * FROM t FORCE INDEX FOR ORDER BY (PRIMARY) WHERE (a, b) IN (SELECT c, d FROM u)',
  'SELECT SUM(x) OVER (PARTITION BY y ORDER BY z ROWS 3 PRECEDING) FROM t',
  "SELECT JSON_EXTRACT(a, '$.b'), a->>'$.c' FROM t",
  'SELECT @n := @n + 1, @@sql_mode FROM t',
  'SELECT table_name FROM information_schema.tables',
  'SELECT * FROM t FOR SYSTEM_TIME AS OF NOW()',
  "SELECT j.rid FROM t, JSON_TABLE(t.doc, '$[*]' COLUMNS (rid FOR ORDINALITY, a INT PATH '$.a')) j",
  'SELECT id, sys.name, COUNT(sys.id) FROM systems sys JOIN u ON (sys.id = u.id) GROUP BY 1, sys.name',
  'SELECT * FROM systems sys WHERE (sys.id, 1) IN (SELECT 1, 2) AND sys.id IN (1, sys.id)',
  'SELECT SQL_NO_CACHE (1+1), COALESCE (1, 2)',
  'SELECT DISTINCT SQL_BIG_RESULT (a) FROM t',
  'SELECT ST_Distance_Sphere(POINT(1, 2), POINT(3, 4)), LINESTRING(a, b), MBRContains(a, b) FROM t',
  'SELECT * FROM t JOIN LATERAL (SELECT 1) l INTERSECT (SELECT 2)',
  "SELECT * FROM t WHERE MATCH (a) AGAINST ('b' IN BOOLEAN MODE)",
  'WITH rank (a) AS (SELECT 1), `count` (b) AS (SELECT 2) SELECT * FROM rank',
  'SELECT SUBSTRING(a FROM value FOR 3) FROM t',
  "SELECT * FROM t WHERE 17 MEMBER OF (a->'$.b')",
  'SELECT /*+ MAX_EXECUTION_TIME(1000) */ 1',
  'TABLE t ORDER BY id LIMIT 3',
  'VALUES ROW(1), ROW(2)',
  'SHOW FULL COLUMNS FROM t',
  "SHOW TABLE STATUS LIKE 'o%'",
  'SHOW CREATE TABLE t',
  'DESCRIBE shop.t name',
  'EXPLAIN FORMAT=JSON SELECT 1',
  'EXPLAIN ANALYZE SELECT 1',
  'ANALYZE FORMAT=JSON SELECT 1',
  "SHOW VARIABLES LIKE 'version%'",
  "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('sql_mode', 'time_zone')",
  'SHOW SESSION VARIABLES LIKE "%timeout%"',
  'SHOW GRANTS FOR CURRENT_USER()',
  'SHOW COLUMNS FROM sys FROM shop',
  'SELECT @@global . version',
  'SELECT /*+ INDEX(t `by day`) */ 1 FROM t',
  '(SELECT 1) INTERSECT ((SELECT 1) UNION (SELECT 2))',
  'SELECT a DIV sys.b, NOW() - INTERVAL sys.days DAY FROM systems sys',
])('lets pass: %s', (sql) => {
  expect(readOnlySql(sql)).toBe(sql);
});

it.each([
  ['SELECT 1; DELETE FROM t', 'one statement per call', 'at character 11 ("DELETE")'],
  ['SELECT 1;;SELECT 2', 'one statement per call', 'SELECT'],
  ['DELETE FROM t', '"DELETE" at character 1', 'SELECT, WITH'],
  ['(DELETE FROM t)', '"DELETE"', 'only statements that read'],
  ['\ufeffSELECT 1', 'character 1', 'only statements that read'],
  ['WITH c AS (SELECT 1) DELETE FROM t', '"DELETE"', '`delete`'],
  ["SELECT 1 INTO OUTFILE '/tmp/x'", '"INTO" at character 10', 'only reads'],
  ['SELECT t.*INTO @a FROM t', '"INTO"', 'only reads'],
  ['SELECT 0.5INTO @a', '"0.5INTO @a"', 'glued'],
  ['SELECT * FROM t FOR UPDATE', '"UPDATE"', 'only reads'],
  ['SELECT * FROM t FOR/**/SHARE', '"FOR"', 'locks'],
  ['SELECT SUBSTRING((SELECT 1 FOR SHARE), 1)', '"FOR"', 'locks'],
  ['SELECT * FROM t LOCK IN SHARE MODE', '"LOCK"', 'only reads'],
  ['SELECT NEXT VALUE FOR s', '"FOR"', 'FOR'],
  ['SELECT SUBSTRING(NEXT VALUE FOR s, 1)', '"FOR"', 'sequence'],
  ['SELECT MID(PREVIOUS/**/VALUE FOR s, 1)', '"FOR"', 'sequence'],
  ["SELECT * FROM JSON_TABLE('[]', '$' COLUMNS (a INT PATH '$')) j FOR ORDINALITY", '"FOR"', ''],
  ['SELECT DEFAULT(id) FROM t', '"DEFAULT"', 'nothing but compute'],
  ['SELECT SLEEP(9)', '"SLEEP"', 'nothing but compute'],
  ['SELECT `sleep` (9)', '"`sleep`"', 'nothing but compute'],
  ['SELECT st_lock()', '"st_lock"', 'nothing but compute'],
  ['SELECT mbr_write(1)', '"mbr_write"', 'nothing but compute'],
  ['SELECT `abs`(1)', '"`abs`"', 'stored function'],
  ['SELECT COUNT (1)', '"COUNT"', 'COUNT( without a space'],
  ['SELECT substr/**/(a, 1)', '"substr"', 'stored function'],
  ['SELECT POINT(1)', '"POINT"', 'stored function'],
  ['SELECT LINESTRING()', '"LINESTRING"', 'stored function'],
  ["SELECT JSON_TABLE('[]', '$')", '"JSON_TABLE"', 'stored function'],
  ["SELECT JSON_TABLE(1, (SELECT JSON_TABLE('', '' COLUMNS (a INT))))", '"JSON_TABLE"', ''],
  ['SELECT columns(1)', '"columns"', 'nothing but compute'],
  ['SELECT lateral(VALUES(a))', '"lateral"', 'nothing but compute'],
  ['SELECT intersect(1)', '"intersect"', 'nothing but compute'],
  ['SELECT against(1), of(1), escape(1), minus(1), vector(1)', '"against"', ''],
  ['SELECT 1, sql_no_cache(1)', '"sql_no_cache"', 'nothing but compute'],
  ['SELECT COUNT(DISTINCT sql_no_cache(1))', '"sql_no_cache"', 'nothing but compute'],
  ['SELECT {fn SLEEP(9)}', '"SLEEP"', 'nothing but compute'],
  ['SELECT shop.f_write(1)', '"f_write"', 'nothing but compute'],
  ['WITH f (a) AS (SELECT 1) SELECT f(a)', '"f" at character 33', 'nothing but compute'],
  ['SELECT CONT(*) FROM t', '"CONT"', 'COUNT'],
  ['SELECT * FROM mysql.user', '"mysql"', 'belongs to the server'],
  ['SELECT * FROM `MySQL` . user', '"`MySQL`"', 'belongs to the server'],
  ['TABLE performance_schema.threads', '"performance_schema"', 'belongs to the server'],
  ['SELECT sys.a FROM systems sys, sys.processlist', '"sys"', 'belongs to the server'],
  ['SELECT 1 FROM a JOIN b ON a.select, sys.processlist', '"sys"', 'belongs to the server'],
  ['SELECT 1 FROM a JOIN b ON (a.x), mysql.user', '"mysql"', 'belongs to the server'],
  ['SELECT 1 FROM (a, (sys.processlist))', '"sys"', 'belongs to the server'],
  ['SELECT 1 FROM t FORCE INDEX FOR ORDER BY (k), sys.session', '"sys"', 'belongs'],
  ['SELECT 1 FROM {oj sys.session LEFT JOIN t ON 1}', '"sys"', 'belongs to the server'],
  ['SHOW COLUMNS IN mysql.user', '"mysql"', 'belongs to the server'],
  ['SHOW GLOBAL VARIABLES LIKE "init%"', '"VARIABLES"', 'SELECT @@name'],
  ['SELECT * FROM information_schema.global_variables', '"global_variables"', 'about the server'],
  ['SELECT * FROM information_schema.system_variables', '"system_variables"', 'about the server'],
  ['SELECT * FROM information_schema.processlist', '"processlist"', 'about the server'],
  ['SELECT @@init_connect', '"@@init_connect"', 'secret'],
  ['SELECT /*+ SET_VAR(sql_mode="") */ 1', 'SET_VAR', 'limit'],
  ['SELECT /*+ MAX_EXECUTION_TIME(0) */ 1', 'MAX_EXECUTION_TIME', 'limit'],
  ['SELECT /*!50000 SLEEP*/(9)', 'SLEEP', 'executable comment'],
  ['SHOW PROCESSLIST', '"PROCESSLIST"', 'SHOW TABLES'],
  ['SHOW GRANTS FOR root', '"FOR"', 'other accounts'],
  ['SHOW TABLES WHERE SLEEP(9)', '"SLEEP"', 'nothing but compute'],
  ['EXPLAIN DELETE FROM t', '"DELETE"', ''],
  ['EXPLAIN FOR CONNECTION 5', '"FOR"', 'FOR'],
  ['ANALYZE TABLE t', '"TABLE"', 'EXPLAIN SELECT'],
  ['SELECT * FROM t PROCEDURE ANALYSE()', '"PROCEDURE"', 'only reads'],
  ['SELECT 0X41()', '"0X41"', 'nothing but compute'],
  ['SELECT \u017fome()', '"\u017fome"', 'nothing but compute'], // a long s: no SOME to the server
  ['SELECT ma\u212ae_set(1, 2)', '"ma\u212ae_set"', 'nothing but compute'], // a kelvin sign
  ['SELECT 1 FROM `\u0130nformation_schema`.processlist', '"processlist"', 'about the server'],
  ['SELECT 1 FROM \u017fys.session', '"\u017fys"', 'belongs to the server'],
  ['SELECT @@global . init_connect', '"init_connect"', 'secret'],
  ['SELECT @@global/**/.`init_connect`', '"`init_connect`"', 'secret'],
  ['SELECT @@\u0131nit_connect', '"@@\u0131nit_connect"', 'secret'],
  ['SHOW COLUMNS FROM user FROM mysql', '"mysql"', 'belongs to the server'],
  ['SHOW COLUMNS FROM t.user FROM mysql', '"mysql"', 'belongs to the server'],
  ['SHOW INDEX IN user IN `MySQL`', '"`MySQL`"', 'belongs to the server'],
  ["SHOW FULL TABLES FROM performance_schema LIKE '%'", '"performance_schema"', 'belongs'],
  ['SHOW TABLES WHERE 1 IN (SELECT id FROM t)', '"SELECT"', 'locks what it reads'],
  ['SHOW STATUS WHERE (WITH c AS (SELECT 1) SELECT * FROM c)', '"WITH"', 'information_schema'],
  ['SHOW VARIABLES', '"VARIABLES"', 'secret'],
  ["SHOW VARIABLES LIKE '%'", '"VARIABLES"', "LIKE 'version%'"],
  ["SHOW VARIABLES LIKE 'init_connect'", '"VARIABLES"', 'secret'],
  ["SHOW VARIABLES LIKE 'version' 'x%'", '"VARIABLES"', 'secret'],
  ["SHOW VARIABLES WHERE Variable_name IN ('version', 'init_file')", '"VARIABLES"', 'secret'],
  ["SHOW VARIABLES WHERE Variable_name = 'version' OR 1", '"VARIABLES"', 'secret'],
  ['SHOW GRANTS FOR CURRENT_USER, root', '"FOR"', 'other accounts'],
  ['SELECT /*+ MAX_EXECUTION_TIME(9) MAX_EXECUTION_TIME(0) */ 1', 'MAX_EXECUTION_TIME', 'limit'],
  ['SELECT /*+ MAX_EXECUTION_TIME(1e9) */ 1', 'MAX_EXECUTION_TIME', 'limit'],
  ['SELECT /*+ INDEX(t `a) */ 1 FROM t', 'INDEX', 'quote'],
  ['SELECT intersect((SELECT 1))', '"intersect"', 'nothing but compute'],
  ["SELECT 'a\u0000b'", 'no text', ''],
  ["SELECT '\ud800'", 'no text', ''],
])('refuses %j and says where and why', (sql, where, why) => {
  const message = refusal(sql);
  expect(message).toMatch(/^REFUSED: /);
  expect(message).toContain(where);
  expect(message).toContain(why);
});

function refusal(sql: string): string {
  try {
    readOnlySql(sql);
  } catch (error) {
    if (error instanceof ToolError) return error.message;
  }
  return 'it passed';
}

it.each(['', '  \n', ';', '-- only a comment'])('finds no statement in %j', (sql) => {
  expect(() => readOnlySql(sql)).toThrow(/^INVALID_ARGUMENT: there is no statement/);
});

it('refuses a statement past 32,000 characters', () => {
  expect(() => readOnlySql(`SELECT ${'1,'.repeat(16_000)}1`)).toThrow(/^TOO_LARGE: /);
});
