import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenShop, openShop } from './open-shop.ts';

let open: OpenShop;
beforeAll(async () => {
  open = await openShop();
});
afterAll(() => open[Symbol.asyncDispose]());

const page = `query ($first: Int, $last: Int, $after: String, $before: String, $key: OrderSortKeys, $reverse: Boolean) {
  orders(first: $first, last: $last, after: $after, before: $before, sortKey: $key, reverse: $reverse) {
    edges { cursor node { name } } nodes { name totalPriceSet { shopMoney { amount } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const namesOf = ({ data }: { data: { orders: { nodes: { name: string }[] } } }) =>
  data.orders.nodes.map(({ name }) => name);

it('leads through all orders, each once', async () => {
  const seen: string[] = [];
  for (let after: string | null = null; ; ) {
    const answer = await open.ask(page, { first: 250, after });
    seen.push(...namesOf(answer));
    after = answer.data.orders.pageInfo.endCursor;
    if (!answer.data.orders.pageInfo.hasNextPage) break;
  }
  expect(seen).toHaveLength(600);
  expect(new Set(seen).size).toBe(600);
  expect(seen[0]).toBe('#1');
});

it('goes back the way it came', async () => {
  const first = await open.ask(page, { first: 3 });
  const second = await open.ask(page, { first: 3, after: first.data.orders.pageInfo.endCursor });
  const back = await open.ask(page, { last: 3, before: second.data.orders.pageInfo.startCursor });
  expect(namesOf(second)).toEqual(['#4', '#5', '#6']);
  expect(namesOf(back)).toEqual(namesOf(first));
  expect(back.data.orders.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
});

it('sorts by a key, either way, with the id among equals', async () => {
  const { data } = await open.ask(page, { first: 250, key: 'TOTAL_PRICE', reverse: true });
  const amounts = data.orders.nodes.map(
    (node: { totalPriceSet: { shopMoney: { amount: string } } }) =>
      Number(node.totalPriceSet.shopMoney.amount),
  );
  expect(amounts).toEqual(amounts.toSorted((a: number, b: number) => b - a));
  expect(data.orders.edges[0].node.name).toBe(data.orders.nodes[0].name);
});

it.each([
  ['a cursor of another order', { first: 1, key: 'TOTAL_PRICE' }],
  ['no cursor at all', { first: 1, after: 'nonsense' }],
])('refuses %s', async (_, variables) => {
  const { data } = await open.ask(page, { first: 1 });
  const after = data.orders.pageInfo.endCursor;
  const answer = await open.ask(page, { after, ...variables });
  expect(answer.errors[0].message).toBe('Invalid cursor for current pagination sort.');
  expect(answer.data).toBeNull();
});

it.each([
  [{}, 'you must provide one of first or last'],
  [{ first: 1, last: 1 }, 'providing both first and last is not supported'],
  [
    { first: 251 },
    'first cannot exceed 250. To query larger amounts of data with fewer limits, bulk operations should be used instead.',
  ],
  [{ last: -1 }, 'last cannot be negative'],
])('refuses pages of %o', async (variables, message) => {
  const answer = await open.ask(page, variables);
  expect(answer.errors).toMatchObject([
    { message, path: ['orders'], extensions: { code: 'BAD_REQUEST' } },
  ]);
});

it('goes on where it was although what stood there is gone', async () => {
  const query = `query ($after: String) { products(first: 2, after: $after, query: "status:active") {
    nodes { title } pageInfo { endCursor } } }`;
  const active = open.shop.data.products.filter(({ status }) => status === 'ACTIVE');
  const first = await open.ask(query);
  if (active[1]) active[1].status = 'DRAFT';
  const second = await open.ask(query, { after: first.data.products.pageInfo.endCursor });
  const titles = (answer: typeof first) =>
    answer.data.products.nodes.map(({ title }: { title: string }) => title);
  expect([...titles(first), ...titles(second)]).toEqual(
    active.slice(0, 4).map(({ title }) => title),
  );
});

it('has empty pages where nothing is', async () => {
  const answer = await open.ask(
    '{ orders(first: 5, query: "name:#99999") { nodes { id } pageInfo { hasNextPage endCursor } } }',
  );
  expect(answer.data.orders).toEqual({
    nodes: [],
    pageInfo: { hasNextPage: false, endCursor: null },
  });
});

it('lists the words that products have, each once and by the alphabet', async () => {
  const words = '{ nodes edges { cursor } pageInfo { endCursor hasNextPage } }';
  const query = `query ($after: String) { productVendors(first: 2, after: $after) ${words}
    productTypes(first: 250) ${words} productTags(first: 250, reverse: true) ${words} }`;
  const { data } = await open.ask(query);
  const { nodes, pageInfo } = data.productVendors;
  expect(nodes).toEqual(nodes.toSorted());
  expect(pageInfo.hasNextPage).toBe(true);
  const next = await open.ask(query, { after: pageInfo.endCursor });
  expect(next.data.productVendors.nodes).not.toContain(nodes[1]);
  expect(data.productTypes.nodes.length).toBeGreaterThan(1);
  expect(data.productTags.nodes).toEqual(data.productTags.nodes.toSorted().reverse());
});
