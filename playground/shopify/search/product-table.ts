import type { ShopifyProduct } from '../../shop/shopify/shopify-products.ts';
import { availableOf } from '../nodes/product-nodes.ts';
import { dated, datedSorts, flag, id, number, tagged, text, time, word } from './search-fields.ts';
import { type SearchTable, unsetFields } from './search-table.ts';

/** Of `products` and `productsCount`. */
export function productTable(): SearchTable<ShopifyProduct> {
  return {
    sortKey: 'ID',
    sorts: {
      ...datedSorts,
      TITLE: ({ title }) => title.toLowerCase(),
      VENDOR: ({ vendor }) => vendor.toLowerCase(),
      PRODUCT_TYPE: ({ productType }) => productType.toLowerCase(),
      PUBLISHED_AT: ({ publishedAt }) => publishedAt ?? '',
      INVENTORY_TOTAL: ({ variants }) => variants.reduce((sum, each) => sum + availableOf(each), 0),
    },
    fields: {
      ...dated(),
      ...tagged(),
      default: text((product) => [
        product.title,
        product.vendor,
        product.productType,
        ...product.tags,
        ...product.variants.flatMap(({ sku, title }) => [sku, title]),
      ]),
      title: text(({ title }) => title),
      handle: word(({ handle }) => handle),
      vendor: word(({ vendor }) => vendor),
      product_type: word(({ productType }) => productType),
      status: word(({ status }) => status),
      sku: word(({ variants }) => variants.map(({ sku }) => sku)),
      barcode: word(({ variants }) => variants.map(({ barcode }) => barcode)),
      variant_id: id(({ variants }) => variants.map((variant) => String(variant.id))),
      variant_title: text(({ variants }) => variants.map(({ title }) => title)),
      price: number(({ variants }) => variants.map(({ price }) => String(price / 100))),
      inventory_total: number(({ variants }) =>
        variants.reduce((sum, v) => sum + availableOf(v), 0),
      ),
      out_of_stock_somewhere: flag(({ variants }) =>
        variants.some(({ stock }) => stock.some(({ available }) => available <= 0)),
      ),
      is_price_reduced: flag(({ variants }) =>
        variants.some((each) => each.compareAtPrice !== null),
      ),
      has_only_default_variant: flag(({ variants }) => variants.length === 1),
      collection_id: id(({ collectionIds }) => collectionIds.map(String)),
      published_at: time(({ publishedAt }) => publishedAt),
      published_status: word(({ publishedAt }) =>
        publishedAt ? ['published', 'visible', 'online_store_channel'] : ['unpublished'],
      ),
      tracks_inventory: flag(() => true),
      gift_card: flag(() => false),
      bundles: flag(() => false),
      ...unsetFields(
        'category_id',
        'combined_listing_role',
        'delivery_profile_id',
        'error_feedback',
        'has_only_composites',
        'has_variant_with_components',
        'product_configuration_owner',
        'product_publication_status',
        'publication_ids',
        'publishable_status',
      ),
    },
  };
}
