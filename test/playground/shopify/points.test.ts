import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { actualCost, requestedCost } from '../../../playground/shopify/query-cost.ts';
import { pageWeight } from '../../../src/connectors/shopify/graphql/points.ts';
import { openShop } from './open-shop.ts';

const page = (first: number) => `{ orders(first: ${first}) { nodes { id } } }`;

it('takes the points of a query from the bucket and gives back what was not needed', async () => {
  await using open = await openShop({ points: { restoreRate: 0 } });
  const { extensions } = await open.ask(
    '{ orders(first: 250, query: "name:#1") { nodes { id } } }',
  );
  expect(extensions.cost).toEqual({
    requestedQueryCost: 13,
    actualQueryCost: 3,
    throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1997, restoreRate: 0 },
  });
});

it('throttles who has too few, with HTTP 200, and serves again when time has gone by', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  await using open = await openShop({ points: { maximum: 20, restoreRate: 2 } });
  await open.ask(page(250));
  const answer = await open.ask(page(250));
  expect(answer.status).toBe(200);
  expect(answer.data).toBeUndefined();
  expect(answer.errors).toMatchObject([
    { message: 'Throttled', extensions: { code: 'THROTTLED' } },
  ]);
  expect(answer.extensions.cost).toEqual({
    requestedQueryCost: 13,
    actualQueryCost: null,
    throttleStatus: { maximumAvailable: 20, currentlyAvailable: 7, restoreRate: 2 },
  });
  vi.setSystemTime(Date.now() + 3_000);
  expect((await open.ask(page(250))).errors).toBeUndefined();
});

it('never runs what costs more than 1,000 points, and takes nothing for it', async () => {
  await using open = await openShop({ points: { restoreRate: 0 } });
  const answer = await open.ask(
    '{ products(first: 250) { nodes { variants(first: 250) { nodes { inventoryItem { inventoryLevels(first: 250) { nodes { location { id } } } } } } } } }',
  );
  expect(answer.errors).toMatchObject([
    { extensions: { code: 'MAX_COST_EXCEEDED', cost: 3181, maxCost: 1000 } },
  ]);
  expect(answer.errors[0].message).toMatch(
    /^Query cost is 3181, which exceeds the single query max cost limit \(1000\)\./,
  );
  expect(answer.extensions).toBeUndefined();
  const { extensions } = await open.ask('{ shop { name } }');
  expect(extensions.cost.throttleStatus.currentlyAvailable).toBe(1999);
});

describe('what a query may cost', () => {
  const schema = buildSchema(`
    type Query { thing(id: ID): Thing  things(first: Int, last: Int): ThingConnection!  any: Any  either: Either  thingsCount: Count }
    type Mutation { thingUpdate: ThingPayload }
    interface Any { id: ID! }
    type Thing implements Any { id: ID!  price: MoneyV2  owner: Owner  parts: [Part!]!  things(first: Int): ThingConnection! }
    type Part implements Any { id: ID!  owner: Owner }
    union Either = Thing | Part
    type Owner { id: ID! }  type MoneyV2 { amount: String! }  type Count { count: Int! }
    type ThingConnection { nodes: [Thing!]!  edges: [ThingEdge!]!  pageInfo: PageInfo! }
    type ThingEdge { node: Thing!  cursor: String! }  type PageInfo { hasNextPage: Boolean! }
    type ThingPayload { thing: Thing  userErrors: [UserError!]! }  type UserError { message: String! }`);
  const priced = (query: string, variables = {}) => {
    const document = parse(query);
    const operation = document.definitions[0] as OperationDefinitionNode;
    return { schema, document, operation, variables };
  };

  it.each([
    ['{ thing { id } }', 1],
    ['{ thing { id price { amount } owner { id } } }', 2],
    ['{ thing { parts { id } } }', 2],
    ['{ a: thing { id } b: thing { id } }', 2],
    ['{ thing { id } thing { owner { id } } }', 2],
    ['{ thingsCount { count } }', 10],
    ['{ things(first: 1) { nodes { id } } }', 3],
    ['{ things(first: 5) { nodes { id } pageInfo { hasNextPage } } }', 5],
    ['{ things(last: 10) { edges { cursor node { id } } } }', 6],
    ['{ things(first: 250) { nodes { id } } }', 13],
    ['{ things(first: 10) { nodes { things(first: 10) { nodes { id } } } } }', 30],
    ['{ any { id ... on Thing { owner { id } } } }', 2],
    ['{ either { ... on Thing { id parts { owner { id } } } ... on Part { id } } }', 3],
    ['{ thing { ...f } } fragment f on Thing { owner { id } }', 2],
    ['{ thing { owner @skip(if: true) { id } } }', 1],
    ['mutation { thingUpdate { thing { id } userErrors { message } } }', 10],
    ['mutation { thingUpdate { thing { owner { id } } } }', 11],
  ])('%s: %i', (query, cost) => {
    expect(requestedCost(priced(query))).toBe(cost);
  });

  it('depends on the variables', () => {
    const query =
      'query ($n: Int, $all: Boolean!) { things(first: $n) { nodes { owner @include(if: $all) { id } } } }';
    expect(requestedCost(priced(query, { n: 50, all: true }))).toBe(16);
    expect(requestedCost(priced(query, { n: 50, all: false }))).toBe(9);
  });

  it('is less when less comes back', () => {
    const query = priced('{ thing { owner { id } } things(first: 50) { nodes { id } } }');
    expect(requestedCost(query)).toBe(11);
    expect(actualCost(query, { thing: { owner: null }, things: { nodes: [{ id: '1' }] } })).toBe(4);
    expect(actualCost(query, { thing: null, things: { nodes: [] } })).toBe(2);
    expect(actualCost(query, null)).toBe(2);
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 1],
    [5, 3],
    [10, 4],
    [50, 7],
    [250, 11],
  ])('weighs a page of %i as %i', (size, weight) => {
    expect(pageWeight(size)).toBe(weight);
  });
});
