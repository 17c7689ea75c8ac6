import { expect, it } from 'vitest';
import { sampleData } from '../../../playground/shopify/sample-data.ts';
import { openShop, today } from './open-shop.ts';

const product = 'gid://shopify/Product/7000000000001';
const order = 'gid://shopify/Order/5000000000600';
const item = 'gid://shopify/InventoryItem/46000000000001';
const warehouse = 'gid://shopify/Location/80000000001';

const updateProduct = `mutation ($product: ProductUpdateInput!) {
  productUpdate(product: $product) { product { title status tags handle } userErrors { field message } } }`;

it('changes a product, and what was not named stays', async () => {
  await using open = await openShop();
  const { title } = open.shop.data.products[0] ?? {};
  const { data } = await open.ask(updateProduct, {
    product: { id: product, status: 'DRAFT', tags: ['b', 'A', 'b', ' '] },
  });
  expect(data.productUpdate).toMatchObject({
    product: { title, status: 'DRAFT', tags: ['A', 'b'] },
    userErrors: [],
  });
  const read = await open.ask('{ productsCount(query: "status:draft") { count } }');
  expect(read.data.productsCount.count).toBe(1);
  expect(open.shop.data.products[0]?.status).toBe('DRAFT');
});

it.each([
  [{ id: 'gid://shopify/Product/1', title: 'x' }, ['id'], 'Product does not exist'],
  [{ id: order, title: 'x' }, ['id'], 'Product does not exist'],
  [{ id: product, title: '  ' }, ['title'], "Title can't be blank"],
  [
    { id: product, title: 'x'.repeat(256) },
    ['title'],
    'Title is too long (maximum is 255 characters)',
  ],
])('turns %o down', async (input, field, message) => {
  await using open = await openShop();
  const { data, errors } = await open.ask(updateProduct, { product: input });
  expect(errors).toBeUndefined();
  expect(data.productUpdate).toEqual({ product: null, userErrors: [{ field, message }] });
});

it('leaves the sample shop of the next one alone', async () => {
  await using one = await openShop({ data: () => sampleData(today) });
  await one.ask(updateProduct, { product: { id: product, title: 'Changed' } });
  await using other = await openShop({ data: () => sampleData(today) });
  expect(one.shop.data.products[0]?.title).toBe('Changed');
  expect(other.shop.data.products[0]?.title).not.toBe('Changed');
});

const adjust = (idempotent = '') => `mutation ($input: InventoryAdjustQuantitiesInput!) {
  inventoryAdjustQuantities(input: $input) ${idempotent} {
    inventoryAdjustmentGroup { reason changes { name delta quantityAfterChange location { name } } }
    userErrors { field message code } } }`;
const keyed = (key: string) => adjust(`@idempotent(key: "${key}")`);

const toInput = (change: object) => ({
  input: {
    name: 'available',
    reason: 'correction',
    changes: [{ inventoryItemId: item, locationId: warehouse, delta: -2, ...change }],
  },
});

const firstStock = ({
  products,
}: {
  products: { variants: { stock: { available: number }[] }[] }[];
}) => products[0]?.variants[0]?.stock[0]?.available ?? 0;

