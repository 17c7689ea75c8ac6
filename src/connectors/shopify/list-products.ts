import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import type { Shopify } from './api/shopify.ts';
import { filterArgument, queryArgument } from './arguments.ts';
import { pageOutput, toPageReader } from './read-page.ts';
import { edgesOf } from './records/connection.ts';
import { productFields, productNode } from './records/product.ts';
import { toSearch } from './search/to-search.ts';

export const productsQuery = `query products($first: Int!, $after: String, $query: String, $sortKey: ProductSortKeys, $reverse: Boolean) {
  products(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) ${edgesOf(productFields)}
}`;

const orders = {
  updated: { sortKey: 'UPDATED_AT', reverse: true },
  created: { sortKey: 'CREATED_AT', reverse: true },
  title: { sortKey: 'TITLE', reverse: false },
  inventory: { sortKey: 'INVENTORY_TOTAL', reverse: false },
};

const readProducts = toPageReader({
  tool: 'list_products',
  root: 'products',
  query: productsQuery,
  node: productNode,
});

export const listProducts = (shopify: Shopify) =>
  defineTool({
    name: 'list_products',
    description:
      'List products with prices and stock. Dates sort newest first, inventory lowest first.',
    input: z.object({
      query: queryArgument.describe("Shopify search: mug created_at:>='2026-11-01'"),
      status: filterArgument.describe('active, draft, archived or unlisted'),
      vendor: filterArgument,
      tag: filterArgument,
      sort: z.enum(['updated', 'created', 'title', 'inventory']).default('updated'),
      limit: limitArgument(25, 100),
      cursor: cursorArgument,
    }),
    output: pageOutput,
    annotations: readsOnly,
    async run(args, caller) {
      shopify.require('list_products', 'read_products');
      const { status, vendor, tag, sort } = args;
      const filters = [
        ['status', status],
        ['vendor', vendor],
        ['tag', tag],
      ] as const;
      const query = toSearch('products', args.query, filters);
      const variables = { query, ...orders[sort] };
      return readProducts(shopify, { variables, args }, caller);
    },
  });
