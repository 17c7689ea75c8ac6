import type { ShopifyVariant } from '../../shop/shopify/shopify-products.ts';
import { availableOf } from '../nodes/product-nodes.ts';
import type { Store } from '../store.ts';
import { dated, flag, id, number, own, text, time, word } from './search-fields.ts';
import { type SearchTable, unsetFields } from './search-table.ts';

/** Of `productVariants` and their count. */
export function variantTable(store: Store): SearchTable<ShopifyVariant> {
  const productOf = ({ productId }: ShopifyVariant) => store.products.get(productId);
  return {
    sortKey: 'ID',
    sorts: {
      ID: (variant) => variant.id,
      RELEVANCE: (variant) => variant.id,
      POPULAR: (variant) => variant.id,
      SKU: ({ sku }) => sku,
      TITLE: ({ title }) => title.toLowerCase(),
      NAME: ({ title }) => title.toLowerCase(),
      FULL_TITLE: (variant) => `${productOf(variant)?.title} ${variant.title}`.toLowerCase(),
      POSITION: ({ position }) => position,
      INVENTORY_QUANTITY: availableOf,
      INVENTORY_LEVELS_AVAILABLE: availableOf,
      INVENTORY_MANAGEMENT: (variant) => variant.id,
      INVENTORY_POLICY: (variant) => variant.id,
    },
    fields: {
      ...own(),
      updated_at: time(({ updatedAt }) => updatedAt),
      default: text((variant) => [variant.sku, variant.title, productOf(variant)?.title ?? '']),
      title: text(({ title }) => title),
      sku: word(({ sku }) => sku),
      barcode: word(({ barcode }) => barcode),
      inventory_quantity: number(availableOf),
      product_id: id(({ productId }) => productId),
      product_ids: word(({ productId }) => String(productId)),
      product_status: word((variant) => productOf(variant)?.status),
      product_type: word((variant) => productOf(variant)?.productType),
      vendor: word((variant) => productOf(variant)?.vendor),
      tag: word((variant) => productOf(variant)?.tags),
      tag_not: { ...word((variant) => productOf(variant)?.tags), isOpposite: true },
      option1: word(({ title }) => title),
      location_id: id(({ stock }) => stock.map(({ locationId }) => String(locationId))),
      managed: flag(() => true),
      managed_by: word(() => 'shopify'),
      taxable: flag(() => true),
      gift_card: flag(() => false),
      requires_components: flag(() => false),
      published_status: word((variant) =>
        productOf(variant)?.publishedAt ? 'published' : 'unpublished',
      ),
      ...unsetFields(
        'collection',
        'delivery_profile_id',
        'exclude_composite',
        'exclude_variants_with_components',
        'option2',
        'option3',
        'product_publication_status',
        'publishable_status',
      ),
    },
  };
}

/** Of `inventoryItems`. */
export function inventoryItemTable(): SearchTable<ShopifyVariant> {
  return {
    sortKey: 'ID',
    sorts: { ID: ({ inventoryItemId }) => inventoryItemId },
    fields: {
      ...dated(),
      id: id(({ inventoryItemId }) => inventoryItemId),
      sku: word(({ sku }) => sku),
    },
  };
}
