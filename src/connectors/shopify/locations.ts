import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import type { Caller, Shopify } from './api/shopify.ts';
import { toGid } from './ids.ts';
import { notFound } from './not-found.ts';
import { firstNodes } from './records/connection.ts';
import { text, toIds, withoutEmpty } from './records/fields.ts';

export const locationsQuery = `query locations {
  locations(first: 50, includeInactive: true) {
    nodes { id name isActive fulfillsOnlineOrders address { city countryCode } }
    pageInfo { hasNextPage }
  }
}`;

const node = z
  .object({
    id: z.string(),
    name: text(),
    isActive: z.boolean(),
    fulfillsOnlineOrders: z.boolean().nullish(),
    address: z.object({ city: text().nullish(), countryCode: z.string().nullish() }).nullish(),
  })
  .transform(({ id, name, isActive, fulfillsOnlineOrders, address }) => ({
    ...toIds(id),
    name,
    active: isActive,
    ...withoutEmpty({
      fulfills_online_orders: fulfillsOnlineOrders,
      city: address?.city,
      country: address?.countryCode,
    }),
  }));

const answer = z.object({ locations: firstNodes(node) });

/** Where stock lies, as our answers tell of it. */
export type ShopLocation = z.output<typeof node>;

/** The first 50 locations of the shop by name, those that are not in use as well; hardly a shop has more. */
export async function readLocations(shopify: Shopify, caller: Caller) {
  const { data, notes } = await shopify.ask(locationsQuery, {}, answer, caller);
  const { nodes, pageInfo } = data.locations;
  const more = pageInfo.hasNextPage ? ['There are more than 50; graphql_query lists all.'] : [];
  return { locations: nodes, notes: [...notes, ...more] };
}

/**
 * The id of a location, by its id or its name in any case.
 *
 * @throws ToolError `NOT_FOUND` with the nearest names
 */
export async function toLocationId(
  shopify: Shopify,
  wanted: string,
  caller: Caller,
): Promise<string> {
  const id = toGid('Location', wanted);
  if (id) return id;
  const { locations } = await readLocations(shopify, caller);
  const name = wanted.trim().toLowerCase();
  const found = locations.find((location) => location.name.toLowerCase() === name);
  if (found) return found.id;
  const names = locations.map(({ name }) => name);
  const close = nearest(wanted, names);
  throw notFound(
    'location',
    wanted,
    close.length > 0 ? close : names.slice(0, 20),
    'list_locations',
  );
}
