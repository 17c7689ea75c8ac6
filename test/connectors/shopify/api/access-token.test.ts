import { afterAll, beforeAll, expect, it } from 'vitest';
import { callTool } from '../../../../src/connectors/call-tool.ts';
import { shopify } from '../../../../src/connectors/shopify/index.ts';
import { log } from '../../../../src/log.ts';
import { openShop, type Shop } from '../open-shop.ts';

const isGrant = ({ path }: { path: string }) => path === '/admin/oauth/access_token';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

/** A connector on the same shop that has an id and a secret in place of a token. */
async function openWithCredentials(change: Record<string, string> = {}) {
  const { env, clientCredentials } = shop.standIn;
  const { SHOPIFY_ACCESS_TOKEN: _, ...rest } = env;
  const open = await shopify.open(
    shopify.env.parse({
      ...rest,
      SHOPIFY_CLIENT_ID: clientCredentials.id,
      SHOPIFY_CLIENT_SECRET: clientCredentials.secret,
      ...change,
    }),
  );
  const before = shop.standIn.requests.length;
  return {
    open,
    grants: () => shop.standIn.requests.slice(before).filter(isGrant).length,
    call: (signal = AbortSignal.timeout(10_000)) =>
      callTool(
        open.tools,
        'count_records',
        { kind: 'orders' },
        { signal, progress: () => {}, log },
      ),
  };
}

it('fetches one token for many calls', async () => {
  const { call, grants } = await openWithCredentials();
  const replies = await Promise.all([call(), call(), call()]);
  for (const { structured } of replies) expect(structured).toMatchObject({ precision: 'exact' });
  await call();
  expect(grants()).toBe(1);
});

it('fetches another one, once, when the shop refuses it', async () => {
  const { call, grants } = await openWithCredentials();
  await call();
  shop.standIn.expireTokens();
  expect((await call()).structured).toBeDefined();
  expect(grants()).toBe(2);
});

it('replaces a token before its end', async () => {
  const { call, grants } = await openWithCredentials();
  const grant = { access_token: 'shpat_0123456789abcdef', scope: 'read_orders', expires_in: 100 };
  shop.standIn.fail({
    when: isGrant,
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(grant),
  });
  shop.standIn.fail({ when: (request) => !isGrant(request), status: 200, body: countAnswer });
  expect((await call()).structured).toMatchObject({ count: 7 });
  await call();
  expect(grants()).toBe(2); // 100 s are less than the margin
});

const countAnswer = JSON.stringify({ data: { ordersCount: { count: 7, precision: 'EXACT' } } });

it('does not fail the others when one caller goes away', async () => {
  const { call } = await openWithCredentials();
  shop.standIn.fail({ when: isGrant, delayMs: 100 });
  const gone = new AbortController();
  const [first, second] = [call(gone.signal), call()];
  gone.abort(new Error('gone'));
  expect((await first).structured).toBeUndefined();
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
  await using own = await openShop({ SHOPIFY_ACCESS_TOKEN: 'shpat_ffffffffffffffff' });
  expect(await own.refusal('get_shop')).toMatch(/^AUTH_FAILED: .*SHOPIFY_ACCESS_TOKEN/s);
});
