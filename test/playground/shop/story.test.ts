import { expect, it } from 'vitest';
import { shopRecords } from '../../../playground/shop/shop-records.ts';
import { shopStory } from '../../../playground/shop/story.ts';

const today = new Date('2026-11-22T12:00:00Z');
const records = shopRecords({ today });
const story = shopStory(records, { today });

it('tells of orders that were never paid on the day of the outage', () => {
  expect(story.outageDay).toBe('2026-11-21');
  expect(story.failedPaymentOrders).toHaveLength(6);
  for (const id of story.failedPaymentOrders) {
    const order = records.orders.find((one) => one.id === id);
    expect(order).toMatchObject({ status: 'pending' });
    expect(order?.created_at).toContain('2026-11-21');
    expect(records.payments.some(({ order_id }) => order_id === id)).toBe(false);
  }
});

it('tells of products that run out, and of what comes back most', () => {
  const bySku = new Map(records.products.map((product) => [product.sku, product]));
  const stocks = story.lowStockSkus.map((sku) => bySku.get(sku)?.stock);
  expect(stocks.length).toBeGreaterThan(5);
  expect(stocks).toEqual(stocks.toSorted((a, b) => Number(a) - Number(b)));
  expect(Number(stocks.at(-1))).toBeLessThanOrEqual(10);
  expect(bySku.has(story.returnedSku)).toBe(true);
});

it('tells of parcels that have not arrived, and of the best customer', () => {
  expect(story.lateShipmentOrders).toHaveLength(5);
  for (const id of story.lateShipmentOrders)
    expect(records.orders.find((one) => one.id === id)?.status).toBe('shipped');
  const spent = (email: string) => {
    const user = records.users.find((one) => one.email === email);
    const paid = ({ status }: { status: string }) => /paid|shipped|delivered/.test(status);
    const orders = records.orders.filter((order) => order.user_id === user?.id && paid(order));
    return orders.reduce((sum, { total }) => sum + Number(total), 0);
  };
  const most = spent(story.bigCustomer);
  for (const { email } of records.users) expect(spent(email)).toBeLessThanOrEqual(most);
});

it('has nothing to tell of an empty shop', () => {
  const empty = shopStory(shopRecords({ today, users: 1, orders: 0 }), { today });
  expect(empty).toMatchObject({
    failedPaymentOrders: [],
    lateShipmentOrders: [],
    returnedSku: '',
    bigCustomer: '',
  });
});
