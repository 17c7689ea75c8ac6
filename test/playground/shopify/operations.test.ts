import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiVersions } from '../../../src/connectors/shopify/schema/api-versions.ts';
import { type OpenShop, openShop } from './open-shop.ts';

const texts = readFileSync(new URL('operations.graphql', import.meta.url), 'utf8')
  .split(/\n(?=query |mutation )/)
  .filter((text) => /^(query|mutation)/.test(text))
  .map((text) => [/^\w+ (\w+)/.exec(text)?.[1] ?? '', text] as const);
const operations = new Map(texts);

const item = 'gid://shopify/InventoryItem/46000000000001';
const order = 'gid://shopify/Order/5000000000500';

const asked: [name: string, variables: object, data: object][] = [
  ['shop', {}, { shop: { name: 'Lindenwares', currencyCode: 'EUR', ianaTimezone: 'Etc/UTC' } }],
  [
    'products',
    { first: 1, query: 'sku:SKU-0007' },
    { products: { nodes: [{ priceRangeV2: { minVariantPrice: { currencyCode: 'EUR' } } }] } },
  ],
  ['productsCount', { q: 'status:archived' }, { productsCount: { precision: 'EXACT' } }],
  [
    'product',
    { id: { id: 'gid://shopify/Product/7000000000001' } },
    { product: { variants: { nodes: [{ sku: 'SKU-0001' }] }, media: { nodes: [] } } },
  ],
  [
    'variants',
    { first: 5, query: 'sku:SKU-0001' },
    { productVariants: { nodes: [{ sku: 'SKU-0001', inventoryItem: { id: item } }] } },
  ],
  [
    'inventory',
    { first: 1, query: 'sku:SKU-0001' },
    {
      inventoryItems: {
        nodes: [
          {
            inventoryLevels: {
              nodes: [
                { location: { name: 'Lindenburg Warehouse' } },
                { location: { name: 'Waterdam Store' } },
              ],
            },
          },
        ],
      },
    },
  ],
  [
    'locations',
    {},
    { locations: { nodes: [{ name: 'Lindenburg Warehouse' }, { name: 'Waterdam Store' }] } },
  ],
  [
    'orders',
    { first: 1, query: 'name:#500' },
    { orders: { nodes: [{ id: order, name: '#500' }] } },
  ],
  ['order', { id: { id: order } }, { order: { name: '#500', fulfillmentOrders: { nodes: [{}] } } }],
  ['customers', { first: 1 }, { customers: { nodes: [{}], pageInfo: { hasNextPage: true } } }],
  ['draftOrders', { first: 1 }, { draftOrders: { nodes: [{ name: '#D1', status: 'OPEN' }] } }],
  [
    'ql',
    { q: 'FROM sales SHOW orders SINCE -700d' },
    { shopifyqlQuery: { parseErrors: [], tableData: { columns: [{ name: 'orders' }] } } },
  ],
  ['abandoned', { first: 1 }, { abandonedCheckouts: { nodes: [] } }],
  ['discounts', { first: 1 }, { discountNodes: { nodes: [] } }],
  ['bulkGet', { id: 'gid://shopify/BulkOperation/1' }, { bulkOperation: null }],
];

describe('each operation on the list', () => {
  let open: OpenShop;
  beforeAll(async () => {
    open = await openShop();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  it.each(asked)('%s has an answer', async (name, variables, data) => {
    const answer = await open.ask(operations.get(name) ?? '', variables);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject(data);
  });

  it.each(apiVersions)('reads an order in version %s', async (version) => {
    const answer = await open.ask(
      operations.get('order') ?? '',
      { id: { id: order } },
      { version },
    );
    expect(answer.headers.get('x-shopify-api-version')).toBe(version);
    expect(answer.data.order.name).toBe('#500');
  });

  it('says so when it cannot do what a shop could', async () => {
    const answer = await open.ask(operations.get('bulk') ?? '', { q: '{ shop { id } }' });
    expect(answer.errors[0].message).toBe('The stand-in has no bulkOperationRunQuery.');
    expect(answer.data).toEqual({ bulkOperationRunQuery: null });
  });
});
