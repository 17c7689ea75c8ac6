import { expect, it } from 'vitest';
import { json } from './json-answer.ts';
import { type Item, openShop, type Shop } from './open-shop.ts';

const money = { amount: expect.stringMatching(/^\d+\.\d+$/), currency: 'EUR' };

/** What the tools read, through MCP. */
export function reads(shop: () => Shop): void {
  const itemsOf = async (tool: string, args: Record<string, unknown> = {}) =>
    (await shop().ask(tool, args)).items as Item[];

  it('tells of the shop and of what the token may do', async () => {
    expect(await shop().ask('get_shop')).toMatchObject({
      shop: {
        currency: 'EUR',
        time_zone: expect.any(String),
        scopes: expect.arrayContaining(['read_orders', 'read_products']),
        api_version: '2026-10',
        points_per_second: 100,
      },
    });
  });

  it.each([
    ['list_products', { status: 'active' }, { status: 'archived' }],
    ['list_variants', {}, { low_stock_below: 3 }],
    ['get_inventory', {}, { location: 'Waterdam Store' }],
    ['list_orders', { sort: 'oldest' }, { sort: 'newest' }],
    ['list_customers', {}, { include_contact: true }],
    ['list_draft_orders', {}, { status: 'open' }],
  ])('%s pages, and a cursor holds for its own list only', async (tool, args, other) => {
    const first = await shop().ask(tool, { ...args, limit: 2 });
    expect(first).toMatchObject({ count: 2, truncated: true, next_cursor: expect.any(String) });
    const cursor = first.next_cursor;
    const second = await shop().ask(tool, { ...args, limit: 2, cursor });
    expect(second.count).toBe(2);
    expect(second.items).not.toContainEqual((first.items as unknown[])[1]);
    const both = await shop().ask(tool, { ...args, limit: 4 });
    expect(both.items).toEqual([...(first.items as unknown[]), ...(second.items as unknown[])]);
    expect(await shop().refusal(tool, { ...args, ...other, limit: 2, cursor })).toMatch(
      /^BAD_CURSOR: /,
    );
    expect(await shop().refusal(tool, { ...args, cursor: 'made up' })).toMatch(/^BAD_CURSOR: /);
  });

  it('goes on after what fitted into 20 kB, and misses nothing', async () => {
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const page = await shop().ask('list_products', { limit: 100, ...(cursor ? { cursor } : {}) });
      seen.push(...(page.items as Item[]).map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor);
    const { count } = await shop().ask('count_records', { kind: 'products' });
    expect(new Set(seen).size).toBe(count);
    expect(seen).toHaveLength(count as number);
  });

  it.each([
    ['handle', (item: Item) => item.handle],
    ['id', (item: Item) => item.id],
    ['number', (item: Item) => item.short_id],
  ])('reads a product by its %s', async (_, toName) => {
    const [item] = await itemsOf('list_products', { limit: 1 });
    if (!item) throw new Error('no product');
    expect(await shop().ask('get_product', { product: toName(item) })).toMatchObject({
      product: { id: item.id, price_from: money, variants: [{ sku: expect.any(String) }] },
    });
  });

  it('names products that are like the one that is not there', async () => {
    const [item] = await itemsOf('list_products', { limit: 1 });
    const sentence = await shop().refusal('get_product', { product: `${item?.handle}-x` });
    expect(sentence).toMatch(/^NOT_FOUND: .* Try: /);
    expect(await shop().refusal('get_product', { product: 'gid://shopify/Order/1' })).toMatch(
      /this id is of the kind Order, and Product is wanted/,
    );
  });

  it('lists what runs out, the scarcest first, with price and cost', async () => {
    const items = await itemsOf('list_variants', { low_stock_below: 10, limit: 100 });
    const stock = items.map(({ quantity }) => Number(quantity));
    expect(stock.length).toBeGreaterThan(0);
    expect(Math.max(...stock)).toBeLessThan(10);
    expect(stock).toEqual(stock.toSorted((a, b) => a - b));
    expect(items[0]).toMatchObject({ price: expect.any(String), unit_cost: money });
  });

  it('reads stock by location', async () => {
    const [all] = await itemsOf('get_inventory', { sku: 'SKU-0045' });
    expect(all).toMatchObject({ sku: 'SKU-0045', tracked: true });
    const levels = all?.levels as { location: string; available: number }[];
    expect(levels).toHaveLength(2);
    const [level] = levels;
    const [one] = await itemsOf('get_inventory', {
      sku: 'SKU-0045',
      location: level?.location.toUpperCase(),
    });
    expect(one?.levels).toEqual([level]);
    expect(await shop().refusal('get_inventory', { location: 'Waterdam Stor' })).toMatch(
      /^NOT_FOUND: .* Try: Waterdam Store/,
    );
  });

  it.each(['list_variants', 'get_inventory'])(
    '%s names SKUs near one that nobody has, and only then',
    async (tool) => {
      const unknown = await shop().ask(tool, { sku: 'sku-00455' });
      expect(unknown).toMatchObject({ items: [], count: 0, truncated: false });
      expect(unknown.notes).toEqual([
        expect.stringMatching(/SKU "sku-00455"\. Near it: SKU-0045\b/),
      ]);
      const hostile = await shop().ask(tool, { sku: "x' OR sku:*" });
      expect(hostile.notes).toEqual(['No variant that fits has the SKU "x\' OR sku:*".']);
      expect(await shop().ask(tool, { sku: 'SKU-0045' })).not.toHaveProperty('notes');
    },
  );

  it.each([
    ['its name', (item: Item) => item.name],
    ['the name without #', (item: Item) => item.name.slice(1)],
    ['its id', (item: Item) => item.id],
    ['its number', (item: Item) => item.short_id],
  ])('reads an order by %s', async (_, toName) => {
    const [item] = await itemsOf('list_orders', { limit: 1 });
    if (!item) throw new Error('no order');
    const { order } = await shop().ask('get_order', { order: toName(item) });
    expect(order).toMatchObject({
      id: item.id,
      total: money,
      lines: expect.arrayContaining([expect.objectContaining({ unit_price: money })]),
    });
  });

  it('shows where an order goes, and whose door it is only when asked', async () => {
    const [item] = await itemsOf('list_orders', { limit: 1 });
    const { order } = await shop().ask('get_order', { order: item?.name });
    expect(order).toMatchObject({ ship_to: { city: expect.any(String) } });
    expect(JSON.stringify(order)).not.toMatch(/@|address1|zip/);
    const open = await shop().ask('get_order', { order: item?.name, include_contact: true });
    expect(open.order).toMatchObject({
      email: expect.stringContaining('@'),
      ship_to: { address1: expect.any(String), zip: expect.any(String) },
    });
  });

  it('shows of many long lines those that fit, and says where the others are', async () => {
    const [item] = await itemsOf('list_orders', { limit: 1 });
    const isOrder = ({ body }: { body: Buffer }) => body.includes('query order(');
    await shop().ask('get_order', { order: item?.id });
    const request = shop().standIn.requests.findLast(isOrder);
    const real = await fetch(`${shop().standIn.url}${request?.path}`, {
      method: 'POST',
      headers: { 'x-shopify-access-token': shop().standIn.env.SHOPIFY_ACCESS_TOKEN },
      body: String(request?.body),
    });
    const { data } = (await real.json()) as { data: { order: { lineItems: { nodes: object[] } } } };
    const [line] = data.order.lineItems.nodes;
    data.order.lineItems.nodes = Array.from({ length: 50 }, () => ({
      ...line,
      title: 'x'.repeat(300),
    }));
    shop().standIn.fail({ ...json({ data }), when: isOrder });
    const { order, notes } = await shop().ask('get_order', { order: item?.id });
    const { lines } = order as { lines: { title: string }[] };
    expect(lines.length).toBeLessThan(50);
    expect(lines[0]?.title).toBe(`${'x'.repeat(255)}…(+45 chars)`);
    expect(notes).toEqual([expect.stringContaining('There are more lines')]);
  });

  it('says that an order may be hidden by its age', async () => {
    await using own = await openShop();
    own.standIn.deny('read_all_orders');
    expect(await own.refusal('get_order', { order: '#1' })).toMatch(
      /^NOT_FOUND: .*older than 60 days.*read_all_orders/s,
    );
  });

  it('finds orders by status, time and customer', async () => {
    const [paid] = await itemsOf('list_orders', { financial_status: 'paid', limit: 1 });
    expect(paid).toMatchObject({ financial_status: 'paid' });
    const day = { created_after: '2026-11-20', created_before: '2026-11-21' };
    for (const { created_at } of await itemsOf('list_orders', { ...day, limit: 5 }))
      expect(created_at).toMatch(/^2026-11-20T/);
    const customer = (paid?.customer as Item | undefined)?.id;
    for (const order of await itemsOf('list_orders', { customer, limit: 5 }))
      expect(order.customer).toMatchObject({ id: customer });
    expect(await shop().refusal('list_orders', { customer: 'Ada' })).toMatch(/list_customers/);
  });

  it.each([
    ['products', { query: 'status:active' }],
    ['variants', {}],
    ['orders', { query: 'financial_status:paid' }],
    ['customers', {}],
    ['draft_orders', { query: 'status:open' }],
  ])('counts %s', async (kind, args) => {
    const answer = await shop().ask('count_records', { kind, ...args });
    expect(answer).toEqual({ count: expect.any(Number), precision: 'exact' });
    expect(answer.count).toBeGreaterThan(0);
  });

  it('masks how to reach a customer unless asked', async () => {
    const [masked] = await itemsOf('list_customers', { limit: 1 });
    expect(masked).toMatchObject({
      name: expect.any(String),
      email: expect.stringMatching(/^.\*{3}@/),
    });
    const [shown] = await itemsOf('list_customers', { limit: 1, include_contact: true });
    expect(shown).toMatchObject({ id: masked?.id, email: expect.stringMatching(/^\w+@/) });
    const { customer } = await shop().ask('get_customer', { customer: shown?.email });
    expect(customer).toMatchObject({ id: masked?.id, email: masked?.email });
    expect(JSON.stringify(customer)).not.toContain('addresses');
  });

  it('tells in its digest what a model needs, in 4 kB', async () => {
    const digest = await shop().read('shopify://digest');
    expect(digest).toMatch(/currency EUR, time zone /);
    expect(digest).toMatch(/About \d+ products, [\d,]+ orders, \d+ customers/);
    expect(digest).toMatch(/Locations: .*Waterdam Store/);
    expect(digest).toMatch(/\nProduct types: \w.*\nVendors: \w.*\nProduct tags: \w/);
    expect(Buffer.byteLength(digest)).toBeLessThanOrEqual(4_000);
  });

  it('takes the searches that its descriptions show', async () => {
    const tried: string[] = [];
    for (const { name, input } of shop().open.tools) {
      const [, example] = /(?:: |, or )(.*:.*)$/.exec(input.shape.query?.description ?? '') ?? [];
      if (!example) continue;
      tried.push(name);
      await shop().ask(name, { query: example, limit: 1 });
      expect(shop().sent()).toMatchObject([{ variables: { query: example } }]);
    }
    expect(tried).toEqual(['list_products', 'list_orders', 'list_customers']);
  });
}
