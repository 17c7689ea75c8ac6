import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchTables } from '../../../../playground/shopify/search/tables.ts';
import { openStore } from '../../../../playground/shopify/store.ts';
import documented from '../../../../src/connectors/shopify/search/search-fields.json' with {
  type: 'json',
};
import { type OpenShop, openShop, smallShop, today } from '../open-shop.ts';

let open: OpenShop;
beforeAll(async () => {
  open = await openShop();
});
afterAll(() => open[Symbol.asyncDispose]());

const orders = `query ($q: String) { orders(first: 250, query: $q) { nodes {
  name createdAt displayFinancialStatus displayFulfillmentStatus cancelledAt closedAt tags email
  lineItems(first: 50) { nodes { sku } } } } }`;

interface OrderRow {
  name: string;
  createdAt: string;
  displayFinancialStatus: string;
  displayFulfillmentStatus: string;
  cancelledAt: string | null;
  closedAt: string | null;
  tags: string[];
  email: string;
  lineItems: { nodes: { sku: string }[] };
}

const rules: [query: string, holds: (order: OrderRow) => boolean][] = [
  ['financial_status:pending', (order) => order.displayFinancialStatus === 'PENDING'],
  ['financial_status:PAID', (order) => order.displayFinancialStatus === 'PAID'],
  ['fulfillment_status:unfulfilled', (order) => order.displayFulfillmentStatus === 'UNFULFILLED'],
  ['status:cancelled', (order) => order.cancelledAt !== null],
  ['status:open', (order) => order.cancelledAt === null && order.closedAt === null],
  ['tag:payment-failed', (order) => order.tags.includes('payment-failed')],
  ['tag_not:payment-failed name:>0', () => false],
  ['created_at:2026-11-21', (order) => order.createdAt.startsWith('2026-11-21')],
  ["created_at:>='2026-11-21T12:00:00Z'", (order) => order.createdAt >= '2026-11-21T12:00:00Z'],
  ['created_at:>=2026-11-20 created_at:<2026-11-21', (o) => o.createdAt.startsWith('2026-11-20')],
  ['name:600', (order) => order.name === '#600'],
  ['name:#600 OR name:#599', (order) => ['#600', '#599'].includes(order.name)],
  ['email:user1@*', (order) => order.email.startsWith('user1@')],
  ['sku:sku-0001', ({ lineItems }) => lineItems.nodes.some(({ sku }) => sku === 'SKU-0001')],
  ['id:5000000000600', (order) => order.name === '#600'],
  ['discount_code:* financial_status:voided', (order) => order.displayFinancialStatus === 'VOIDED'],
];

it.each(rules)('finds orders by %s and no others', async (query, holds) => {
  const { data, extensions } = await open.ask(orders, { q: query });
  const rows: OrderRow[] = data.orders.nodes;
  expect(rows.filter((order) => !holds(order))).toEqual([]);
  if (!query.startsWith('tag_not')) expect(rows.length).toBeGreaterThan(0);
  expect(extensions.search).toBeUndefined();
});

it.each(['created_at:<=soon', 'created_at:>=soon', 'id:x', 'current_total_price:>x', 'test:maybe'])(
  'finds nothing by %s',
  async (q) => {
    const { data } = await open.ask(orders, { q });
    expect(data.orders.nodes).toEqual([]);
  },
);

it('turns a condition round', async () => {
  const total = async (q: string) =>
    (await open.ask('query ($q: String) { ordersCount(query: $q) { count } }', { q })).data
      .ordersCount.count;
  const paid = await total('financial_status:paid');
  expect(paid).toBeGreaterThan(0);
  expect(await total('-financial_status:paid')).toBe(600 - paid);
  expect(await total('NOT (financial_status:paid OR financial_status:voided)')).toBe(
    600 - paid - (await total('financial_status:voided')),
  );
});

describe('a field that Shopify does not know', () => {
  it('is ignored, with a warning beside rows that nobody asked for', async () => {
    const answer = await open.ask(
      '{ found: orders(first: 2, query: "staff_member:Kat status:any") { nodes { name } } }',
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.found.nodes).toHaveLength(2);
    expect(answer.extensions.search).toEqual([
      {
        path: ['found'],
        query: 'staff_member:Kat status:any',
        parsed: {
          and: [
            { field: 'staff_member', match_all: 'Kat' },
            { field: 'status', match_all: 'any' },
          ],
        },
        warnings: [
          {
            field: 'staff_member',
            message: 'Invalid search field for this query.',
            code: 'invalid_field',
          },
        ],
      },
    ]);
  });

  it('comes of a date-time without quotes', async () => {
    const answer = await open.ask(orders, { q: 'created_at:>=2026-11-21T10:45:00Z' });
    expect(answer.extensions.search[0].warnings).toMatchObject([{ field: '45' }]);
  });

  it('lets the other conditions stand', async () => {
    const { data } = await open.ask(orders, { q: 'nonsense:1 name:#600' });
    expect(data.orders.nodes).toHaveLength(1);
  });

  it('makes a count a count of all', async () => {
    const answer = await open.ask('{ customersCount(query: "email:user1@example.com") { count } }');
    expect(answer.data.customersCount.count).toBe(60);
    expect(answer.extensions.search[0].warnings).toMatchObject([{ field: 'email' }]);
  });

  it('has another warning where only named fields may be searched', async () => {
    const answer = await open.ask('{ inventoryItems(first: 1, query: "tent") { nodes { id } } }');
    expect(answer.extensions.search[0].warnings).toEqual([
      {
        field: 'default',
        message: 'Input must use named search fields in this query.',
        code: 'missing_named_field',
      },
    ]);
  });

  it('is told of one customer’s orders as well', async () => {
    const answer = await open.ask(
      '{ customers(first: 1) { nodes { orders(first: 1, query: "x:1") { nodes { id } } } } }',
    );
    expect(answer.extensions.search[0].path).toEqual(['customers', 'nodes', 0, 'orders']);
  });
});

it('counts up to a limit, and says when there are more', async () => {
  const { data } = await open.ask(
    '{ few: ordersCount(limit: 100) { count precision } all: ordersCount(limit: null) { count precision } }',
  );
  expect(data).toEqual({
    few: { count: 100, precision: 'AT_LEAST' },
    all: { count: 600, precision: 'EXACT' },
  });
});

const tables = searchTables(openStore(smallShop(), today));
const known = documented as Record<string, string | Record<string, unknown>>;

const names = Object.keys(tables) as (keyof typeof tables)[];

it.each(names.filter((name) => name in known))(
  '%s may be searched by what Shopify documents, nothing else',
  (name) => {
    const entry = known[name];
    const table = (typeof entry === 'string' ? known[entry] : entry) as Record<string, unknown>;
    const fields = Object.keys(table).filter((field) => !field.startsWith('metafields.'));
    expect(Object.keys(tables[name].fields).sort()).toEqual(fields.sort());
  },
);
