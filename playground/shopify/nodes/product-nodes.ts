import type {
  ShopifyCollection,
  ShopifyLocation,
  ShopifyProduct,
  ShopifyStock,
  ShopifyVariant,
} from '../../shop/shopify/shopify-products.ts';
import { type PageArgs, toConnection } from '../connection.ts';
import { fromGid, toGid } from '../global-id.ts';
import { toAmount, toMoney } from '../money.ts';
import type { Store } from '../store.ts';

/** What a field of a node is made of: a value, or a function of the field's arguments. */
export type Node = Record<string, unknown>;

const idOf = ({ id }: { id: number }) => id;

/** `Product`. */
export function productNode(store: Store, product: ShopifyProduct): Node {
  const prices = product.variants.map(({ price }) => price);
  const total = product.variants.reduce((sum, variant) => sum + availableOf(variant), 0);
  const collections = store.data.collections.filter(({ id }) => product.collectionIds.includes(id));
  const text = product.descriptionHtml.replace(/<[^>]*>/g, '');
  const range = {
    minVariantPrice: toAmount(Math.min(...prices)),
    maxVariantPrice: toAmount(Math.max(...prices)),
  };
  return {
    ...product,
    __typename: 'Product',
    id: toGid('Product', product.id),
    legacyResourceId: String(product.id),
    description: ({ truncateAt }: PageArgs) => text.slice(0, Number(truncateAt ?? text.length)),
    bodyHtml: product.descriptionHtml,
    totalInventory: total,
    tracksInventory: true,
    isGiftCard: false,
    hasOnlyDefaultVariant: product.variants.length === 1,
    hasOutOfStockVariants: product.variants.some((variant) => availableOf(variant) <= 0),
    variantsCount: { count: product.variants.length, precision: 'EXACT' },
    priceRangeV2: range,
    priceRange: range,
    options: optionsOf(product),
    onlineStoreUrl: product.publishedAt
      ? `https://shop.lindenwares.example/products/${product.handle}`
      : null,
    featuredMedia: null,
    collections: (args: PageArgs) =>
      toConnection(collections, args, { idOf, toNode: (each) => collectionNode(store, each) }),
    inCollection: ({ id }: PageArgs) =>
      collections.some((each) => each.id === fromGid(id, 'Collection')),
    variants: (args: PageArgs) =>
      toConnection(product.variants, args, {
        idOf,
        sort: { key: 'POSITION', valueOf: ({ position }) => position },
        toNode: (variant) => variantNode(store, variant),
      }),
  };
}

function optionsOf({ id, optionName, variants }: ShopifyProduct) {
  const values = variants.map(({ title }) => title);
  return [
    {
      __typename: 'ProductOption',
      id: toGid('ProductOption', id),
      name: optionName,
      position: 1,
      values,
      optionValues: values.map((name, index) => ({
        __typename: 'ProductOptionValue',
        id: toGid('ProductOptionValue', id * 10 + index),
        name,
        hasVariants: true,
      })),
    },
  ];
}

/** `ProductVariant`. */
export function variantNode(store: Store, variant: ShopifyVariant): Node {
  const product = store.products.get(variant.productId);
  const quantity = availableOf(variant);
  return {
    ...variant,
    __typename: 'ProductVariant',
    id: toGid('ProductVariant', variant.id),
    legacyResourceId: String(variant.id),
    displayName: `${product?.title} - ${variant.title}`,
    price: toMoney(variant.price),
    compareAtPrice: variant.compareAtPrice === null ? null : toMoney(variant.compareAtPrice),
    inventoryQuantity: quantity,
    sellableOnlineQuantity: quantity,
    inventoryPolicy: 'DENY',
    availableForSale: quantity > 0 && product?.status === 'ACTIVE',
    taxable: true,
    selectedOptions: [{ name: product?.optionName ?? 'Title', value: variant.title }],
    product: () => product && productNode(store, product),
    inventoryItem: () => inventoryItemNode(store, variant),
  };
}

