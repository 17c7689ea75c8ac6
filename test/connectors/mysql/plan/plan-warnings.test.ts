import { expect, it } from 'vitest';
import { planRow, toPlanWarnings } from '../../../../src/connectors/mysql/plan/plan-warnings.ts';

const good = {
  table: 'o',
  type: 'ref',
  possible_keys: 'by_day',
  key: 'by_day',
  rows: 9,
  Extra: null,
};
const scan = { ...good, type: 'ALL', possible_keys: null, key: null, rows: '250000' };

const warn = (...rows: object[]) => toPlanWarnings(rows.map((row) => planRow.parse(row)));

it.each([
  [
    'a large table without an index',
    { ...scan },
    [/^no usable index on o: a full scan reads about 250000 rows/],
  ],
  [
    'an index that is not used',
    { ...scan, possible_keys: 'by_day' },
    [/^full scan of o: .*by_day/],
  ],
  [
    'a whole index',
    { ...good, type: 'index', rows: 5000 },
    [/^full index scan of o: about 5000 rows of by_day/],
  ],
  [
    'a derived table',
    { ...scan, table: '<derived2>' },
    [/^full scan of <derived2>, a result in between/],
  ],
  ['sorting', { ...good, Extra: 'Using where; Using filesort' }, [/^filesort: /]],
  [
    'a table in between',
    { ...good, Extra: 'Using temporary; Using filesort' },
    [/^filesort: /, /^temporary table: /],
  ],
  // Recorded from MySQL 8.0, which joins so what has no index.
  [
    'a hash join',
    { ...good, Extra: 'Using where; Using join buffer (hash join)' },
    [/^join without an index: o /],
  ],
  [
    'guessing for each row',
    { ...good, Extra: 'Range checked for each record (index map: 0x1)' },
    [/^no good index on o/],
  ],
])('warns of %s', (_what, row, expected) => {
  expect(warn(row)).toEqual(expected.map((words) => expect.stringMatching(words)));
});

it.each([
  ['an index that is used', good],
  ['a small table', { ...scan, rows: 40 }],
  [
    'no table at all',
    {
      table: null,
      type: null,
      possible_keys: null,
      key: null,
      rows: null,
      Extra: 'No tables used',
    },
  ],
  ['a row that says nothing', {}],
])('is silent about %s', (_what, row) => {
  expect(warn(row)).toEqual([]);
});

it('says each thing once, and not more than 20', () => {
  expect(warn(scan, scan)).toHaveLength(1);
  expect(warn(...Array.from({ length: 61 }, (_, n) => ({ ...scan, table: `t${n}` })))).toHaveLength(
    20,
  );
});
