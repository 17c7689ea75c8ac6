import { afterAll, beforeAll, expect, it } from 'vitest';
import { Mysql } from '../../../src/connectors/mysql/mysql.ts';
import { pureFunctions } from '../../../src/connectors/mysql/pure-functions.ts';
import { readOnlySql } from '../../../src/connectors/mysql/read-only-sql.ts';
import type { ToolError } from '../../../src/connectors/tool-error.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
let mysql: Mysql;
beforeAll(async () => {
  sandbox = await openSandbox();
  mysql = new Mysql(sandbox.root);
});
afterAll(async () => {
  await mysql.close();
  await sandbox[Symbol.asyncDispose]();
});

/** Words that are keywords in some places and names in others. */
const keywords =
  `against all any as binary char columns date distinct escape in intersect interval lateral minus not of
  offset on partition row some sql_buffer_result sql_no_cache text value values vector year`.split(
    /\s+/,
  );
const names = new Set([...pureFunctions, ...keywords]);

const ways = ['f()', 'f(1)', 'f(1, 2)', 'f(1, 2, 3)', 'f(*)', 'f (1)', 'f/**/(1, 2)', '`f`(1)'];
const places = ['SELECT f', 'SELECT 1, f', 'SELECT COUNT(DISTINCT f)', 'SELECT 1 WHERE 1 = f'];

/** What became of it: refused by us, refused by the server, answered, or the stored function ran. */
async function ask(sql: string): Promise<string> {
  try {
    const { rows } = await mysql.select(readOnlySql(sql), { maxRows: 1 });
    return JSON.stringify(rows).includes('"ran"') ? 'ran' : 'answered';
  } catch (error) {
    const { code, cause } = error as ToolError;
    // 1318: the server looked at the stored function and counted its arguments.
    return (cause as { errno?: number } | undefined)?.errno === 1318 ? 'ran' : code;
  }
}

it('lets no stored function run that bears the name of a pure one', async () => {
  const creations = [...names].map(
    (name) => `CREATE FUNCTION \`${name}\`() RETURNS CHAR(9) NO SQL RETURN 'ran'`,
  );
  await sandbox.admin.query(creations.join(';'));
  const statements = [...names].flatMap((name) =>
    (keywords.includes(name) ? places : ['SELECT f']).flatMap((place) =>
      ways.map((way) => place.replace('f', way.replace('f', name))),
    ),
  );
  const outcomes: string[] = [];
  // The pool's queue is short.
  for (let start = 0; start < statements.length; start += 100)
    outcomes.push(...(await Promise.all(statements.slice(start, start + 100).map(ask))));
  expect(statements.filter((_, index) => outcomes[index] === 'ran')).toEqual([]);
  expect([...new Set(outcomes)].sort()).toEqual(['INVALID_ARGUMENT', 'REFUSED', 'answered']);
});
