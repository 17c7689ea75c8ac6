import { beforeAll, expect, it } from 'vitest';
import { writingTools } from '../../../../src/connectors/shopify/env.ts';
import { json } from '../json-answer.ts';
import { openShop, type Shop } from '../open-shop.ts';

const sku = 'SKU-0045';
const location = 'Waterdam Store';

/** What the writing tools change, and what they don't. */
export function writes(shop: () => Shop): void {
  let product: { id: string; handle: string };
  let order: { id: string; name: string };
  beforeAll(async () => {
    [product] = (await shop().ask('list_products', { limit: 1 })).items as [typeof product];
    [order] = (await shop().ask('list_orders', { limit: 1 })).items as [typeof order];
  });

  const isMutation = ({ body }: { body: Buffer }) => body.includes('mutation');
  const mutations = () =>
    shop()
      .sent()
      .filter(({ query }) => query.startsWith('mutation'));

  async function available() {
    const { items } = await shop().ask('get_inventory', { sku, location });
    const [{ levels }] = items as [{ levels: [{ available: number }] }];
    return levels[0].available;
  }

  it('has no writing tool unless it is named, and marks each as one', async () => {
    await using reader = await openShop();
    const names = reader.open.tools.map(({ name }) => name);
    for (const name of writingTools) {
      expect(names).not.toContain(name);
      expect(await reader.refusal(name, {})).toMatch(/^NOT_FOUND/);
      const tool = shop().open.tools.find((tool) => tool.name === name);
      expect(tool?.annotations).toMatchObject({ readOnlyHint: false });
    }
  });

  const calls = () =>
    [
      ['update_product', { product: product.handle, vendor: 'Dry' }],
      ['adjust_inventory', { sku, location, delta: 5 }],
      ['update_order', { order: order.name, note: 'dry' }],
      ['add_tags', { id: order.id, tags: ['dry'] }],
      ['create_draft_order', { lines: [{ sku, quantity: 1 }] }],
    ] as const;

  it('shows in a dry run what would be sent, and sends nothing', async () => {
    for (const [tool, args] of calls()) {
      const answer = await shop().ask(tool, { ...args, dry_run: true });
      expect(answer, tool).toMatchObject({
        dry_run: true,
        request: { mutation: expect.any(String), variables: expect.any(Object) },
      });
      expect(answer).not.toHaveProperty('after');
    }
    expect(mutations()).toEqual([]);
  });

  it('names the scope that a write lacks, and does nothing', async () => {
    await using own = await openShop({ SHOPIFY_ALLOW_WRITES: writingTools.join(',') });
    own.standIn.deny('write_products', 'write_inventory', 'write_orders', 'write_draft_orders');
    await own.ask('get_shop');
    for (const [tool, args] of calls())
      expect(await own.refusal(tool, args)).toMatch(/^MISSING_PERMISSION: .*write_/);
  });

  it('changes a product, and says how it was', async () => {
    const answer = await shop().ask('update_product', {
      product: product.handle,
      vendor: 'Fresh',
      status: 'draft',
      tags: ['a', 'b'],
    });
    expect(answer).toMatchObject({
      before: { id: product.id, vendor: expect.not.stringMatching('Fresh') },
      after: { vendor: 'Fresh', status: 'draft', tags: ['a', 'b'] },
    });
    const { product: now } = await shop().ask('get_product', { product: product.id });
    expect(now).toMatchObject({ vendor: 'Fresh', status: 'draft' });
  });

  it('changes nothing that was changed since it was read', async () => {
    const since = { expected_updated_at: '2020-01-01T00:00:00Z' };
    expect(
      await shop().refusal('update_product', { product: product.id, vendor: 'Late', ...since }),
    ).toMatch(/^CONFLICT: this product was changed since it was read/);
    expect(
      await shop().refusal('update_order', { order: order.id, note: 'late', ...since }),
    ).toMatch(/^CONFLICT/);
    expect(
      await shop().refusal('update_order', {
        order: order.id,
        note: '',
        expected_updated_at: 'now',
      }),
    ).toMatch(/is no moment/);
    expect(mutations()).toEqual([]);
  });

  it('adds to the stock only from the number that is there, with a key', async () => {
    const before = await available();
    const key = 'key-of-the-test-1';
    const answer = await shop().ask('adjust_inventory', {
      sku,
      location,
      delta: 3,
      change_from_quantity: before,
      idempotency_key: key,
    });
    expect(answer).toMatchObject({
      before: { available: before },
      after: { available: before + 3 },
    });
    expect(await available()).toBe(before + 3);
    const [{ query, variables } = { query: '', variables: {} }] = mutations();
    expect(query).toContain('@idempotent(key: $key)');
    expect(variables).toMatchObject({
      key,
      input: { changes: [{ delta: 3, changeFromQuantity: before }] },
    });
    expect(
      await shop().refusal('adjust_inventory', {
        sku,
        location,
        delta: 1,
        change_from_quantity: before,
      }),
    ).toMatch(new RegExp(`^CONFLICT: ${before + 3} are available now`));
  });

  it('does not add twice when an answer was lost', async () => {
    const before = await available();
    shop().standIn.fail({ cutAfter: 1, when: isMutation });
    await shop().ask('adjust_inventory', { sku, location, delta: 2 });
    expect(mutations()).toHaveLength(2);
    expect(await available()).toBe(before + 2);
  });

  it('replaces the note of an order, and adds tags', async () => {
    expect(
      await shop().ask('update_order', { order: order.name, note: 'call first' }),
    ).toMatchObject({
      after: { note: 'call first' },
    });
    const tagged = await shop().ask('add_tags', { id: order.id, tags: ['vip', 'gift'] });
    expect(tagged).toMatchObject({ after: { tags: expect.arrayContaining(['vip', 'gift']) } });
  });

  it('creates a draft order by SKU', async () => {
    const answer = await shop().ask('create_draft_order', {
      lines: [{ sku, quantity: 2 }],
      note: 'hi',
    });
    expect(answer).toMatchObject({
      after: {
        id: expect.stringContaining('DraftOrder'),
        status: 'open',
        total: { currency: 'EUR' },
      },
    });
  });

  it.each([
    ['update_product', { product: 'no-such', vendor: 'x' }, /^NOT_FOUND/],
    ['update_product', { product: 'no-such' }, /nothing to change/],
    ['update_order', { order: '#0', note: 'x' }, /^NOT_FOUND/],
    [
      'add_tags',
      { id: 'gid://shopify/Location/1', tags: ['x'] },
      /not the id of something that has tags/,
    ],
    ['add_tags', { id: 'gid://shopify/Product/1', tags: ['x'] }, /^NOT_FOUND/],
    ['adjust_inventory', { location, delta: 1 }, /either sku or variant/],
    ['adjust_inventory', { sku, location, delta: 0 }, /changes nothing/],
    ['adjust_inventory', { sku: 'no-such', location, delta: 1 }, /^NOT_FOUND: there is no variant/],
    [
      'adjust_inventory',
      { sku, location: 'Nowhere', delta: 1 },
      /^NOT_FOUND: there is no location/,
    ],
    ['adjust_inventory', { sku, location, delta: 1.5 }, /delta/],
    ['create_draft_order', { lines: [] }, /lines/],
    ['create_draft_order', { lines: [{ quantity: 1 }] }, /either sku or variant/],
    [
      'create_draft_order',
      { lines: [{ sku: 'no-such', quantity: 1 }] },
      /^NOT_FOUND: there is no variant/,
    ],
  ])('%s refuses %j', async (tool, args, sentence) => {
    expect(await shop().refusal(tool, args)).toMatch(sentence);
    expect(mutations()).toEqual([]);
  });

  it("gives Shopify's own reason when it does not make the change", async () => {
    const userErrors = [{ field: ['title'], message: "Title can't be blank." }];
    const answer = json({ data: { productUpdate: { product: null, userErrors } } });
    shop().standIn.fail({ ...answer, when: isMutation });
    expect(await shop().refusal('update_product', { product: product.id, title: 'x' })).toMatch(
      /^INVALID_ARGUMENT: Shopify did not make the change: title: Title can't be blank\.$/,
    );
  });

  it('says that somebody else was faster', async () => {
    const userErrors = [{ code: 'CHANGE_FROM_QUANTITY_STALE', field: null, message: 'Stale.' }];
    const answer = json({ data: { inventoryAdjustQuantities: { userErrors } } });
    shop().standIn.fail({ ...answer, when: isMutation });
    expect(await shop().refusal('adjust_inventory', { sku, location, delta: 1 })).toMatch(
      /^CONFLICT: the quantity has changed meanwhile, nothing was done/,
    );
  });

  it('tells of a change that was made though a part of its answer may not be read', async () => {
    const [customer] = (await shop().ask('list_customers', { limit: 1 })).items as [{ id: string }];
    shop().standIn.deny('read_customers');
    const lines = [{ sku, quantity: 1 }];
    const answer = await shop().ask('create_draft_order', { lines, customer: customer.id });
    expect(answer).toMatchObject({
      after: { id: expect.stringContaining('DraftOrder') },
      notes: [expect.stringMatching(/^customer is missing: .*read_customers/)],
    });
  });

  it.each([
    ['an internal error', { errors: [{ message: 'Internal error.' }], data: null }],
    ['no product', { data: { productUpdate: { product: null, userErrors: [] } } }],
    ['data of another shape', { data: { productUpdate: { product: 7, userErrors: [] } } }],
    ['no payload', { data: { productUpdate: null } }],
    ['far too much', { data: { productUpdate: 'x'.repeat(9e6) } }],
  ])('says that nobody knows when a change is answered with %s', async (_, body) => {
    shop().standIn.fail({ ...json(body), when: isMutation });
    expect(await shop().refusal('update_product', { product: product.id, title: 'x' })).toMatch(
      /whether the change was made is not known.*Try: looking at the record/s,
    );
  });
}
