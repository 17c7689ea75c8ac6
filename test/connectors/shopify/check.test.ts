import { expect, it } from 'vitest';
import { openShop } from './open-shop.ts';

const toLines = async (variables: Record<string, string> = {}, deny: string[] = []) => {
  await using shop = await openShop(variables);
  shop.standIn.deny(...(deny as Parameters<typeof shop.standIn.deny>));
  return await shop.open.check(AbortSignal.timeout(5_000)); // before the shop closes
};

it('says what the shop is, which version answers, and what the token may read', async () => {
  const lines = await toLines();
  expect(lines.every(({ ok }) => ok)).toBe(true);
  const said = lines.map(({ what }) => what).join('\n');
  expect(said).toMatch(
    / answers \(plan .*EUR\)\nThe version of the API is 2026-10\nThe token may read products/,
  );
});

it.each([
  [['read_reports'], /Without read_reports there is no run_shopifyql/, /Add read_reports/],
  [['read_all_orders'], /last 60 days/, /read_all_orders/],
])('warns when the token lacks %s', async (deny, what, fix) => {
  const lines = await toLines({}, deny);
  expect(lines).toContainEqual({
    ok: true,
    what: expect.stringMatching(what),
    fix: expect.stringMatching(fix),
  });
});

it('warns of a write that is switched on and can not work', async () => {
  const lines = await toLines({ SHOPIFY_ALLOW_WRITES: 'update_order' }, ['write_orders']);
  expect(lines).toContainEqual({
    ok: true,
    what: 'SHOPIFY_ALLOW_WRITES names update_order, and the token lacks write_orders',
    fix: expect.stringContaining('write_orders'),
  });
});

it('warns when another version answers than the one that was asked', async () => {
  await using shop = await openShop();
  const body = JSON.stringify({
    data: {
      shop: {
        name: 'Acme',
        myshopifyDomain: 'acme.myshopify.com',
        currencyCode: 'EUR',
        ianaTimezone: 'Europe/Berlin',
        weightUnit: 'GRAMS',
        taxesIncluded: true,
        plan: { publicDisplayName: 'Basic', partnerDevelopment: false },
      },
      currentAppInstallation: { accessScopes: [{ handle: 'read_orders' }] },
    },
  });
  const headers = { 'content-type': 'application/json', 'x-shopify-api-version': '2027-01' };
  shop.standIn.fail({ status: 200, headers, body });
  expect(await shop.open.check(AbortSignal.timeout(5_000))).toContainEqual({
    ok: true,
    what: 'Shopify answers with version 2027-01 of the API instead of 2026-10',
    fix: expect.stringContaining('SHOPIFY_API_VERSION'),
  });
});

it('says how to mend a shop that does not answer', async () => {
  const [line] = await toLines({ SHOPIFY_API_URL: 'http://127.0.0.1:1' });
  expect(line).toMatchObject({ ok: false, fix: expect.stringContaining('SHOPIFY_SHOP_URL') });
});
