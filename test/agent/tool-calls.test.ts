import { expect, it } from 'vitest';
import { toDetail } from '../../src/agent/tool-calls.ts';

it.each<[Record<string, unknown>, string]>([
  [{ query: 'SELECT *\n  FROM users', max_rows: 5 }, 'SELECT * FROM users'],
  [{ jql: 'project = A' }, 'project = A'],
  [{ table: 'users', sample_rows: 3, database: '' }, 'users, sample_rows 3'],
  [{ keys: ['a', 'b'], more: null }, 'keys ["a","b"]'],
  [{ query: 7 }, 'query 7'],
  [{}, ''],
  [{ query: 'x'.repeat(100_000) }, `${'x'.repeat(199)}…`],
])('a call with %o is shown in one line', (args, line) => {
  expect(toDetail(args)).toBe(line);
});
