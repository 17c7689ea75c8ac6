import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import type { Shopify } from './api/shopify.ts';
import { filterArgument } from './arguments.ts';
import { requireGid, shortId } from './ids.ts';
import { toProductNumber } from './list-variants.ts';
import { toLocationId } from './locations.ts';
import { pageOutput, toPageReader } from './read-page.ts';
import { edgesOf } from './records/connection.ts';
import { inventoryFields, inventoryNode } from './records/inventory.ts';
import { toSearch } from './search/to-search.ts';
import { explainUnknownSku } from './unknown-sku.ts';

export const inventoryQuery = `query inventory($first: Int!, $after: String, $query: String, $location: ID!, $isOne: Boolean!) {
  productVariants(first: $first, after: $after, query: $query) ${edgesOf(inventoryFields)}
}`;

/** Stands where the query needs an id and asks for nothing by it. */
const noLocation = 'gid://shopify/Location/0';

const readInventory = toPageReader({
  tool: 'get_inventory',
  root: 'productVariants',
  query: inventoryQuery,
  node: inventoryNode,
});

export const getInventory = (shopify: Shopify) =>
  defineTool({
    name: 'get_inventory',
    description: 'Read stock by location: available, on_hand, committed, incoming, reserved.',
    input: z.object({
      sku: filterArgument,
      variant: filterArgument,
      product: filterArgument.describe('Id or handle'),
      location: filterArgument.describe('Name or id'),
      limit: limitArgument(10, 25),
      cursor: cursorArgument,
    }),
    output: pageOutput,
    annotations: readsOnly,
    async run(args, caller) {
      shopify.require('get_inventory', 'read_inventory');
      const variant = args.variant && shortId(requireGid('ProductVariant', args.variant));
      const product = args.product && (await toProductNumber(shopify, args.product, caller));
      const location = args.location && (await toLocationId(shopify, args.location, caller));
      const filters = [
        ['sku', args.sku],
        ['id', variant],
        ['product_id', product],
      ] as const;
      const query = toSearch('productVariants', undefined, filters);
      const variables = { query, location: location ?? noLocation, isOne: location !== undefined };
      const page = await readInventory(shopify, { variables, args }, caller);
      return explainUnknownSku(shopify, page, args.sku, caller);
    },
  });
