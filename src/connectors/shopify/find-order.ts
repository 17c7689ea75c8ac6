import { z } from 'zod';
import type { Caller, Shopify } from './api/shopify.ts';
import { toGid } from './ids.ts';
import { text } from './records/fields.ts';
import { toSearch } from './search/to-search.ts';

export const orderIdQuery = `query orderId($query: String!) {
  orders(first: 5, query: $query) { nodes { id name } }
}`;

const answer = z.object({
  orders: z.object({ nodes: z.array(z.object({ id: z.string(), name: text(80) })) }),
});

/** Ids have more digits than the orders of any shop. */
const longestOrderNumber = 8;

/** The id of an order, by its id or by its name: `#1001`, `1001`, `EN1001`. Nothing when no order has this name. */
export async function findOrderId(
  shopify: Shopify,
  wanted: string,
  caller: Caller,
): Promise<string | undefined> {
  const name = wanted.trim();
  const isNumber = /^\d+$/.test(name) && name.length <= longestOrderNumber;
  const id = isNumber ? undefined : toGid('Order', name);
  if (id) return id;
  const query = toSearch('orders', undefined, [['name', isNumber ? `#${name}` : name]]);
  const { data } = await shopify.ask(orderIdQuery, { query }, answer, caller);
  const { nodes } = data.orders;
  const bare = (text: string) => text.replace(/^#/, '').toLowerCase();
  return nodes.find((order) => bare(order.name) === bare(name))?.id;
}
