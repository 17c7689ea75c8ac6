import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Product,
  pureFunctions,
} from '../../../../src/connectors/mysql/guard/pure-functions.ts';
import { askProduct, judge } from '../fuzz/hunt.ts';
import { openSandbox, type Sandbox } from '../sandbox.ts';

let sandbox: Sandbox;
let connection: Connection;
let server: Product;
beforeAll(async () => {
  sandbox = await openSandbox();
  const { host, port, user, password, database } = sandbox.root;
  const account = { host, port, user, password, database };
  const options = { flags: ['-IGNORE_SPACE'], rowsAsArray: true, disableEval: true };
  connection = await createConnection({ ...account, ...options });
  server = await askProduct(connection);
});
afterAll(async () => {
  await connection.end();
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
  if (judge(sql, server) !== 'allowed') return judge(sql, server);
  try {
    const [rows] = await connection.query(sql);
    return JSON.stringify(rows).includes('"ran"') ? 'ran' : 'answered';
  } catch (error) {
    // 1318: the server looked at the stored function and counted its arguments.
    return (error as { errno?: number }).errno === 1318 ? 'ran' : 'failed';
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
  for (const sql of statements) outcomes.push(await ask(sql));
  expect(statements.filter((_, index) => outcomes[index] === 'ran')).toEqual([]);
  expect([...new Set(outcomes)].sort()).toEqual(['answered', 'failed', 'refused']);
});
