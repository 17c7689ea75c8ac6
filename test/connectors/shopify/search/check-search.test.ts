import { expect, it } from 'vitest';
import { checkSearch } from '../../../../src/connectors/shopify/search/check-search.ts';
import { searchFields } from '../../../../src/connectors/shopify/search/search-fields.ts';
import { toSearch } from '../../../../src/connectors/shopify/search/to-search.ts';

it.each([
  ['orders', "financial_status:paid,pending fulfillment_status:shipped created_at:>='2026-11-01'"],
  ['orders', "updated_at:<'2026-11-01T10:00:00+01:00' customer_id:8001 test:false"],
  ['orders', 'created_at:past_week -tag:vip current_total_price:>=100.5'],
  ['orders', 'metafields.custom.size:xl discount_code:*'],
  ['products', 'hat inventory_total:<-1 status:ACTIVE'],
  ['ordersCount', 'email:ada@example.com'],
  ['customersCount', "created_at:>'2026-01-01'"],
  ['thingsThatShopifyDoesNotDocument', 'a:b'],
])('lets %s be searched for %j', (root, text) => {
  expect(() => checkSearch(root, text)).not.toThrow();
});

it.each([
  [
    'orders',
    "staff_member:'Kat'",
    /"staff_member" is not a search field of orders.*Why: Shopify would leave it out.*Try: cart_token/s,
  ],
  ['orders', 'fulfilment_status:shipped', /Try: fulfillment_status/],
  ['orders', 'default:x', /is not a search field/],
  ['orders', 'Email:x', /Try: email/],
  ['orders', 'financial_status:payed', /Try: paid/],
  ['orders', 'financial_status:paid,pendig', /Try: pending/],
  ['orders', 'created_at:01/11/2026', /takes a date/],
  ['orders', 'customer_id:ada', /number at the end of an id/],
  ['orders', "customer_id:'gid://shopify/Customer/1'", /number at the end of an id/],
  ['orders', 'test:yes', /either true or false/],
  ['orders', 'current_total_price:many', /takes a number/],
  ['customers', "metafields.custom.size:'xl'", /is not a search field/],
  [
    'customersCount',
    'email:x@example.com',
    /customers can't be counted by "email".*count all.*Try: created_at, id, updated_at/s,
  ],
  ['customersCount', 'ada', /can't be searched for a bare word/],
  ['inventoryItems', 'ada', /can't be searched for a bare word/],
])('refuses to search %s for %j', (root, text, message) => {
  expect(() => checkSearch(root, text)).toThrow(message);
});

it('has the fields of what the tools list and count', () => {
  const roots = [
    'products',
    'productVariants',
    'orders',
    'customers',
    'draftOrders',
    'draftOrdersCount',
  ];
  for (const root of roots) expect(Object.keys(searchFields(root) ?? {}).length).toBeGreaterThan(5);
  expect(searchFields('ordersCount')).toBe(searchFields('orders'));
});

it.each([
  [undefined, [], undefined],
  ['  ', [], undefined],
  ['tag:a OR tag:b', [], 'tag:a OR tag:b'],
  ['tag:a OR tag:b', [['status', 'active']], "(tag:a OR tag:b) AND status:'active'"],
  [
    undefined,
    [
      ['tag', undefined],
      ['inventory_total:<', 5],
    ],
    'inventory_total:<5',
  ],
  [
    undefined,
    [['vendor', "D'Or OR status:draft \\"]],
    String.raw`vendor:'D\'Or OR status:draft \\'`,
  ],
] as const)('makes one text of %j and %j', (query, filters, text) => {
  expect(toSearch('products', query, filters)).toBe(text);
});

it('checks the filters of tools as it checks searches', () => {
  expect(() => toSearch('orders', undefined, [['financial_status', 'payed']])).toThrow(/Try: paid/);
});

it('does not let a search end the parentheses around it', () => {
  expect(() => toSearch('products', 'a) OR (b', [['status', 'active']])).toThrow(
    /nothing to close/,
  );
});
