import { expect, it } from 'vitest';
import { skimJson } from '../../../src/connectors/api/skim-json.ts';

const limits = { list: 100, text: 1_000 };
const skim = (value: unknown, text = JSON.stringify(value)) => skimJson(Buffer.from(text), limits);
const parsed = (value: unknown, text?: string) => JSON.parse(skim(value, text)?.text ?? '');
const many = (count: number) => Array.from({ length: count }, (_, n) => ({ n, of: 'größer' }));

it('leaves what has no long list as it is', () => {
  const value = { a: many(2), b: 'x'.repeat(300), c: [[], {}, null] };
  expect(skim(value)).toEqual({ text: JSON.stringify(value), lists: [] });
});

it('cuts a long list after the item that passes the limit, and gives all its items', () => {
  const value = { data: { list: many(50), more: 1 } };
  const { text = '', lists = [] } = skim(value) ?? {};
  expect(JSON.parse(text)).toEqual({ data: { list: many(5), more: 1 } });
  expect(lists).toMatchObject([{ path: ['data', 'list'], count: 50 }]);
  const [list] = lists;
  expect([...(list ?? [])]).toEqual(many(50));
  expect([...(list ?? [])]).toHaveLength(50); // and once more
});

it('cuts in the order of the text: a list inside one, and several beside each other', () => {
  const value = { a: [{ b: many(50) }, { c: 1 }], d: many(50) };
  expect(parsed(value)).toEqual({ a: [{ b: many(5) }], d: many(5) });
  expect(skim(value)?.lists.map(({ path, count }) => [path, count])).toEqual([
    [['a', 0, 'b'], 50],
    [['a'], 2],
    [['d'], 50],
  ]);
});

it('takes no sign inside a text for one of the structure', () => {
  const texts = Array.from({ length: 40 }, () => 'a"],[{}\\\\\\",');
  const { text = '', lists: [list] = [] } = skim({ texts }) ?? {};
  expect(JSON.parse(text).texts).toEqual(texts.slice(0, JSON.parse(text).texts.length));
  expect([...(list ?? [])]).toEqual(texts);
});

it('reads text with white space, and values of all kinds', () => {
  const values = Array.from({ length: 60 }, (_, n) => [n, -1.5e3, true, null, 'x'][n % 5]);
  const [list] = skim(values, JSON.stringify(values, null, 2))?.lists ?? [];
  expect([...(list ?? [])]).toEqual(values);
});

it.each([
  ['a text past the limit', JSON.stringify({ a: 'x'.repeat(2_000) })],
  ['lists that are too many together', JSON.stringify(Object.assign({}, Array(20).fill(many(3))))],
  ['depth', '['.repeat(1_000)],
])('gives nothing for %s', (_, text) => {
  expect(skim(undefined, text)).toBeUndefined();
});

it.each([
  ['in a list', `{"a":${JSON.stringify(many(50)).slice(0, -20)}`],
  ['in a text', `{"a":["${'x'.repeat(200)}`],
  ['behind a backslash', `{"a":["${'x'.repeat(200)}\\`],
])('leaves what ends %s to the parser', (_, text) => {
  expect(() => parsed(undefined, text)).toThrow(SyntaxError);
});
