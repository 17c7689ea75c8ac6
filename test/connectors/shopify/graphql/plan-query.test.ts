import type { GraphQLSchema } from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { planQuery } from '../../../../src/connectors/shopify/graphql/plan-query.ts';
import { loadSchema } from '../../../../src/connectors/shopify/schema/load-schema.ts';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await loadSchema('2026-10');
});
const plan = (text: string, variables = {}) => planQuery(schema, text, variables);

it.each([
  ['{ shop { name } }', {}, 1],
  ['{ products(first: 10) { nodes { title } } }', {}, 6],
  ['{ products(first: 10) { edges { cursor node { title } } pageInfo { endCursor } } }', {}, 6],
  ['{ products(first: 10) { nodes { variants(first: 5) { nodes { sku } } } } }', {}, 26],
  ['{ product(id: "1") { variants(first: 250) { nodes { inventoryItem { id } } } } }', {}, 25],
  ['{ ordersCount { count } shop { plan { shopifyPlus } } }', {}, 12],
  ['query ($n: Int!) { orders(first: $n) { nodes { name } } }', { n: 20 }, 7],
  ['query ($n: Int = 7) { orders(last: $n) { nodes { name } } }', {}, 5],
  ['{ ...a } fragment a on QueryRoot { shop { plan { shopifyPlus } } }', {}, 2],
])('counts the points of %s', (text, variables, cost) => {
  expect(plan(text, variables).cost).toBe(cost);
});

it.each([
  ['', 'Syntax Error'],
  ['{ shop { nam } }', 'Did you mean "name"'],
  ['{ shop { name }', 'Syntax Error'],
  ['mutation { orderClose(input: {id: "1"}) { order { id } } }', 'READ_ONLY'],
  ['query { shop { name } } mutation { tagsAdd(id: "1", tags: []) { node { id } } }', 'READ_ONLY'],
  ['subscription { a }', 'READ_ONLY'],
  ['query a { shop { name } } query b { shop { name } }', '2 operations'],
  ['fragment a on Shop { name }', '0 operations'],
  ['type Query { a: Int }', 'defines types'],
  ['{ shop @defer { name } }', 'Unknown directive "@defer"'],
  ['{ orders(first: 1) { nodes { __proto__: email } } }', 'two underscores'],
  ['{ products { nodes { id } } }', 'needs first'],
  ['query ($n: Int) { products(first: $n) { nodes { id } } }', 'needs first'],
  ['{ products(first: 251) { nodes { id } } }', '250 at a time'],
  ['query ($n: Int) { products(first: $n) { nodes { id } } }', '250 at a time', { n: 1000 }],
  ['{ products(first: -1) { nodes { id } } }', '250 at a time'],
  ['{ shopifyqlQuery(query: "FROM sales SHOW total_sales") { parseErrors } }', 'run_shopifyql'],
  ['{ a: shopifyqlQuery(query: "x") { parseErrors } }', 'run_shopifyql'],
  [
    '{ orders(first: 1) { nodes { lineItems(first: 1) { nodes { product { variants(first: 1) { nodes { product { id } } } } } } } } }',
    'deeper than 8',
  ],
  [`{ ${Array.from({ length: 21 }, (_, n) => `a${n}: shop { id }`).join(' ')} }`, '20 aliases'],
  [`{ shop { ${'name '.repeat(3_001)} } }`, 'TOO_LARGE'],
  [`{ shop { name } } # ${'x'.repeat(20_000)}`, 'longer than 20000'],
  [`{ shop(a: ${'['.repeat(2_990)}`, 'nested too deep'],
  ['{ ...a } fragment a on QueryRoot { ...a }', 'Cannot spread fragment "a" within itself'],
])('refuses %s', (text, message, variables: Record<string, unknown> = {}) => {
  expect(() => plan(text, variables)).toThrow(message);
});

it('refuses fragments that stand for more than they look', () => {
  const bomb = Array.from(
    { length: 12 },
    (_, n) => `fragment f${n} on Shop { ...f${n + 1} ...f${n + 1} ...f${n + 1} }`,
  );
  const text = `{ shop { ...f0 } } ${bomb.join(' ')} fragment f12 on Shop { name }`;
  expect(() => plan(text)).toThrow('TOO_LARGE');
});

it.each([
  ['{ orders(first: 1) { nodes { email } } }', { orders: { nodes: { email: 'email' } } }],
  ['{ orders(first: 1) { nodes { name: email } } }', { orders: { nodes: { name: 'email' } } }],
  [
    '{ customers(first: 1) { edges { node { ...c } } } } fragment c on Customer { p: defaultPhoneNumber { phoneNumber } displayName }',
    { customers: { edges: { node: { p: { phoneNumber: 'phone' } } } } },
  ],
  [
    '{ node(id: "gid://shopify/Order/1") { ... on Order { billingAddress { zip city formatted } } } }',
    { node: { billingAddress: { zip: 'address', formatted: 'address' } } },
  ],
  ['{ orders(first: 1) { nodes { clientIp } } }', { orders: { nodes: { clientIp: 'address' } } }],
  [
    '{ orders(first: 1) { nodes { statusPageUrl } } }',
    { orders: { nodes: { statusPageUrl: 'secret' } } },
  ],
  [
    '{ shop { storefrontAccessTokens(first: 1) { nodes { accessToken } } } }',
    { shop: { storefrontAccessTokens: { nodes: { accessToken: 'secret' } } } },
  ],
  [
    '{ orders(first: 1) { nodes { cartToken paymentCollectionDetails { additionalPaymentCollectionUrl } } } }',
    {
      orders: {
        nodes: {
          cartToken: 'secret',
          paymentCollectionDetails: { additionalPaymentCollectionUrl: 'secret' },
        },
      },
    },
  ],
  ['{ node(id: "1") { ... on BulkOperation { url objectCount } } }', { node: { url: 'secret' } }],
  [
    '{ nodes(ids: ["1"]) { ... on Order { x: cartToken } ... on Customer { x: email } } }',
    { nodes: { x: 'secret' } },
  ],
  [
    '{ orders(first: 1) { nodes { transactions { receiptJson } localizedFields(first: 1) { nodes { title value } } } } }',
    {
      orders: {
        nodes: {
          transactions: { receiptJson: 'address' },
          localizedFields: { nodes: { value: 'address' } },
        },
      },
    },
  ],
  ['{ shop { email contactEmail } locations(first: 1) { nodes { address { zip phone } } } }', {}],
  [
    '{ customers(first: 1) { nodes { id ...a ...b } } } fragment a on Customer { defaultAddress { zip } } fragment b on Customer { defaultAddress { phone } }',
    { customers: { nodes: { defaultAddress: { zip: 'address', phone: 'phone' } } } },
  ],
])('knows what is personal in %s', (text, masks) => {
  expect(plan(text).masks).toEqual(masks);
});
