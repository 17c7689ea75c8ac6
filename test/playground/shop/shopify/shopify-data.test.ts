import { expect, it } from 'vitest';
import { shopRecords } from '../../../../playground/shop/shop-records.ts';
import { shopifyData } from '../../../../playground/shop/shopify/shopify-data.ts';
import { toHandle, toLabels } from '../../../../playground/shop/shopify/shopify-words.ts';
import { shopStory } from '../../../../playground/shop/story.ts';

const today = new Date('2026-11-22T10:00:00Z');
const records = shopRecords({ today, users: 80, orders: 1500 });
const data = shopifyData(records, { today });
const variants = data.products.flatMap((product) => product.variants);

it('has every order under its number, with the same customer, total, lines and day', () => {
  expect(data.orders.map(({ name }) => name)).toEqual(records.orders.map(({ id }) => `#${id}`));
  const emails = new Map(records.users.map(({ id, email }) => [id, email]));
  const lines = Map.groupBy(records.order_items, ({ order_id }) => order_id);
  for (const [at, order] of data.orders.entries()) {
    const row = records.orders[at];
    expect(order).toMatchObject({
      id: 5_000_000_000_000 + (row?.id ?? 0),
      email: emails.get(row?.user_id ?? 0),
      total: Math.round(Number(row?.total) * 100),
      createdAt: `${row?.created_at.replace(' ', 'T')}Z`,
    });
    expect(order.lines.length).toBe(lines.get(row?.id ?? 0)?.length);
    expect(order.subtotal - order.discount).toBe(order.total);
  }
});

it.each([
  ['pending', 'PENDING', 'UNFULFILLED'],
  ['paid', 'PAID', 'UNFULFILLED'],
  ['shipped', 'PAID', 'FULFILLED'],
  ['delivered', 'PAID', 'FULFILLED'],
  ['cancelled', 'VOIDED', 'UNFULFILLED'],
  ['refunded', 'REFUNDED', 'FULFILLED'],
])('tells %s as %s and %s', (status, financialStatus, fulfillmentStatus) => {
  const rows = records.orders.filter((order) => order.status === status);
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows)
    expect(data.orders[id - 1]).toMatchObject({ financialStatus, fulfillmentStatus });
});

it('sends what was shipped with the same parcel', () => {
  for (const { order_id, tracking_code, carrier } of records.shipments)
    expect(data.orders[order_id - 1]?.fulfillments).toMatchObject([
      { trackingNumber: tracking_code, company: carrier },
    ]);
});

it('has a variant for each SKU, with its price and its stock at both locations together', () => {
  expect(variants).toHaveLength(records.products.length);
  for (const { sku, price, stock } of records.products) {
    const variant = variants.find((each) => each.sku === sku);
    expect(((variant?.price ?? 0) / 100).toFixed(2)).toBe(price);
    expect(variant?.stock.reduce((sum, { available }) => sum + available, 0)).toBe(stock);
    expect(variant?.stock).toHaveLength(data.locations.length);
  }
});

it('has colours of one product as variants, and handles that no two share', () => {
  const coloured = data.products.filter((product) => product.variants.length > 1);
  expect(coloured.length).toBeGreaterThan(0);
  for (const { variants: choices } of coloured)
    expect(new Set(choices.map(({ title }) => title)).size).toBe(choices.length);
  expect(new Set(data.products.map(({ handle }) => handle)).size).toBe(data.products.length);
});

it('tells the story that the other sources tell', () => {
  const { failedPaymentOrders, bigCustomer, lowStockSkus } = shopStory(records, { today });
  const failed = data.orders.filter(({ tags }) => tags.includes('payment-failed'));
  expect(failed.map(({ number }) => number).toReversed()).toEqual(failedPaymentOrders);
  for (const { financialStatus, transactions } of failed)
    expect([financialStatus, transactions[0]?.status]).toEqual(['PENDING', 'FAILURE']);
  const vips = data.customers.filter(({ tags }) => tags.includes('vip'));
  expect(vips.map(({ email }) => email)).toEqual([bigCustomer]);
  const low = data.products
    .filter(({ status }) => status === 'ACTIVE')
    .flatMap((product) => product.variants)
    .filter(({ stock }) => stock.reduce((sum, { available }) => sum + available, 0) <= 10);
  expect(low.map(({ sku }) => sku).sort()).toEqual(lowStockSkus.toSorted());
});

it('has draft orders of known customers; those that are completed became orders', () => {
  const ids = new Set(data.customers.map(({ id }) => id));
  expect(data.draftOrders).toHaveLength(12);
  for (const draft of data.draftOrders) {
    expect(ids.has(draft.customerId ?? 0)).toBe(true);
    expect(draft.orderId === null).toBe(draft.status !== 'COMPLETED');
    expect(draft.lines.length).toBeGreaterThan(0);
  }
});

it('is the same whenever it is made', () => {
  expect(shopifyData(records, { today })).toEqual(data);
});

it('is empty where the shop is', () => {
  const none = shopRecords({ today, users: 1, orders: 0 });
  expect(shopifyData(none, { today }).orders).toEqual([]);
});

it.each([
  ['Édition No. 4', 'edition-no-4'],
  ['  Coffee & Tea!', 'coffee-tea'],
  ['星野', '星野'],
])('%j has the handle %j', (title, handle) => {
  expect(toHandle(title)).toBe(handle);
});

it('keeps a tag once, whatever its case', () => {
  expect(toLabels(['b', 'A', 'a', ' b ', ''])).toEqual(['A', 'b']);
});