/** `InventoryItem`: what of a variant can be counted. */
export const inventoryItemNode = (store: Store, variant: ShopifyVariant): Node => ({
  __typename: 'InventoryItem',
  id: toGid('InventoryItem', variant.inventoryItemId),
  legacyResourceId: String(variant.inventoryItemId),
  sku: variant.sku,
  tracked: true,
  requiresShipping: true,
  unitCost: toAmount(variant.cost),
  createdAt: variant.createdAt,
  updatedAt: variant.updatedAt,
  locationsCount: { count: variant.stock.length, precision: 'EXACT' },
  variant: () => variantNode(store, variant),
  variants: (args: PageArgs) =>
    toConnection([variant], args, { idOf, toNode: () => variantNode(store, variant) }),
  inventoryLevel: ({ locationId }: PageArgs) => {
    const stock = variant.stock.find((each) => each.locationId === fromGid(locationId, 'Location'));
    return stock ? levelNode(store, variant, stock) : null;
  },
  inventoryLevels: (args: PageArgs) =>
    toConnection(variant.stock, args, {
      idOf: ({ locationId }) => locationId,
      toNode: (stock) => levelNode(store, variant, stock),
    }),
});

/** `InventoryLevel`: how much of an item lies at one location. */
export function levelNode(store: Store, variant: ShopifyVariant, stock: ShopifyStock): Node {
  const location = store.data.locations.find(({ id }) => id === stock.locationId);
  return {
    __typename: 'InventoryLevel',
    id: `${toGid('InventoryLevel', stock.locationId)}?inventory_item_id=${variant.inventoryItemId}`,
    isActive: true,
    updatedAt: stock.updatedAt,
    createdAt: variant.createdAt,
    item: () => inventoryItemNode(store, variant),
    location: () => location && locationNode(store, location),
    quantities: ({ names }: PageArgs) =>
      (Array.isArray(names) ? names : []).map((name) => ({
        __typename: 'InventoryQuantity',
        id: `${toGid('InventoryQuantity', stock.locationId)}?inventory_item_id=${variant.inventoryItemId}&name=${name}`,
        name: String(name),
        quantity: quantityOf(stock, String(name)),
        updatedAt: stock.updatedAt,
      })),
  };
}

/** Pieces in one of Shopify's states; on hand is all that is there. */
export function quantityOf(stock: ShopifyStock, name: string): number {
  if (name === 'on_hand') return stock.available + stock.committed + stock.reserved;
  const states: Record<string, number> = {
    available: stock.available,
    committed: stock.committed,
    incoming: stock.incoming,
    reserved: stock.reserved,
  };
  return states[name] ?? 0;
}

/** Pieces that can be sold, at all locations. */
export const availableOf = ({ stock }: ShopifyVariant): number =>
  stock.reduce((sum, { available }) => sum + available, 0);

/** `Location`. */
export const locationNode = (store: Store, location: ShopifyLocation): Node => ({
  ...location,
  __typename: 'Location',
  id: toGid('Location', location.id),
  legacyResourceId: String(location.id),
  isPrimary: location.fulfillsOnlineOrders,
  shipsInventory: location.fulfillsOnlineOrders,
  hasActiveInventory: true,
  updatedAt: location.createdAt,
  address: {
    address1: location.address1,
    city: location.city,
    zip: location.zip,
    country: new Intl.DisplayNames('en', { type: 'region' }).of(location.countryCode),
    countryCode: location.countryCode,
    formatted: [location.address1, `${location.zip} ${location.city}`],
  },
  inventoryLevels: (args: PageArgs) =>
    toConnection([...store.items.values()], args, {
      idOf: ({ inventoryItemId }) => inventoryItemId,
      toNode: (variant) => {
        const stock = variant.stock.find(({ locationId }) => locationId === location.id);
        return stock && levelNode(store, variant, stock);
      },
    }),
});

/** `Collection`. */
export function collectionNode(store: Store, collection: ShopifyCollection): Node {
  const products = store.data.products.filter(({ collectionIds }) =>
    collectionIds.includes(collection.id),
  );
  return {
    ...collection,
    __typename: 'Collection',
    id: toGid('Collection', collection.id),
    legacyResourceId: String(collection.id),
    sortOrder: 'BEST_SELLING',
    productsCount: { count: products.length, precision: 'EXACT' },
    products: (args: PageArgs) =>
      toConnection(products, args, { idOf, toNode: (each) => productNode(store, each) }),
  };
}
