import { expect, it } from 'vitest';
import { nearest } from '../src/nearest.ts';

const tables = ['customers', 'customer_notes', 'orders', 'order_items', 'products', 'id'];

it.each([
  ['custmers', ['customers']],
  ['cusotmers', ['customers']],
  ['ORDERS', ['orders']],
  ['order', ['orders', 'order_items']],
  ['notes', ['customer_notes']],
  ['di', ['id']],
  ['', []],
  ['zebras', []],
])('for %j offers %j', (wanted, names) => {
  expect(nearest(wanted, tables)).toEqual(names);
});

it('puts the nearest first and offers no more than asked for', () => {
  expect(nearest('ab1', ['ab3', 'ab2', 'ab1', 'abx'], 2)).toEqual(['ab1', 'ab2']);
});

it.each([
  ['mysql__exec_query', 'mysql__execute_query'],
  ['list_tables', 'mysql__list_tables'],
  ['EXECUTE_QUERY', 'mysql__execute_query'],
])('of tools, for %j offers %j', (wanted, name) => {
  const tools = ['mysql__execute_query', 'mysql__list_tables', 's3__read_object'];
  expect(nearest(wanted, tools)).toEqual([name]);
});

it('looks for slips in long names only where they lie together', () => {
  const [start, end] = ['a'.repeat(500), 'b'.repeat(500)];
  const name = `${start}xy${end}`;
  expect(nearest(`${start}yx${end}`, [name])).toEqual([name]);
  expect(nearest(`x${start}xy${end}x`, [`y${start}xy${end}y`])).toEqual([]);
});
