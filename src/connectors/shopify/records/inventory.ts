import { z } from 'zod';
import { shortId } from '../ids.ts';
import { text, withoutEmpty } from './fields.ts';

const level = `location { id name } quantities(names: ["available", "on_hand", "committed", "incoming", "reserved"]) { name quantity }`;

/** The stock of a variant, at `$location` when `$isOne`, else at its first ten locations. */
export const inventoryFields = `id title sku product { id title }
  inventoryItem {
    id tracked
    inventoryLevel(locationId: $location) @include(if: $isOne) { ${level} }
    inventoryLevels(first: 10) @skip(if: $isOne) { nodes { ${level} } pageInfo { hasNextPage } }
  }`;

const levelShape = z
  .object({
    location: z.object({ id: z.string(), name: text() }).nullish(),
    quantities: z.array(z.object({ name: z.string(), quantity: z.number() })),
  })
  .transform(({ location, quantities }) => ({
    ...(location && { location: location.name, location_id: shortId(location.id) }),
    ...Object.fromEntries(quantities.map(({ name, quantity }) => [name, quantity])),
  }));

export const inventoryNode = z
  .object({
    id: z.string(),
    title: text(),
    sku: text().nullish(),
    product: z.object({ id: z.string(), title: text() }).nullish(),
    inventoryItem: z.object({
      id: z.string(),
      tracked: z.boolean(),
      inventoryLevel: levelShape.nullish(),
      inventoryLevels: z
        .object({ nodes: z.array(levelShape), pageInfo: z.object({ hasNextPage: z.boolean() }) })
        .nullish(),
    }),
  })
  .transform(({ id, title, sku, product, inventoryItem: item }) => ({
    variant: id,
    ...withoutEmpty({
      sku,
      title: title === 'Default Title' ? undefined : title,
      product: product?.title,
      product_id: product && shortId(product.id),
    }),
    inventory_item: shortId(item.id),
    tracked: item.tracked,
    levels: item.inventoryLevels?.nodes ?? (item.inventoryLevel ? [item.inventoryLevel] : []),
    ...(item.inventoryLevels?.pageInfo.hasNextPage && { more_locations: true }),
  }));
