import { z } from 'zod';
import { fitItems } from '../fit-items.ts';
import type { Caller, Shopify } from './api/shopify.ts';
import { readShop } from './get-shop.ts';
import { text } from './records/fields.ts';

const count = '{ count precision }';

/** Parts of it are missing for a token that lacks their scope. */
export const digestQuery = `query digest {
  productsCount ${count}
  ordersCount ${count}
  customersCount ${count}
  locations(first: 20) { nodes { name } }
  productTypes(first: 30) { nodes }
  productVendors(first: 30) { nodes }
  productTags(first: 40) { nodes }
}`;

const counted = z.object({ count: z.number(), precision: z.string() }).nullish();
const names = z.object({ nodes: z.array(text(60)) }).nullish();

const answer = z.object({
  productsCount: counted,
  ordersCount: counted,
  customersCount: counted,
  locations: z.object({ nodes: z.array(z.object({ name: text(60) })) }).nullish(),
  productTypes: names,
  productVendors: names,
  productTags: names,
});

/** Most bytes of it. */
const maxBytes = 4_000;

/** The shop in a few lines: what it sells, how much there is, and what a search should be written with. */
export async function readDigest(shopify: Shopify, caller: Caller): Promise<string> {
  const shop = await readShop(shopify, caller);
  // Without a single right there is nothing more to tell, which is no fault of the digest.
  const parts = await shopify
    .ask(digestQuery, {}, answer, caller)
    .then(({ data }) => data)
    .catch((): Partial<z.output<typeof answer>> => ({}));
  const locations = parts.locations?.nodes.map(({ name }) => name);
  const lines = [
    `Shopify shop ${shop.name} (${shop.domain}), plan ${shop.plan}, currency ${shop.currency}, time zone ${shop.time_zone}.`,
    `About ${[
      toCount(parts.productsCount, 'products'),
      toCount(parts.ordersCount, 'orders'),
      toCount(parts.customersCount, 'customers'),
    ]
      .filter(Boolean)
      .join(', ')}.`,
    toLine('Locations', locations),
    toLine('Product types', parts.productTypes?.nodes),
    toLine('Vendors', parts.productVendors?.nodes),
    toLine('Product tags', parts.productTags?.nodes),
    `Scopes of the token: ${shop.scopes.join(', ') || 'none'}.`,
    shop.scopes.includes('read_all_orders') ? '' : 'Orders older than 60 days are hidden.',
    "Searches: field:value, field:>=value, AND, OR, -field:value; quote dates and words with spaces: created_at:>='2026-11-01' AND tag:'new in'. Sums over many orders: run_shopifyql.",
  ];
  const told = lines.filter((line) => line && line !== 'About .');
  return fitItems(told, maxBytes).items.join('\n');
}

/** Two digits tell how large something is; more would be out of date soon. */
function toCount(found: z.output<typeof counted>, what: string): string {
  if (!found) return '';
  const { count, precision } = found;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(count, 1))) - 1);
  const rounded = Math.round(count / unit) * unit;
  return `${rounded.toLocaleString('en')}${precision === 'AT_LEAST' ? ' or more' : ''} ${what}`;
}

const toLine = (title: string, names: readonly string[] | undefined) =>
  names?.length ? `${title}: ${names.join(', ')}.` : '';
