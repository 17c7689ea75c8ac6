import type { ShopifyCollection, ShopifyLocation } from '../../shop/shopify/shopify-products.ts';
import type { Store } from '../store.ts';
import { countryName, flag, id, own, text, time, word } from './search-fields.ts';
import { type SearchTable, unsetFields } from './search-table.ts';

/** Of `locations` and `locationsCount`. */
export function locationTable(): SearchTable<ShopifyLocation> {
  return {
    sortKey: 'NAME',
    sorts: {
      ID: (location) => location.id,
      RELEVANCE: (location) => location.id,
      NAME: ({ name }) => name.toLowerCase(),
    },
    fields: {
      ...own(),
      default: text(({ name, city }) => [name, city]),
      created_at: time(({ createdAt }) => createdAt),
      location_id: id((location) => location.id),
      name: text(({ name }) => name),
      active: word(({ isActive }) => String(isActive)),
      address1: text(({ address1 }) => address1),
      city: word(({ city }) => city),
      country: word(({ countryCode }) => [countryCode, countryName(countryCode)]),
      zip: word(({ zip }) => zip),
      legacy: flag(() => false),
      geolocated: flag(() => false),
      pickup_in_store: word(() => 'disabled'),
      ...unsetFields('address2', 'province'),
    },
  };
}

/** Of `collections` and `collectionsCount`. */
export function collectionTable(store: Store): SearchTable<ShopifyCollection> {
  return {
    sortKey: 'ID',
    sorts: {
      ID: (collection) => collection.id,
      RELEVANCE: (collection) => collection.id,
      TITLE: ({ title }) => title.toLowerCase(),
      UPDATED_AT: ({ updatedAt }) => updatedAt,
    },
    fields: {
      ...own(),
      default: text(({ title }) => title),
      title: text(({ title }) => title),
      handle: word(({ handle }) => handle),
      updated_at: time(({ updatedAt }) => updatedAt),
      collection_type: word(() => 'custom'),
      product_id: id((collection) =>
        [...store.products.values()]
          .filter(({ collectionIds }) => collectionIds.includes(collection.id))
          .map((product) => String(product.id)),
      ),
      published_status: word(() => ['published', 'visible', 'online_store_channel']),
      ...unsetFields('product_publication_status', 'publishable_status', 'published_at'),
    },
  };
}
