import { expect, it } from 'vitest';
import { toPlanTree } from '../../../../src/connectors/mysql/plan/plan-tree.ts';

it('draws the steps of a plan, what matters first', () => {
  const table = {
    table_name: 'o',
    access_type: 'ALL',
    possible_keys: ['a', 'b'],
    rows: 1000,
    attached_condition: "o.status = 'paid'",
  };
  const plan = {
    query_block: { select_id: 1, nested_loop: [{ filesort: { sort_key: 'o.total', table } }] },
  };
  expect(toPlanTree(plan).split('\n')).toEqual([
    'query block (select_id 1)',
    '  nested loop',
    '    filesort (sort_key o.total)',
    "      table o (access_type ALL, rows 1000, possible_keys a, b, attached_condition o.status = 'paid')",
  ]);
});

it.each([
  ['nothing', null, ''],
  ['a number', 1, ''],
  ['an empty object', {}, ''],
  ['an empty step', { query_block: {} }, 'query block'],
  ['an empty list', { query_block: { nested_loop: [] } }, 'query block'],
])('draws %s without a fault', (_what, plan, drawn) => {
  expect(toPlanTree(plan)).toBe(drawn);
});

it('stops where a plan is deeper than anybody reads', () => {
  let plan: object = {};
  for (let n = 0; n < 10_000; n++) plan = { query_block: plan };
  expect(toPlanTree(plan).split('\n').at(-1)?.trim()).toBe('…');
});
