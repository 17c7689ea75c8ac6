import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import { outsideText } from '../../outside-text.ts';
import type { Caller, Shopify } from './api/shopify.ts';
import { text } from './records/fields.ts';

export const similarSkusQuery = `query similarSkus($query: String) {
  productVariants(first: 250, query: $query, sortKey: SKU) { nodes { sku } }
}`;

const answer = z.object({
  productVariants: z.object({ nodes: z.array(z.object({ sku: text(120).nullish() })) }),
});

interface Listed {
  items: unknown[];
  notes?: string[];
}

/** The page with, when it is empty because of its SKU, a note that says so and names those that are near. */
export async function explainUnknownSku<Page extends Listed>(
  shopify: Shopify,
  page: Page,
  sku: string | undefined,
  caller: Caller,
): Promise<Page> {
  if (sku === undefined || page.items.length > 0) return page;
  const close = nearest(sku, await readSkus(shopify, sku, caller));
  const near = close.length > 0 ? ` Near it: ${close.join(', ')}.` : '';
  const note = `No variant that fits has the SKU ${JSON.stringify(outsideText(sku, 80))}.${near}`;
  return { ...page, notes: [...(page.notes ?? []), note] };
}

/** Those that begin with the same letters and digits. Punctuation ends a word of Shopify's search. */
async function readSkus(shopify: Shopify, sku: string, caller: Caller): Promise<string[]> {
  const [beginning] = /^[A-Za-z0-9]{2,}/.exec(sku.trim()) ?? [];
  if (!beginning) return [];
  const query = `sku:${beginning.slice(0, 12)}*`;
  const { data } = await shopify.ask(similarSkusQuery, { query }, answer, caller);
  return data.productVariants.nodes.flatMap(({ sku }) => sku || []);
}
