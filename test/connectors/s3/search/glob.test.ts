import { expect, it } from 'vitest';
import { toGlobs } from '../../../../src/connectors/s3/search/glob.ts';
import { matchesPath, startOf } from '../../../../src/connectors/s3/search/match-path.ts';

function matches(pattern: string, key: string, foldCase = false): boolean {
  const globs = toGlobs(pattern, { foldCase });
  return matchesPath(globs, startOf(globs), key);
}

it.each([
  ['*.csv', 'a.csv', true],
  ['*.csv', 'deep/down/a.csv', true],
  ['/*.csv', 'a.csv', true],
  ['/*.csv', 'deep/a.csv', false],
  ['exports/*.csv', 'exports/a.csv', true],
  ['exports/*.csv', 'exports/2026/a.csv', false],
  ['exports/*/*.csv', 'exports/2026/a.csv', true],
  ['exports/**', 'exports/2026/06/a.csv', true],
  ['exports/**', 'exports', false],
  ['exports/', 'exports/a', true],
  ['**/a.csv', 'a.csv', true],
  ['**/a.csv', 'x/y/a.csv', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/xb', false],
  ['a**b', 'axxb', true],
  ['**/**/c', 'a/b/c', true],
  ['f?o', 'foo', true],
  ['f?o', 'fo', false],
  ['f?o', 'f😀o', true],
  ['x[a-c]', 'xb', true],
  ['x[a-c]', 'xd', false],
  ['x[!a-c]', 'xd', true],
  ['x[^a-c]', 'xa', false],
  ['x[]]', 'x]', true],
  ['x[-a]', 'x-', true],
  ['x[', 'x[', true],
  ['x[a', 'x[a', true],
  ['\\*.csv', '*.csv', true],
  ['\\*.csv', 'a.csv', false],
  ['\\', '\\', true],
  ['{a,b}.csv', 'b.csv', true],
  ['{a,b}.csv', 'c.csv', false],
  ['{a,{b,c}}x', 'cx', true],
  ['{a/b,c}/d', 'a/b/d', true],
  ['{a}', '{a}', true],
  ['{a', '{a', true],
  ['\\{a,b}', '{a,b}', true],
  ['a{,b}', 'a', true],
  ['A.CSV', 'a.csv', false],
  ['a/*', 'a/', false],
  ['*', 'a/b', true],
  ['a.c', 'abc', false],
  ['(a+)+$', 'aaaa', false],
  ['(a+)+$', '(a+)+$', true],
])('%j against %j is %j', (pattern, key, expected) => {
  expect(matches(pattern, key)).toBe(expected);
});

it('takes several ** in a row for one', () => {
  expect(toGlobs(`${'**/'.repeat(100)}x`)).toEqual(toGlobs('**/x'));
});

it('folds case when asked', () => {
  expect(matches('Exports/*.CSV', 'exports/June.csv', true)).toBe(true);
  expect(matches('[A-C]x', 'bX', true)).toBe(true);
});

it('refuses braces that stand for too many patterns', () => {
  expect(() => toGlobs('{a,b}'.repeat(7))).toThrow(/^INVALID_ARGUMENT: .*more than 64 patterns/);
  expect(() => toGlobs('{a,b}'.repeat(100))).toThrow(/more than 64 patterns/);
});

it('has no pattern that is slow', () => {
  const stars = `${'*a'.repeat(100)}b`;
  expect(matches(stars, 'a'.repeat(1000))).toBe(false);
  expect(matches(`${'**/'.repeat(100)}x`, `${'a/'.repeat(200)}y`)).toBe(false);
});
