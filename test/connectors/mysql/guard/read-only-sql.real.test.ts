import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mysql } from '../../../../src/connectors/mysql/connection/mysql.ts';
import { readOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { ToolError } from '../../../../src/connectors/tool-error.ts';
import { corpus, hostile, legit, legitMysql } from '../fuzz/corpora.ts';
import { hunt, judge } from '../fuzz/hunt.ts';
import { type Oracle, openOracle } from '../fuzz/oracle.ts';
import { openVictim, type Victim } from '../fuzz/victim.ts';

const mariadb = { product: 'MariaDB', version: '10.11.19' } as const;
const mysql8 = { product: 'MySQL', version: '8.4.0' } as const;

let victim: Victim;
let oracle: Oracle;
beforeAll(async () => {
  victim = await openVictim();
  oracle = await openOracle(victim, corpus);
});
afterAll(async () => {
  oracle.close();
  await victim[Symbol.asyncDispose]();
});

describe('the guard alone, on an account with all rights', () => {
  it('refuses every hostile statement', () => {
    const passed = (server: typeof mariadb | typeof mysql8) =>
      hostile.filter((sql) => judge(sql, server) !== 'refused');
    expect(passed(mariadb)).toEqual([]);
    // A function of its own, and queries that make only MariaDB fall.
    expect(passed(mysql8)).toEqual([
      'SELECT any_value(1)',
      'SELECT shop.orders.nope FROM customers JOIN orders USING (id)',
      'SELECT 1 FROM customers NATURAL JOIN orders WHERE x.orders.status = 1',
    ]);
  });

  it('lets every legitimate statement pass', () => {
    expect(legit.filter((sql) => judge(sql, mariadb) !== 'allowed')).toEqual([]);
    expect(legitMysql.filter((sql) => judge(sql, mysql8) !== 'allowed')).toEqual([]);
  });

  it('lets legitimate statements do nothing but answer', async () => {
    const { effects, failed } = await oracle.run(legit);
    expect(effects).toEqual([]);
    expect(failed.filter(({ sql }) => !otherDialect.test(sql))).toEqual([]);
  });

  it('lets no mutant do more than read', async () => {
    const { made, allowed, answered, hits } = await hunt({
      corpus,
      seed: 20_260_101,
      count: 5_000,
    });
    expect(hits).toEqual([]);
    expect(made).toBe(5_000);
    expect(allowed).toBeGreaterThan(1_000);
    expect(answered).toBeGreaterThan(300);
  }, 120_000);
});

/** What MariaDB 10.11 does not know of the given corpus. */
const otherDialect = /^TABLE|VALUES ROW|LATERAL|EXPLAIN ANALYZE|->>|MAX_EXECUTION_TIME/;

describe('with everything on, through an account that may only read', () => {
  let mysql: Mysql;
  beforeAll(() => {
    const { host, port } = victim.server;
    mysql = new Mysql({ host, port, user: 'reader', password: 'reader', database: 'shop' });
  });
  afterAll(() => mysql.close());
  const ask = (sql: string) => mysql.select(readOnlySql(sql), { maxRows: 5 });

  it('refuses hostile statements, and nothing happens', async () => {
    const outcomes = await Promise.allSettled(hostile.map(async (sql) => ask(sql)));
    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' && outcome.reason instanceof ToolError
        ? outcome.reason.code
        : outcome.status,
    );
    expect(new Set(codes)).toEqual(new Set(['REFUSED']));
    expect((await oracle.run([])).effects).toEqual([]);
  });
});

it.each([
  ["INSERT INTO audit (note) VALUES ('x')", /Com_insert/],
  ['DELETE FROM myi WHERE FALSE', /Com_delete/],
  ['SELECT f_write(1)', /audit/],
  ['SELECT * FROM customers FOR UPDATE', /locks customers/],
  ['SELECT * FROM customers LOCK IN SHARE MODE', /locks customers/],
  ['LOCK TABLES customers READ', /locks customers/],
  ["SELECT GET_LOCK('a', 1)", /lock by name/],
  ['SELECT SLEEP(1.1)', /waits/],
  ['SELECT NEXTVAL(seq1)', /sequences/],
  ['SELECT no_such_function(1)', /stored function/],
  ["SELECT 1 INTO OUTFILE '/var/spool/x1'", /file .*x1/],
  ["SELECT LOAD_FILE('/etc/passwd')", /shows secret-of-a-file/],
  ['SELECT @@global . init_connect', /shows secret-of-a-setting/],
  ['SELECT info FROM information_schema.processlist', /shows query-of-somebody-else/],
  ['SELECT authentication_string FROM mysql.user', /shows \*/],
  ["CREATE USER x@'%'", /Com_create_user/],
  ['SET GLOBAL max_connections = 77', /max_connections/],
  ['SET sql_mode = ORACLE', /sql_mode/],
  ["PREPARE p FROM 'SELECT 1'", /Com_prepare_sql/],
  ['COMMIT', /Com_commit/],
])('the oracle would notice: %s', async (sql, effect) => {
  expect((await oracle.run([sql])).effects.join('; ')).toMatch(effect);
});
