import { expect, it } from 'vitest';
import {
  applyMasks,
  hasPersonal,
  maskList,
} from '../../../../src/connectors/shopify/graphql/apply-masks.ts';
import { cutData } from '../../../../src/connectors/shopify/graphql/cut-data.ts';
import { toTable } from '../../../../src/connectors/shopify/graphql/to-table.ts';
import { toCellsOf } from '../../../../src/connectors/shopify/records/to-cells.ts';

const items = (count: number, size: number) =>
  Array.from({ length: count }, (_, n) => ({ n, text: 'x'.repeat(size) }));
const sizeOf = (value: unknown) => JSON.stringify(value).length;

it('leaves what fits as it is', () => {
  const data = { a: items(3, 10) };
  expect(cutData(data, 1_000)).toEqual({ data, notes: [], rows: undefined });
});

it('cuts the largest list, and keeps it whole beside', () => {
  const data = { small: items(3, 10), large: { nodes: items(100, 100) } };
  const cut = cutData(data, 2_000);
  expect(sizeOf({ data: cut.data })).toBeLessThanOrEqual(2_000);
  expect(cut.data).toMatchObject({
    small: data.small,
    large: { nodes: expect.arrayContaining([data.large.nodes[0]]) },
  });
  expect(cut.notes).toEqual([expect.stringMatching(/^large\.nodes: the first \d+ of 100\.$/)]);
  expect(cut.rows).toHaveLength(100);
  expect(data.large.nodes).toHaveLength(100);
});

it('shortens long texts before it leaves out items', () => {
  const cut = cutData({ nodes: items(20, 5_000) }, 8_000);
  expect(cut.notes[0]).toBe('Texts are cut at 500 characters.');
  expect(cut.notes[1]).toMatch(/^nodes: the first 1\d of 20\.$/);
  expect([...(cut.rows ?? [])]).toEqual(items(20, 5_000));
});

it('knows how long a list is of which the head is all there is, and where its items are', () => {
  const rows = {
    path: ['orders', 'nodes'],
    count: 5_000,
    [Symbol.iterator]: () => items(7, 1).values(),
  };
  const cut = cutData({ orders: { nodes: items(100, 100) } }, 2_000, [rows]);
  expect(cut.notes).toEqual([expect.stringMatching(/^orders\.nodes: the first \d+ of 5000\.$/)]);
  expect(cut.rows).toBe(rows);
});

it('cuts the lists in one large item, and texts when there are none', () => {
  const nested = cutData({ nodes: [{ lines: items(50, 100) }] }, 1_000);
  expect(nested.notes).toEqual([expect.stringMatching(/^nodes\.lines: the first \d of 50/)]);
  const text = cutData({ a: { b: 'y'.repeat(10_000) } }, 1_000);
  expect(text.data).toEqual({ a: { b: `${'y'.repeat(500)}…(+9500 chars)` } });
  expect(text.notes).toEqual(['Texts are cut at 500 characters.']);
});

it('masks what is personal, and secrets always', () => {
  const masks = { list: { mail: 'email', phone: 'phone', zip: 'address', key: 'secret' } } as const;
  const data = {
    list: [{ mail: 'ada@example.com', phone: '+49 555 0142', zip: null, key: 'k', n: 1 }],
  };
  expect(applyMasks(data, masks, false)).toEqual({
    list: [{ mail: 'a***@example.com', phone: '***42', zip: null, key: '***', n: 1 }],
  });
  expect(applyMasks(data, masks, true)).toEqual({ list: [{ ...data.list[0], key: '***' }] });
  const rest = { path: ['list'], count: 1, [Symbol.iterator]: () => data.list.values() };
  expect([...maskList(rest, masks, false)]).toMatchObject([{ mail: 'a***@example.com', n: 1 }]);
  expect(hasPersonal(masks)).toBe(true);
  expect(hasPersonal({ a: { key: 'secret' } })).toBe(false);
});

it.each([
  [
    [{ a: 1, b: [2] }, { b: 3 }],
    ['a', 'b'],
    [
      [1, [2]],
      [null, 3],
    ],
  ],
  [['x', 'y'], ['item'], [['x'], ['y']]],
  [[{}], ['item'], [[{}]]],
])('makes rows of %j', (list, names, rows) => {
  const table = toTable(list);
  expect(table.columns.map(({ name }) => name)).toEqual(names);
  expect([...table.rows]).toEqual(rows);
});

it.each([
  ['customer_email', 'ada@example.com', 'a***@example.com'],
  ['email_subscription_status', 'subscribed', 'subscribed'],
  ['billing_address1', 'Example Road 1', '***'],
  ['shipping_zip', '12345', '***'],
  ['customer_name', 'Ada', 'Ada'],
])('shows the column %s of ShopifyQL as it should', (name, value, shown) => {
  expect(toCellsOf([name], false)([value])).toEqual([shown]);
  expect(toCellsOf([name], true)({ [name]: value })).toEqual([value]);
});
