import { describe, expect, it } from 'vitest';
import { type Item, openShop, type Shop } from './open-shop.ts';

/** What is refused: bad arguments without asking Shopify, and what the token may not. */
export function refusals(shop: () => Shop): void {
  const itemsOf = async (tool: string, args: Record<string, unknown> = {}) =>
    (await shop().ask(tool, args)).items as Item[];

  it.each([
    ['list_orders', { query: "staff_member:'Kat'" }, /"staff_member" is not a search field/],
    ['list_orders', { financial_status: 'payed' }, /Try: paid/],
    ['list_orders', { created_after: 'yesterday morning' }, /takes a date/],
    ['list_products', { query: 'a) OR (b', status: 'active' }, /nothing to close/],
    ['list_products', { status: 'activ' }, /Try: active/],
    ['list_draft_orders', { status: 'opn' }, /expected one of "open"/],
    ['list_products', { query: '' }, /1 to 1000 characters/],
    ['list_variants', { low_stock_below: 0 }, /INVALID_ARGUMENT/],
    [
      'count_records',
      { kind: 'customers', query: 'email:a@example.com' },
      /can't be counted by "email"/,
    ],
    ['count_records', { kind: 'cats' }, /kind: /],
    ['get_customer', { customer: 'Ada' }, /is not the id of a Customer/],
    ['get_customer', { customer: '../../secrets' }, /is not the id/],
    ['get_order', { order: 'x'.repeat(300) }, /1 to 255 characters/],
    ['get_inventory', { variant: 'gid://shopify/ProductVariant/1/../2' }, /is not the id/],
    ['run_shopifyql', { query: 'x'.repeat(5_001) }, /at most 5000/],
    [
      'run_shopifyql',
      { query: 'FROM customers SHOW customer_email AS c' },
      /^REFUSED: .* rename columns/,
    ],
  ])('%s refuses %j without asking Shopify', async (tool, args, sentence) => {
    expect(await shop().refusal(tool, args)).toMatch(sentence);
    expect(shop().sent()).toEqual([]);
  });

  it('sends what somebody typed as a value, never as a part of the query', async () => {
    const hostile = `'") { shop { name } } # OR status:draft \\`;
    expect(await itemsOf('list_products', { vendor: hostile })).toEqual([]);
    const [{ query, variables } = { query: '', variables: {} }] = shop().sent();
    expect(query).not.toContain('draft');
    expect(variables.query).toBe(String.raw`vendor:'\'") { shop { name } } # OR status:draft \\'`);
  });

  it('drops no filter in silence, whoever wrote the query', async () => {
    const query = '{ orders(first: 2, query: "staff_member:Kat") { nodes { name } } }';
    const sentence = await shop().refusal('graphql_query', { query });
    expect(sentence).toMatch(
      /^INVALID_ARGUMENT: Shopify ignored the filter "staff_member" of orders/,
    );
  });

  describe('when the token may not', () => {
    it.each([
      ['list_products', {}, 'read_products'],
      ['list_variants', {}, 'read_products'],
      ['get_inventory', { sku: 'SKU-0045' }, 'read_inventory'],
      ['list_locations', {}, 'read_locations'],
      ['list_orders', {}, 'read_orders'],
      ['list_customers', {}, 'read_customers'],
      ['list_draft_orders', {}, 'read_draft_orders'],
      ['count_records', { kind: 'orders' }, 'read_orders'],
      ['run_shopifyql', { query: 'FROM sales SHOW total_sales' }, 'read_reports'],
      ['graphql_query', { query: '{ orders(first: 1) { nodes { id } } }' }, 'read_orders'],
    ] as const)('%s names the scope', async (tool, args, scope) => {
      shop().standIn.deny(scope);
      expect(await shop().refusal(tool, args)).toMatch(
        new RegExp(
          `^MISSING_PERMISSION: .*needs the scope ${scope}.*add ${scope} to the app's scopes`,
          's',
        ),
      );
    });

    it('tells what is missing in an answer that is there for the rest', async () => {
      shop().standIn.deny('read_customers');
      const { items, notes } = await shop().ask('list_orders', { limit: 1 });
      expect(items).toEqual([expect.not.objectContaining({ customer: expect.anything() })]);
      expect(notes).toEqual([expect.stringMatching(/^customer is missing: .*read_customers/)]);
    });

    it('says that data are protected, and that this is another thing than a scope', async () => {
      shop().standIn.deny('protected_customer_data');
      expect(await shop().refusal('list_customers')).toMatch(
        /^MISSING_PERMISSION: Customer is protected customer data.*level 2/s,
      );
    });

    it('knows it without asking, once the scopes were looked up', async () => {
      await using own = await openShop();
      own.standIn.deny('read_orders', 'write_orders');
      await own.ask('get_shop');
      own.sent();
      expect(await own.refusal('list_orders')).toMatch(
        /needs the scope read_orders. Why: the token has /,
      );
      expect(own.sent()).toEqual([]);
    });
  });
}
