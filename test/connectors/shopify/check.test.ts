import { expect, it } from 'vitest';
import { openCannedShop } from './open-canned-shop.ts';

const allReads = ['products', 'inventory', 'locations', 'orders', 'all_orders', 'customers']
  .concat('draft_orders', 'reports')
  .map((what) => `read_${what}`);

interface Found {
  scopes?: string[];
  version?: string;
  variables?: Record<string, string>;
}

/** What the check of a shop says whose token has these scopes. */
async function toLines({ scopes = allReads, version = '2026-10', variables }: Found = {}) {
  const shop = {
    name: 'Acme',
    myshopifyDomain: 'acme.myshopify.com',
    currencyCode: 'EUR',
    ianaTimezone: 'Europe/Berlin',
    weightUnit: 'GRAMS',
    taxesIncluded: true,
    plan: { publicDisplayName: 'Basic', partnerDevelopment: false },
  };
  const currentAppInstallation = { accessScopes: scopes.map((handle) => ({ handle })) };
  await using canned = await openCannedShop(
    { data: { shop, currentAppInstallation } },
    { 'x-shopify-api-version': version },
  );
  const open = await canned.open(variables);
  return await open.check(AbortSignal.timeout(5_000)); // before the shop closes
}

const without = (...lacking: string[]) => allReads.filter((scope) => !lacking.includes(scope));

it('says what the shop is, which version answers, and what the token may read', async () => {
  expect(await toLines()).toEqual([
    { ok: true, what: 'Acme answers (plan Basic, EUR)' },
    { ok: true, what: 'The version of the API is 2026-10' },
    {
      ok: true,
      what: 'The token may read products, inventory, locations, orders, customers, draft_orders, reports',
    },
  ]);
});

it.each<[string, Found, string, RegExp]>([
  [
    'a scope is missing',
    { scopes: without('read_reports') },
    'Without read_reports there is no run_shopifyql',
    /^Add read_reports to the scopes/,
  ],
  [
    'older orders are hidden',
    { scopes: without('read_all_orders') },
    'Of orders it sees the last 60 days',
    /read_all_orders/,
  ],
  [
    'a write is switched on and can not work',
    { variables: { SHOPIFY_ALLOW_WRITES: 'update_order' } },
    'SHOPIFY_ALLOW_WRITES names update_order, and the token lacks write_orders',
    /write_orders/,
  ],
  [
    'tags can be added to nothing',
    { variables: { SHOPIFY_ALLOW_WRITES: 'add_tags' } },
    'SHOPIFY_ALLOW_WRITES names add_tags, and the token lacks write_products, write_orders, write_customers, write_draft_orders',
    /write_products/,
  ],
  [
    'the token may write and nothing does',
    { scopes: [...allReads, 'write_orders'] },
    'The token may write (write_orders), and nothing here does',
    /read_ only/,
  ],
  [
    'another version answers than the one that was asked',
    { version: '2027-01' },
    'Shopify answers with version 2027-01 of the API instead of 2026-10',
    /SHOPIFY_API_VERSION/,
  ],
])('warns when %s', async (_, found, what, fix) => {
  expect(await toLines(found)).toContainEqual({ ok: true, what, fix: expect.stringMatching(fix) });
});

it('fails a token that may read nothing', async () => {
  expect(await toLines({ scopes: ['read_themes'] })).toContainEqual({
    ok: false,
    what: 'The token may read nothing that the tools are about',
    fix: expect.stringContaining('read_products'),
  });
});

it('says how to mend a shop that does not answer', async () => {
  const [line] = await toLines({ variables: { SHOPIFY_API_URL: 'http://127.0.0.1:1' } });
  expect(line).toMatchObject({ ok: false, fix: expect.stringContaining('SHOPIFY_SHOP_URL') });
});
