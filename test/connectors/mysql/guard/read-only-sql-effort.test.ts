import { expect, it } from 'vitest';
import { checkCalls } from '../../../../src/connectors/mysql/guard/check-calls.ts';
import { checkSchemas } from '../../../../src/connectors/mysql/guard/check-schemas.ts';
import { readOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { lexSql } from '../../../../src/connectors/mysql/guard/sql-lexer.ts';

/** How often the work looks at each token, on average. */
function looksPerToken(sql: string, work: (code: ReturnType<typeof lexSql>) => void): number {
  const code = lexSql(sql).filter(({ type }) => type !== 'space');
  let looks = 0;
  const watched = new Proxy(code, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d/.test(key)) looks++;
      return Reflect.get(target, key, receiver);
    },
  });
  work(watched);
  return looks / code.length;
}

const nested = (open: string, inner: string, close: string, n: number) =>
  `SELECT ${open.repeat(n)}${inner}${close.repeat(n)}`;
const shapes: [string, (n: number) => string][] = [
  ['parentheses', (n) => nested('(', '1', ')', n)],
  ['tables in parentheses', (n) => `SELECT 1 FROM ${'('.repeat(n)}t${')'.repeat(n)}`],
  ['calls', (n) => nested('abs(', '1', ')', n)],
  ['calls with lists', (n) => nested('abs(a,', '1', ')', n)],
  ['points', (n) => nested('point(1,', '1', ')', n)],
  ['parentheses that stay open', (n) => `SELECT ${'abs('.repeat(n)}`],
  ['columns of tables named like a schema', (n) => `SELECT ${'sys.b,'.repeat(n)}1`],
  ['lists in lists of such columns', (n) => nested('(sys.b,', '1', ')', n)],
  ['select options', (n) => `SELECT ${'ALL '.repeat(n)}(1)`],
  ['lists of columns', (n) => `SELECT 1 FROM (SELECT 1) t (${'a, '.repeat(n)}a)`],
];

it.each(shapes)('looks at each token a few times among thousands of %s', (_, shape) => {
  for (const work of [checkCalls, checkSchemas])
    expect(looksPerToken(shape(1_000), work)).toBeLessThan(40);
});

it.each(shapes)('has no depth to fall into: %s', (_, shape) => {
  const longest = Math.floor(30_000 / (shape(2).length - shape(1).length));
  expect(readOnlySql(shape(longest))).toBe(shape(longest));
});

it('cuts a text of 200,000 tokens', () => {
  expect(lexSql('a,'.repeat(100_000))).toHaveLength(200_000);
  expect(lexSql(`'${"\\'".repeat(1_000_000)}'`)).toHaveLength(1);
});
