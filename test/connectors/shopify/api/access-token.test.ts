import { afterAll, beforeAll, expect, it } from 'vitest';
import { json } from '../json-answer.ts';
import { type CannedShop, callOf, openCannedShop } from '../open-canned-shop.ts';

const isGrant = ({ path }: { path: string }) => path === '/admin/oauth/access_token';

let shop: CannedShop;
beforeAll(async () => {
  shop = await openCannedShop({ data: { ordersCount: { count: 7, precision: 'EXACT' } } });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** A connector on the same shop that has an id and a secret in place of a token. */
async function openWithCredentials(change: Record<string, string> = {}) {
  const { id, secret } = shop.tokens.credentials;
  const pair = { SHOPIFY_CLIENT_ID: id, SHOPIFY_CLIENT_SECRET: secret };
  const open = await shop.open({ SHOPIFY_ACCESS_TOKEN: '', ...pair, ...change });
  const before = shop.standIn.requests.length;
  return {
    open,
    grants: () => shop.standIn.requests.slice(before).filter(isGrant).length,
    call: (signal?: AbortSignal) => callOf(open, 'count_records', { kind: 'orders' }, signal),
  };
}

it('fetches one token for many calls', async () => {
  const { call, grants } = await openWithCredentials();
  const replies = await Promise.all([call(), call(), call()]);
  for (const { structured } of replies) expect(structured).toMatchObject({ count: 7 });
  await call();
  expect(grants()).toBe(1);
});

it('fetches another one, once, when the shop refuses it', async () => {
  const { call, grants } = await openWithCredentials();
  await call();
  shop.tokens.expire();
  expect((await call()).structured).toBeDefined();
  expect(grants()).toBe(2);
});

it('replaces a token before its end', async () => {
  const { call, grants } = await openWithCredentials();
  const grant = { access_token: shop.tokens.fixed, scope: 'read_orders', expires_in: 100 };
  shop.standIn.fail({ when: isGrant, ...json(grant) });
  expect((await call()).structured).toMatchObject({ count: 7 });
  await call();
  expect(grants()).toBe(2); // 100 s are less than the margin
});

it('does not fail the others when one caller goes away', async () => {
  const { call } = await openWithCredentials();
  shop.standIn.fail({ when: isGrant, delayMs: 100 });
  const gone = new AbortController();
  const [first, second] = [call(gone.signal), call()];
  gone.abort(new Error('gone'));
  expect((await first).text).toMatch(/^CANCELLED/);
  expect((await second).structured).toBeDefined();
});

it('says which variables are wrong, and shows no secret', async () => {
  const { open, call } = await openWithCredentials({
    SHOPIFY_CLIENT_SECRET: 'shpss_wrong_0123456789',
  });
  const { text } = await call();
  expect(text).toMatch(/^AUTH_FAILED: .*SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET/s);
  expect(text).not.toContain('shpss_');
  const [line] = await open.check(AbortSignal.timeout(5_000));
  expect(line).toMatchObject({ ok: false, fix: expect.stringContaining('SHOPIFY_CLIENT_SECRET') });
});

it('says that a token is wrong', async () => {
  const open = await shop.open({ SHOPIFY_ACCESS_TOKEN: 'shpat_ffffffffffffffff' });
  const { text } = await callOf(open, 'get_shop', {});
  expect(text).toMatch(/^AUTH_FAILED: .*SHOPIFY_ACCESS_TOKEN/s);
});
