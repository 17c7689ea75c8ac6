import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import type { Caller, Shopify } from './api/shopify.ts';
import { filterArgument, queryArgument, wholeNumber } from './arguments.ts';
import { refuseProduct, toIdentifier } from './get-product.ts';
import { kindOf, shortId } from './ids.ts';
import { pageOutput, toPageReader } from './read-page.ts';
import { edgesOf } from './records/connection.ts';
import { listedVariantFields, listedVariantNode } from './records/variant.ts';
import { toSearch } from './search/to-search.ts';
import { explainUnknownSku } from './unknown-sku.ts';

export const variantsQuery = `query variants($first: Int!, $after: String, $query: String, $sortKey: ProductVariantSortKeys) {
  productVariants(first: $first, after: $after, query: $query, sortKey: $sortKey) ${edgesOf(listedVariantFields)}
}`;

export const productIdQuery = `query productId($product: ProductIdentifierInput!) {
  product: productByIdentifier(identifier: $product) { id }
}`;

const readVariants = toPageReader({
  tool: 'list_variants',
  root: 'productVariants',
  query: variantsQuery,
  node: listedVariantNode,
});

export const listVariants = (shopify: Shopify) =>
  defineTool({
    name: 'list_variants',
    description:
      'List product variants with SKU, price, cost and stock; low_stock_below shows what runs out.',
    input: z.object({
      query: queryArgument,
      sku: filterArgument,
      product: filterArgument.describe('Id or handle'),
      low_stock_below: wholeNumber(1, 1e6).optional(),
      limit: limitArgument(25, 100),
      cursor: cursorArgument,
    }),
    output: pageOutput,
    annotations: readsOnly,
    async run(args, caller) {
      shopify.require('list_variants', 'read_products');
      const product = args.product && (await toProductNumber(shopify, args.product, caller));
      const low = args.low_stock_below;
      const filters = [
        ['sku', args.sku],
        ['product_id', product],
        ['inventory_quantity:<', low],
      ] as const;
      const query = toSearch('productVariants', args.query, filters);
      const sortKey = low === undefined ? 'ID' : 'INVENTORY_QUANTITY';
      const variables = { query, sortKey };
      const page = await readVariants(shopify, { variables, args }, caller);
      return explainUnknownSku(shopify, page, args.sku, caller);
    },
  });

const answer = z.object({ product: z.object({ id: z.string() }).nullable() });

/**
 * The number of a product, by its id or handle, as searches take it.
 *
 * @throws ToolError `NOT_FOUND`
 */
export async function toProductNumber(
  shopify: Shopify,
  product: string,
  caller: Caller,
): Promise<string> {
  if (/^\d{1,20}$/.test(product)) return product;
  const identifier = toIdentifier(product);
  if (kindOf(product) === 'Product') return shortId(product);
  const { data } = await shopify.ask(productIdQuery, { product: identifier }, answer, caller);
  return data.product ? shortId(data.product.id) : refuseProduct(shopify, product, caller);
}