it('moves stock from what it was, once for each key', async () => {
  await using open = await openShop();
  const before = firstStock(open.shop.data);
  const input = toInput({ changeFromQuantity: before });
  const first = await open.ask(keyed('k1'), input);
  expect(first.data.inventoryAdjustQuantities).toMatchObject({
    inventoryAdjustmentGroup: {
      changes: [
        { name: 'available', delta: -2, quantityAfterChange: before - 2 },
        { name: 'on_hand', delta: -2 },
      ],
    },
    userErrors: [],
  });
  expect((await open.ask(keyed('k1'), input)).data).toEqual(first.data);
  expect(firstStock(open.shop.data)).toBe(before - 2);
  const other = await open.ask(keyed('k1'), toInput({ changeFromQuantity: null }));
  expect(other.data.inventoryAdjustQuantities.userErrors).toMatchObject([
    { code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' },
  ]);
});

it.each([
  [{ changeFromQuantity: 999_999 }, 'changeFromQuantity', 'CHANGE_FROM_QUANTITY_STALE'],
  [
    { changeFromQuantity: null, inventoryItemId: 'gid://shopify/InventoryItem/1' },
    'inventoryItemId',
    'INVALID_INVENTORY_ITEM',
  ],
  [
    { changeFromQuantity: null, locationId: 'gid://shopify/Location/1' },
    'locationId',
    'INVALID_LOCATION',
  ],
  [{ changeFromQuantity: null, delta: 1_000_000_000 }, 'delta', 'INVALID_QUANTITY_TOO_HIGH'],
])('leaves stock alone for %o', async (change, field, code) => {
  await using open = await openShop();
  const before = firstStock(open.shop.data);
  const { data } = await open.ask(keyed('k'), toInput(change));
  expect(data.inventoryAdjustQuantities).toMatchObject({
    inventoryAdjustmentGroup: null,
    userErrors: [{ field: ['input', 'changes', '0', field], code }],
  });
  expect(firstStock(open.shop.data)).toBe(before);
});

it('wants a key and a precondition since 2026-04, and neither before', async () => {
  await using open = await openShop();
  const keyless = await open.ask(adjust(), toInput({ changeFromQuantity: null }));
  expect(keyless.errors).toMatchObject([
    {
      message: 'The @idempotent directive is required for this mutation but was not provided.',
      extensions: { code: 'BAD_REQUEST' },
    },
  ]);
  const careless = await open.ask(keyed('k'), toInput({}));
  expect(careless.errors).toMatchObject([
    {
      message: 'InventoryChangeInput must include the following argument: changeFromQuantity.',
      extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
    },
  ]);
  const old = await open.ask(adjust(), toInput({}), { version: '2026-01' });
  expect(old.data.inventoryAdjustQuantities.userErrors).toEqual([]);
});

it.each([
  ['name', { name: 'somewhere' }, 'INVALID_QUANTITY_NAME'],
  ['reason', { reason: 'because' }, 'INVALID_REASON'],
])('knows the words for an adjustment’s %s', async (field, words, code) => {
  await using open = await openShop();
  const { input } = toInput({ changeFromQuantity: null });
  const { data } = await open.ask(keyed('k'), { input: { ...input, ...words } });
  expect(data.inventoryAdjustQuantities.userErrors).toMatchObject([
    { field: ['input', field], code },
  ]);
});

it('writes an order’s note and tags, and adds tags without losing any', async () => {
  await using open = await openShop();
  const update =
    'mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { note tags } userErrors { field message } } }';
  const add =
    'mutation ($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { node { id } userErrors { field message } } }';
  const updated = await open.ask(update, { input: { id: order, note: 'Called.', tags: ['x'] } });
  expect(updated.data.orderUpdate.order).toEqual({ note: 'Called.', tags: ['x'] });
  expect((await open.ask(add, { id: order, tags: ['VIP', 'X'] })).data.tagsAdd).toEqual({
    node: { id: order },
    userErrors: [],
  });
  const read = await open.ask(
    `{ order(id: "${order}") { note tags } ordersCount(query: "tag:vip") { count } }`,
  );
  expect(read.data).toEqual({
    order: { note: 'Called.', tags: ['VIP', 'x'] },
    ordersCount: { count: 1 },
  });
  for (const [query, variables] of [
    [update, { input: { id: 'gid://shopify/Order/1' } }],
    [add, { id: 'gid://shopify/Order/1', tags: ['x'] }],
  ] as const) {
    const { data } = await open.ask(query, variables);
    expect(Object.values(data)).toMatchObject([
      { userErrors: [{ field: ['id'], message: 'Order does not exist' }] },
    ]);
  }
});

const createDraft = `mutation ($input: DraftOrderInput!) { draftOrderCreate(input: $input) {
  draftOrder { id name status totalPriceSet { shopMoney { amount } } } userErrors { field message } } }`;
const variantId = 'gid://shopify/ProductVariant/44000000000001';

it('makes a draft order, and finds it again', async () => {
  await using open = await openShop();
  const { price = 0 } = open.shop.data.products[0]?.variants[0] ?? {};
  const { data } = await open.ask(createDraft, {
    input: { lineItems: [{ variantId, quantity: 3 }], tags: ['quote'] },
  });
  const { draftOrder } = data.draftOrderCreate;
  expect(draftOrder).toMatchObject({ name: '#D13', status: 'OPEN' });
  expect(Number(draftOrder.totalPriceSet.shopMoney.amount)).toBe((price * 3) / 100);
  const read = await open.ask(
    `{ draftOrder(id: "${draftOrder.id}") { name lineItems(first: 5) { nodes { sku quantity } } } }`,
  );
  expect(read.data.draftOrder.lineItems.nodes).toEqual([{ sku: 'SKU-0001', quantity: 3 }]);
});

it.each([
  [{}, null, 'Add at least 1 product'],
  [{ lineItems: [] }, null, 'Add at least 1 product'],
  [
    { lineItems: [{ variantId, quantity: 0 }] },
    ['lineItems', '0', 'quantity'],
    'Quantity must be greater than or equal to 1',
  ],
  [
    { lineItems: [{ variantId: 'gid://shopify/ProductVariant/7', quantity: 1 }] },
    ['lineItems', '0', 'variantId'],
    'Product with ID 7 is no longer available.',
  ],
  [
    {
      lineItems: [{ variantId, quantity: 1 }],
      purchasingEntity: { customerId: 'gid://shopify/Customer/1' },
    },
    ['customerId'],
    'Customer does not exist',
  ],
])('makes no draft order of %o', async (input, field, message) => {
  await using open = await openShop();
  const { data } = await open.ask(createDraft, { input });
  expect(data.draftOrderCreate).toEqual({ draftOrder: null, userErrors: [{ field, message }] });
});
