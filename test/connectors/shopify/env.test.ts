import { expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { shopifyEnv } from '../../../src/connectors/shopify/env.ts';

const good = { SHOPIFY_SHOP_URL: 'acme.myshopify.com', SHOPIFY_ACCESS_TOKEN: 'shpat_0123456789' };
const read = (env: Record<string, string>) => readConfig({ shopify: shopifyEnv }, env).shopify;

it.each([
  ['acme.myshopify.com'],
  ['https://Acme.myshopify.com/'],
  ['https://acme.myshopify.com/admin/products?x=1'],
])('takes the shop as %s', (SHOPIFY_SHOP_URL) => {
  expect(read({ ...good, SHOPIFY_SHOP_URL })).toMatchObject({
    SHOPIFY_SHOP_URL: 'acme.myshopify.com',
    SHOPIFY_API_VERSION: '2026-10',
    SHOPIFY_ALLOW_WRITES: [],
  });
});

it.each([
  [{ SHOPIFY_SHOP_URL: 'shop.example.com' }, /SHOPIFY_SHOP_URL: .*my-shop\.myshopify\.com/],
  [{ SHOPIFY_SHOP_URL: 'acme.myshopify.com.evil.example' }, /SHOPIFY_SHOP_URL/],
  [{ SHOPIFY_SHOP_URL: 'evil.example/acme.myshopify.com' }, /SHOPIFY_SHOP_URL/],
  [{ SHOPIFY_SHOP_URL: 'user@acme.myshopify.com' }, /SHOPIFY_SHOP_URL/],
  [{ SHOPIFY_ACCESS_TOKEN: '' }, /SHOPIFY_ACCESS_TOKEN: is missing/],
  [{ SHOPIFY_ACCESS_TOKEN: 'bla' }, /SHOPIFY_ACCESS_TOKEN: is too short/],
  [{ SHOPIFY_ACCESS_TOKEN: 'shpat_0123 456789' }, /SHOPIFY_ACCESS_TOKEN: is no access token/],
  [{ SHOPIFY_CLIENT_ID: '0123456789abcdef' }, /SHOPIFY_CLIENT_SECRET: is missing beside/],
  [{ SHOPIFY_CLIENT_SECRET: 'shpss_0123456789' }, /SHOPIFY_CLIENT_ID: is missing beside/],
  [{ SHOPIFY_API_VERSION: '2025-10' }, /must be one of 2026-10, 2026-07, 2026-04, 2026-01/],
  [{ SHOPIFY_API_URL: 'https://evil.example' }, /SHOPIFY_API_URL: must be on this machine/],
  [
    { SHOPIFY_API_URL: 'http://127.0.0.1.evil.example' },
    /SHOPIFY_API_URL: must be on this machine/,
  ],
  [{ SHOPIFY_ALLOW_WRITES: 'update_products' }, /did you mean update_product\?/],
])('refuses %j', (env, message) => {
  expect(() => read({ ...good, ...env })).toThrow(message);
});

it('takes an id and a secret in place of a token', () => {
  const { SHOPIFY_ACCESS_TOKEN: _, ...shop } = good;
  const pair = { SHOPIFY_CLIENT_ID: '0123456789abcdef', SHOPIFY_CLIENT_SECRET: 'shpss_0123456789' };
  expect(read({ ...shop, ...pair })).toMatchObject(pair);
});
