import { z } from 'zod';
import { money, tags, text, toIds, withoutEmpty, word } from './fields.ts';

const price = 'amount currencyCode';

/** What a list shows of a product. */
export const productFields = `id title handle status vendor productType tags totalInventory
  variantsCount { count }
  priceRangeV2 { minVariantPrice { ${price} } maxVariantPrice { ${price} } }
  createdAt updatedAt`;

/** The shape of `productFields`. */
export const productShape = {
  id: z.string(),
  title: text(),
  handle: text(),
  status: word,
  vendor: text(),
  productType: text(),
  tags,
  totalInventory: z.number().nullish(),
  variantsCount: z.object({ count: z.number() }).nullish(),
  priceRangeV2: z.object({ minVariantPrice: money, maxVariantPrice: money }).nullish(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

const shape = z.object(productShape);

/** A product as our answers tell of it. */
export function toProduct(product: z.output<typeof shape>) {
  return withoutEmpty({
    ...toIds(product.id),
    title: product.title,
    handle: product.handle,
    status: product.status,
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    inventory: product.totalInventory,
    variants: product.variantsCount?.count,
    price_from: product.priceRangeV2?.minVariantPrice,
    price_to: product.priceRangeV2?.maxVariantPrice,
    created_at: product.createdAt,
    updated_at: product.updatedAt,
  });
}

export const productNode = shape.transform(toProduct);
