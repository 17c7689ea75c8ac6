import { z } from 'zod';
import { shortId } from '../ids.ts';
import { money, text, toIds, withoutEmpty } from './fields.ts';

/** What a list shows of a variant. Its prices are in the shop's currency, which they do not name. */
export const variantFields =
  'id title sku barcode price compareAtPrice inventoryQuantity selectedOptions { name value }';

/** The shape of `variantFields`. */
export const variantShape = {
  id: z.string(),
  title: text(),
  sku: text().nullish(),
  barcode: text().nullish(),
  price: z.string(),
  compareAtPrice: z.string().nullish(),
  inventoryQuantity: z.number().nullish(),
  selectedOptions: z.array(z.object({ name: text(80), value: text(120) })).default([]),
};

const shape = z.object(variantShape);

/** A variant as our answers tell of it. */
export function toVariant(variant: z.output<typeof shape>) {
  const options = variant.selectedOptions.filter(({ value }) => value !== 'Default Title');
  return withoutEmpty({
    ...toIds(variant.id),
    title: variant.title === 'Default Title' ? undefined : variant.title,
    sku: variant.sku,
    barcode: variant.barcode,
    price: variant.price,
    compare_at_price: variant.compareAtPrice,
    quantity: variant.inventoryQuantity,
    options: options.map(({ name, value }) => `${name}: ${value}`),
  });
}

/** The product that a variant is of, and what it costs the shop. */
export const listedVariantFields = `${variantFields}
  product { id title status }
  inventoryItem { id tracked unitCost { amount currencyCode } }`;

export const listedVariantNode = z
  .object({
    ...variantShape,
    product: z.object({ id: z.string(), title: text(), status: z.string() }),
    inventoryItem: z.object({ id: z.string(), tracked: z.boolean(), unitCost: money.nullish() }),
  })
  .transform(({ product, inventoryItem, ...variant }) =>
    withoutEmpty({
      ...toVariant(variant),
      product: { id: product.id, title: product.title, status: product.status.toLowerCase() },
      inventory_item: shortId(inventoryItem.id),
      tracked: inventoryItem.tracked,
      unit_cost: inventoryItem.unitCost,
    }),
  );
