import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import type { Caller, Shopify } from './api/shopify.ts';
import { recordArgument } from './arguments.ts';
import { toGid } from './ids.ts';
import { notFound } from './not-found.ts';
import { firstNodes, nodesOf } from './records/connection.ts';
import { text, withoutEmpty } from './records/fields.ts';
import { productFields, productShape, toProduct } from './records/product.ts';
import { toVariant, variantFields, variantShape } from './records/variant.ts';

export const productQuery = `query product($product: ProductIdentifierInput!) {
  product: productByIdentifier(identifier: $product) {
    ${productFields}
    description(truncateAt: 1000)
    onlineStoreUrl
    publishedAt
    options { name optionValues { name } }
    collections(first: 10) { nodes { title handle } }
    variants(first: 50) ${nodesOf(variantFields)}
  }
}`;

export const similarProductsQuery = `query similar($all: String, $any: String) {
  all: products(first: 3, query: $all) { nodes { handle title } }
  any: products(first: 5, query: $any, sortKey: RELEVANCE) { nodes { handle title } }
}`;

const answer = z.object({
  product: z
    .object({
      ...productShape,
      description: text(1_100).nullish(),
      onlineStoreUrl: z.string().nullish(),
      publishedAt: z.string().nullish(),
      options: z.array(
        z.object({ name: text(80), optionValues: z.array(z.object({ name: text(120) })) }),
      ),
      collections: z.object({ nodes: z.array(z.object({ title: text(), handle: text() })) }),
      variants: firstNodes(z.object(variantShape)),
    })
    .nullable(),
});

type Found = NonNullable<z.output<typeof answer>['product']>;

/** Of the variants in an answer. */
const maxBytes = 12_000;
const moreVariants = 'There are more variants; list_variants with this product gives all.';

export const getProduct = (shopify: Shopify) =>
  defineTool({
    name: 'get_product',
    description: 'Read one product with its options and variants.',
    input: z.object({ product: recordArgument.describe('Id or handle') }),
    output: z.object({ product: z.unknown() }),
    annotations: readsOnly,
    async run(args, caller) {
      shopify.require('get_product', 'read_products');
      const product = toIdentifier(args.product);
      const { data, notes } = await shopify.ask(productQuery, { product }, answer, caller);
      if (!data.product) return refuseProduct(shopify, args.product, caller);
      const { nodes, pageInfo } = data.product.variants;
      const variants = fitItems(nodes.map(toVariant), maxBytes);
      const isCut = variants.truncated || pageInfo.hasNextPage;
      const all = [...notes, ...(isCut ? [moreVariants] : [])];
      return {
        product: toAnswer(data.product, variants.items),
        ...(all.length > 0 && { notes: all }),
      };
    },
  });

/** A product is named by its id or by its handle, the last part of its address in the shop. */
export function toIdentifier(product: string): { id: string } | { handle: string } {
  const id = toGid('Product', product);
  return id ? { id } : { handle: product };
}

function toAnswer({ options, collections, ...product }: Found, variants: unknown[]) {
  return withoutEmpty({
    ...toProduct(product),
    description: product.description,
    url: product.onlineStoreUrl,
    published_at: product.publishedAt,
    options: options
      .map(({ name, optionValues }) => ({ name, values: optionValues.map(({ name }) => name) }))
      .filter(({ values }) => values.join() !== 'Default Title'),
    collections: collections.nodes.map(({ title }) => title),
    variants,
  });
}

const products = z.object({ nodes: z.array(z.object({ handle: text(), title: text() })) });
const similar = z.object({ all: products, any: products });

/** @throws ToolError `NOT_FOUND` with the products that a search for the same words finds */
export async function refuseProduct(
  shopify: Shopify,
  wanted: string,
  caller: Caller,
): Promise<never> {
  const words = wanted.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['-'];
  const search = { all: words.join(' '), any: words.slice(0, 5).join(' OR ') };
  const { data } = await shopify.ask(similarProductsQuery, search, similar, caller);
  const found = [...data.all.nodes, ...data.any.nodes];
  const names = new Set(found.map(({ handle, title }) => `${handle} (${title})`));
  throw notFound('product', wanted, [...names].slice(0, 5), 'list_products with a query');
}
