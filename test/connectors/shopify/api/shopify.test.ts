import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  brokenConnection,
  emptyBody,
  failing,
  halfJson,
  rateLimited,
  webPage,
} from '../../../../playground/stand-in/fault.ts';
import { json } from '../json-answer.ts';
import { openShop, type Shop } from '../open-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ SHOPIFY_ALLOW_WRITES: 'update_product,adjust_inventory' });
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => {
  shop.standIn.heal();
  shop.standIn.allow();
  shop.sent();
});

const throttled = (requested: number, available: number, restoreRate: number) =>
  json({
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
    extensions: {
      cost: {
        requestedQueryCost: requested,
        actualQueryCost: null,
        throttleStatus: { maximumAvailable: 2000, currentlyAvailable: available, restoreRate },
      },
    },
  });

describe('when Shopify fails', () => {
  it.each([
    ['a web page', webPage, /^UPSTREAM_ERROR: Shopify gave a web page/],
    ['half a JSON', halfJson, /^UPSTREAM_ERROR: Shopify gave half an answer/],
    ['nothing', emptyBody, /^UPSTREAM_ERROR: Shopify gave nothing/],
    ['JSON of another kind', json([1, 2]), /^UPSTREAM_ERROR: .*not known here/],
    ['no data and no error', json({}), /^UPSTREAM_ERROR: .*not known here/],
    ['data of another shape', json({ data: { orders: { edges: 7 } } }), /not known here/],
    ['500', failing(500), /^UPSTREAM_ERROR: Shopify fails with status 500/],
    ['402', { status: 402, body: '{}' }, /the shop is frozen/],
    ['403', { status: 403, body: '{}' }, /^MISSING_PERMISSION/],
    ['404', { status: 404, body: '{}' }, /SHOPIFY_SHOP_URL/],
    ['423', { status: 423, body: '{}' }, /the shop is locked/],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }, /not followed/],
    [
      'an error in its own words',
      json({ errors: [{ message: 'Something\u202e odd.', path: ['orders'] }], data: null }),
      /^INVALID_ARGUMENT: Shopify refuses this: Something\s+odd \(at orders\)/,
    ],
    [
      'an internal error',
      json({ errors: [{ message: 'Internal error. Looks like something went wrong' }] }),
      /^UPSTREAM_ERROR: Shopify failed on this query/,
    ],
    [
      'a cost past the limit',
      json({
        errors: [
          { message: 'x', extensions: { code: 'MAX_COST_EXCEEDED', cost: 1840, maxCost: 1000 } },
        ],
      }),
      /^TOO_LARGE: the query costs 1840 points, more than 1000.*lower first/,
    ],
  ])('says so when it answers with %s, and goes on', async (_, fault, sentence) => {
    shop.standIn.fail(fault);
    expect(await shop.refusal('list_orders', { limit: 1 })).toMatch(sentence);
    expect(await shop.ask('list_orders', { limit: 1 })).toMatchObject({ count: 1 });
  });

  it.each([
    ['the connection breaks', brokenConnection],
    ['a proxy says 503', failing(503)],
    ['it takes no more requests for now', rateLimited(0)],
  ])('asks again when %s', async (_, fault) => {
    shop.standIn.fail(fault);
    expect(await shop.ask('list_orders', { limit: 1 })).toMatchObject({ count: 1 });
    expect(shop.sent()).toHaveLength(2);
  });

  it('does not send a change again, and says that nobody knows', async () => {
    const { items } = await shop.ask('list_products', { limit: 1 });
    const [{ handle }] = items as [{ handle: string }];
    const isChange = ({ body }: { body: Buffer }) => body.includes('mutation');
    shop.standIn.fail({ ...brokenConnection, when: isChange });
    shop.sent();
    const sentence = await shop.refusal('update_product', { product: handle, vendor: 'Neu' });
    expect(sentence).toMatch(/whether the change was made is not known.*looking at the record/s);
    expect(shop.sent().filter(({ query }) => query.startsWith('mutation'))).toHaveLength(1);
  });
});

describe('when Shopify throttles', () => {
  it('waits for the points that are missing, and asks again', async () => {
    shop.standIn.fail({ ...throttled(100, 90, 50), times: 2 });
    expect(await shop.ask('list_orders', { limit: 1 })).toMatchObject({ count: 1 });
    const [first, second] = shop.standIn.requests.slice(-3);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(195); // 10 points at 50 a second
  });

  it('gives up after three more tries, and says how many points there are', async () => {
    shop.standIn.fail({ ...throttled(101, 100, 100), times: 10 });
    expect(await shop.refusal('list_orders', { limit: 1 })).toMatch(
      /^RATE_LIMITED: .*takes 101 points, 100 of 2000 are left and 100 come back each second/,
    );
    expect(shop.sent()).toHaveLength(4);
  });

  it('stops waiting when the caller goes away', async () => {
    shop.standIn.fail({ ...throttled(2000, 0, 100), times: 10 });
    const stop = new AbortController();
    const call = shop.client.callTool({ name: 'list_orders', arguments: {} }, undefined, {
      signal: stop.signal,
    });
    const ended = expect(call).rejects.toThrow('gone');
    await sleep(100);
    stop.abort(new Error('gone'));
    await ended;
    await sleep(50);
    expect(shop.sent()).toHaveLength(1);
  });
});

it('hangs up in mid-call when the caller goes away', async () => {
  shop.standIn.fail({ delayMs: 10_000 });
  const stop = new AbortController();
  const call = shop.client.callTool({ name: 'list_orders', arguments: {} }, undefined, {
    signal: stop.signal,
  });
  const ended = expect(call).rejects.toThrow('gone');
  await expect.poll(() => shop.sent().length).toBe(1);
  stop.abort(new Error('gone'));
  await ended;
  await expect.poll(() => shop.standIn.requests.at(-1)?.aborted).toBe(true);
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
    shop.standIn.deny(scope);
    expect(await shop.refusal(tool, args)).toMatch(
      new RegExp(
        `^MISSING_PERMISSION: .*needs the scope ${scope}.*add ${scope} to the app's scopes`,
        's',
      ),
    );
  });

  it('tells what is missing in an answer that is there for the rest', async () => {
    shop.standIn.deny('read_customers');
    const { items, notes } = await shop.ask('list_orders', { limit: 1 });
    expect(items).toEqual([expect.not.objectContaining({ customer: expect.anything() })]);
    expect(notes).toEqual([expect.stringMatching(/^customer is missing: .*read_customers/)]);
  });

  it('says that data are protected, and that this is another thing than a scope', async () => {
    shop.standIn.deny('protected_customer_data');
    expect(await shop.refusal('list_customers')).toMatch(
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
