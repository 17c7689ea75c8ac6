import { expect, it } from 'vitest';
import { json } from './json-answer.ts';
import type { Shop } from './open-shop.ts';

/** Queries in languages of Shopify's own: GraphQL and ShopifyQL. */
export function freeQueries(shop: () => Shop): void {
  it('answers ShopifyQL with columns and rows', async () => {
    const query = 'FROM sales SHOW total_sales GROUP BY month SINCE -3m UNTIL today ORDER BY month';
    expect(await shop().ask('run_shopifyql', { query })).toMatchObject({
      columns: [{ name: 'month' }, { name: 'total_sales', type: 'money' }],
      rows: expect.arrayContaining([[expect.any(String), expect.any(String)]]),
      truncated: false,
    });
    expect(await shop().refusal('run_shopifyql', { query: 'SELECT 1' })).toMatch(
      /^INVALID_ARGUMENT: ShopifyQL: .*Try: FROM sales/,
    );
  });

  it('answers GraphQL with its cost, and masks what is personal under any name', async () => {
    const query = 'query ($n: Int!) { orders(first: $n) { nodes { name who: email } } }';
    const answer = await shop().ask('graphql_query', { query, variables: { n: 1 } });
    expect(answer).toMatchObject({
      data: { orders: { nodes: [{ who: expect.stringMatching(/^.\*{3}@/) }] } },
      cost: { requested: expect.any(Number), available: expect.any(Number) },
      truncated: false,
    });
    const shown = await shop().ask('graphql_query', {
      query,
      variables: { n: 1 },
      include_contact: true,
    });
    expect(JSON.stringify(shown.data)).toMatch(/"who":"\w+@/);
  });

  it.each([
    ['{ orders(first: 1) { nodes { nme } } }', /Did you mean "name"/],
    ['mutation { tagsAdd(id: "1", tags: []) { node { id } } }', /^READ_ONLY/],
    [
      '{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { product { variants(first: 250) { nodes { id } } } } } } } }',
      /^TOO_LARGE: the query costs about 1850 points, more than max_cost 1000/,
    ],
  ])('refuses %s without asking Shopify', async (query, sentence) => {
    expect(await shop().refusal('graphql_query', { query })).toMatch(sentence);
    expect(shop().sent()).toEqual([]);
  });

  it('gives the head of a large result, and all of it behind a link', async () => {
    const query = '{ products(first: 100) { nodes { id title handle description tags } } }';
    const { answer, link } = await shop().answer('graphql_query', { query });
    expect(answer).toMatchObject({
      truncated: true,
      notes: [
        expect.stringMatching(/products\.nodes: the first \d+ of 100/),
        expect.stringContaining('To go on'),
      ],
    });
    const [header = '', ...rows] = (await shop().read(link?.uri ?? '')).trim().split('\n');
    expect(JSON.parse(header)).toMatchObject({
      columns: [{ name: 'id' }, { name: 'title' }, { name: 'handle' }, {}, {}],
      row_count: 100,
      complete: true,
    });
    expect(rows).toHaveLength(100);
  });

  it('gives the head of 60,000 rows, and those that can be kept behind a link', async () => {
    const columns = ['day', 'net_sales'].map((name) => ({
      name,
      dataType: 'MONEY',
      displayName: name,
    }));
    const rows = Array.from({ length: 60_000 }, (_, n) => ({ net_sales: `${n}.00`, day: 'x' }));
    shop().standIn.fail(json({ data: { shopifyqlQuery: { tableData: { columns, rows } } } }));
    const query = 'FROM sales SHOW net_sales GROUP BY day';
    const { answer, link } = await shop().answer('run_shopifyql', { query });
    expect(answer).toMatchObject({
      row_count: 60_000,
      truncated: true,
      notes: [expect.stringMatching(/^The first \d+ of 60000 rows.*link has the first 50000\.$/)],
    });
    expect((answer.rows as unknown[])[1]).toEqual(['x', '1.00']);
    const [header = ''] = (await shop().read(link?.uri ?? '')).split('\n');
    expect(JSON.parse(header)).toMatchObject({ row_count: 50_000, complete: false });
  });

  it('masks what is personal in rows behind a link as well', async () => {
    const nodes = Array.from({ length: 40_000 }, (_, n) => ({
      name: `${n}`,
      mail: 'ada@example.com',
    }));
    shop().standIn.fail(json({ data: { customers: { nodes } } }));
    const query = '{ customers(first: 250) { nodes { name: displayName mail: email } } }';
    const { answer, link } = await shop().answer('graphql_query', { query });
    expect(answer.notes).toContainEqual(
      expect.stringMatching(/^customers\.nodes: the first \d+ of 40000/),
    );
    expect(JSON.stringify(answer)).not.toContain('ada@');
    const page = await shop().read(link?.uri ?? '');
    expect(page).toContain('\n["0","a***@example.com"]\n');
    expect(page).not.toContain('ada@');
  });
}
