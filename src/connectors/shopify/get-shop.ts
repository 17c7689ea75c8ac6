import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import type { Caller, Shopify } from './api/shopify.ts';
import { text, word } from './records/fields.ts';

export const shopQuery = `query shop {
  shop {
    name myshopifyDomain primaryDomain { host } currencyCode ianaTimezone weightUnit taxesIncluded
    plan { publicDisplayName partnerDevelopment shopifyPlus }
    shopAddress { countryCodeV2 }
  }
  currentAppInstallation { accessScopes { handle } }
}`;

const answer = z.object({
  shop: z.object({
    name: text(),
    myshopifyDomain: text(),
    primaryDomain: z.object({ host: text() }).nullish(),
    currencyCode: text(10),
    ianaTimezone: text(60),
    weightUnit: word,
    taxesIncluded: z.boolean(),
    plan: z.object({ publicDisplayName: text(60), partnerDevelopment: z.boolean() }),
    shopAddress: z.object({ countryCodeV2: z.string().nullish() }).nullish(),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: text(80) })) }),
});

export const getShop = (shopify: Shopify) =>
  defineTool({
    name: 'get_shop',
    description: "Read the shop's currency, time zone and plan, and the scopes of the token.",
    input: z.object({}),
    output: z.object({ shop: z.unknown() }),
    annotations: readsOnly,
    run: async (_, caller) => ({ shop: await readShop(shopify, caller) }),
  });

/** What the shop says of itself, and the scopes of the token, which the connector remembers from here on. */
export async function readShop(shopify: Shopify, caller: Caller) {
  const { data, cost } = await shopify.ask(shopQuery, {}, answer, caller);
  const { shop, currentAppInstallation } = data;
  const scopes = currentAppInstallation.accessScopes.map(({ handle }) => handle).sort();
  shopify.learnScopes(scopes);
  return {
    name: shop.name,
    domain: shop.primaryDomain?.host ?? shop.myshopifyDomain,
    shop: shop.myshopifyDomain,
    ...(shop.shopAddress?.countryCodeV2 && { country: shop.shopAddress.countryCodeV2 }),
    currency: shop.currencyCode,
    time_zone: shop.ianaTimezone,
    weight_unit: shop.weightUnit,
    taxes_included: shop.taxesIncluded,
    plan: shop.plan.publicDisplayName,
    ...(shop.plan.partnerDevelopment && { development_shop: true }),
    scopes,
    api_version: shopify.servedVersion ?? shopify.version,
    ...(cost?.throttleStatus && { points_per_second: cost.throttleStatus.restoreRate }),
  };
}
