import { z } from 'zod';
import { writesVariable } from '../allowed-writes.ts';
import { apiVersions } from './schema/api-versions.ts';

/** The tools that change something. */
export const writingTools = [
  'update_product',
  'adjust_inventory',
  'update_order',
  'add_tags',
  'create_draft_order',
] as const;

/** What the connector needs to know. */
export const shopifyEnv = z
  .object({
    SHOPIFY_SHOP_URL: z
      .string()
      .transform(toDomain)
      .refine((domain) => /^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/.test(domain), {
        error: 'is not of the form my-shop.myshopify.com',
      })
      .describe("the shop's own address, my-shop.myshopify.com"),
    SHOPIFY_ACCESS_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]*$/, 'is no access token: it has spaces or other characters')
      .min(8, 'is too short for an access token')
      .max(500, 'is too long for an access token')
      .optional()
      .describe('an Admin API access token (shpat_…), or else set the client id and secret'),
    SHOPIFY_CLIENT_ID: z
      .string()
      .regex(/^[\w-]{8,100}$/, 'is no client id')
      .optional()
      .describe("the client id on the app's settings page in the Dev Dashboard"),
    SHOPIFY_CLIENT_SECRET: z
      .string()
      .regex(/^[\x21-\x7e]{8,200}$/, 'is no client secret')
      .optional()
      .describe('the secret beside the client id; tokens of 24 hours are fetched with it'),
    SHOPIFY_API_VERSION: z
      .enum(apiVersions, { error: `must be one of ${apiVersions.join(', ')}` })
      .default(apiVersions[0])
      .describe(`the version of the Admin API, ${apiVersions[0]} when not set`),
    SHOPIFY_ALLOW_WRITES: writesVariable(writingTools),
    SHOPIFY_API_URL: z
      .string()
      .transform((text) => URL.parse(text)?.origin ?? '')
      .refine((origin) => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(origin), {
        error: 'must be on this machine, e.g. http://127.0.0.1:4567',
      })
      .optional()
      .describe('only for a stand-in on this machine: where requests go instead'),
  })
  .check(({ value, issues }) => {
    const {
      SHOPIFY_ACCESS_TOKEN: token,
      SHOPIFY_CLIENT_ID: id,
      SHOPIFY_CLIENT_SECRET: secret,
    } = value;
    const fault = (name: string, message: string) =>
      issues.push({ code: 'custom', path: [name], message, input: value });
    if (id && !secret) fault('SHOPIFY_CLIENT_SECRET', 'is missing beside SHOPIFY_CLIENT_ID');
    if (secret && !id) fault('SHOPIFY_CLIENT_ID', 'is missing beside SHOPIFY_CLIENT_SECRET');
    if (!token && !id && !secret) fault('SHOPIFY_ACCESS_TOKEN', 'is missing');
  });

/** People paste the address as their browser shows it. */
function toDomain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
}
