import type { GraphQLResolveInfo } from 'graphql';
import type { ShopifyProduct } from '../shop/shopify/shopify-products.ts';
import { allAccess } from './access.ts';
import { type PageArgs, toConnection } from './connection.ts';
import type { ApiContext } from './context.ts';
import { fromGid, toGid } from './global-id.ts';
import { draftOrderNode } from './nodes/draft-order-node.ts';
import {
  collectionNode,
  inventoryItemNode,
  levelNode,
  locationNode,
  productNode,
  variantNode,
} from './nodes/product-nodes.ts';
import { customerNode, orderNode } from './nodes/sale-nodes.ts';
import { shopNode } from './nodes/shop-nodes.ts';
import { searchConnection, searchCount } from './search/search-items.ts';
import type { SearchTable } from './search/search-table.ts';
import { runShopifyql } from './shopifyql.ts';
import type { Store } from './store.ts';

type Field = (args: PageArgs, context: ApiContext, info: GraphQLResolveInfo) => unknown;
type TableName = keyof ApiContext['tables'];

interface Kind<T> {
  /** As in ids: `Order`. */
  type: string;
  items: (context: ApiContext) => readonly T[];
  toNode: (store: Store, item: T) => unknown;
  idOf?: (item: T) => number;
}

const kinds = {
  products: toKind({
    type: 'Product',
    items: ({ store }) => store.data.products,
    toNode: productNode,
  }),
  productVariants: toKind({
    type: 'ProductVariant',
    items: ({ store }) => [...store.variants.values()],
    toNode: variantNode,
  }),
  inventoryItems: toKind({
    type: 'InventoryItem',
    items: ({ store }) => [...store.items.values()],
    toNode: inventoryItemNode,
    idOf: ({ inventoryItemId }) => inventoryItemId,
  }),
  collections: toKind({
    type: 'Collection',
    items: ({ store }) => store.data.collections,
    toNode: collectionNode,
  }),
  locations: toKind({
    type: 'Location',
    items: ({ store }) => store.data.locations,
    toNode: locationNode,
  }),
  orders: toKind({
    type: 'Order',
    items: ({ store, sees }) => store.data.orders.filter(sees),
    toNode: orderNode,
  }),
  customers: toKind({
    type: 'Customer',
    items: ({ store }) => store.data.customers,
    toNode: customerNode,
  }),
  draftOrders: toKind({
    type: 'DraftOrder',
    items: ({ store }) => store.data.draftOrders,
    toNode: draftOrderNode,
  }),
};

/** The fields of one kind of thing: its list, its count, one by its id, and the one that a test picks. */
function toKind<T extends { id: number }>({ type, items, toNode, idOf = ({ id }) => id }: Kind<T>) {
  const partsOf = (name: TableName, context: ApiContext, info: GraphQLResolveInfo) => ({
    items: items(context),
    table: context.tables[name] as unknown as SearchTable<T>,
    context,
    info,
  });
  const pick = (context: ApiContext, test: (item: T) => boolean) => {
    const item = items(context).find(test);
    return item === undefined ? null : toNode(context.store, item);
  };
  return {
    type,
    pick,
    byId: (context: ApiContext, gid: unknown) => {
      const id = fromGid(gid, type);
      return pick(context, (item) => idOf(item) === id);
    },
    list:
      (name: TableName): Field =>
      (args, context, info) =>
        searchConnection(args, {
          ...partsOf(name, context, info),
          idOf,
          toNode: (item) => toNode(context.store, item),
        }),
    count:
      (name: TableName): Field =>
      (args, context, info) =>
        searchCount(args, partsOf(name, context, info)),
  };
}

const one =
  (kind: { byId: (context: ApiContext, gid: unknown) => unknown }): Field =>
  ({ id }, context) =>
    kind.byId(context, id);

/** The different words that products have in one place, by the alphabet. */
const wordsOf =
  (read: (product: ShopifyProduct) => string | string[]): Field =>
  (args, { store }) => {
    const words = [...new Set(store.data.products.flatMap(read))].filter(Boolean).sort();
    const idOf = (word: string) => words.indexOf(word);
    return toConnection(words, args, { idOf, toNode: (word) => word });
  };

const identifierOf = ({ identifier }: PageArgs) => (identifier ?? {}) as Record<string, unknown>;

function anyNode(context: ApiContext, gid: unknown): unknown {
  const kind = Object.values(kinds).find(({ type }) => fromGid(gid, type) > 0);
  return kind ? kind.byId(context, gid) : null;
}

/** The fields of `QueryRoot` that this shop answers. */
export const queries: Record<string, Field> = {
  shop: () => shopNode,
  currentAppInstallation: (_, { allows }) => ({
    __typename: 'AppInstallation',
    id: toGid('AppInstallation', 610_000_000_001),
    app: { __typename: 'App', id: toGid('App', 610_000_000_002), title: 'ConnectorMCP' },
    accessScopes: allAccess
      .filter(allows)
      .map((handle) => ({ __typename: 'AccessScope', handle, description: handle })),
  }),
  node: ({ id }, context) => anyNode(context, id),
  nodes: ({ ids }, context) => (ids as unknown[]).map((id) => anyNode(context, id)),

  products: kinds.products.list('products'),
  productsCount: kinds.products.count('productsCount'),
  product: one(kinds.products),
  productByHandle: ({ handle }, context) =>
    kinds.products.pick(context, (product) => product.handle === handle),
  productByIdentifier: (args, context) => {
    const { id, handle } = identifierOf(args);
    if (id !== undefined) return kinds.products.byId(context, id);
    return kinds.products.pick(context, (product) => product.handle === handle);
  },
  productTypes: wordsOf(({ productType }) => productType),
  productVendors: wordsOf(({ vendor }) => vendor),
  productTags: wordsOf(({ tags }) => tags),
  productVariants: kinds.productVariants.list('productVariants'),
  productVariantsCount: kinds.productVariants.count('productVariantsCount'),
  productVariant: one(kinds.productVariants),
  productVariantByIdentifier: (args, context) =>
    kinds.productVariants.byId(context, identifierOf(args).id),
  collections: kinds.collections.list('collections'),
  collectionsCount: kinds.collections.count('collectionsCount'),
  collection: one(kinds.collections),
  collectionByIdentifier: (args, context) => {
    const { id, handle } = identifierOf(args);
    if (id !== undefined) return kinds.collections.byId(context, id);
    return kinds.collections.pick(context, (collection) => collection.handle === handle);
  },

  inventoryItems: kinds.inventoryItems.list('inventoryItems'),
  inventoryItem: one(kinds.inventoryItems),
  inventoryLevel: ({ id }, { store }) => {
    const [, location, item] =
      /InventoryLevel\/(\d+)\?inventory_item_id=(\d+)$/.exec(String(id)) ?? [];
    const variant = store.items.get(Number(item));
    const stock = variant?.stock.find(({ locationId }) => locationId === Number(location));
    return variant && stock ? levelNode(store, variant, stock) : null;
  },
  locations: kinds.locations.list('locations'),
  locationsCount: kinds.locations.count('locationsCount'),
  location: ({ id }, context) =>
    id === undefined || id === null
      ? kinds.locations.pick(context, ({ fulfillsOnlineOrders }) => fulfillsOnlineOrders)
      : kinds.locations.byId(context, id),
  locationByIdentifier: (args, context) => kinds.locations.byId(context, identifierOf(args).id),

  orders: kinds.orders.list('orders'),
  ordersCount: kinds.orders.count('ordersCount'),
  order: one(kinds.orders),
  orderByIdentifier: (args, context) => kinds.orders.byId(context, identifierOf(args).id),
  draftOrders: kinds.draftOrders.list('draftOrders'),
  draftOrdersCount: kinds.draftOrders.count('draftOrdersCount'),
  draftOrder: one(kinds.draftOrders),

  customers: kinds.customers.list('customers'),
  customersCount: kinds.customers.count('customersCount'),
  customer: one(kinds.customers),
  customerByIdentifier: (args, context) => {
    const { id, emailAddress, phoneNumber } = identifierOf(args);
    if (id !== undefined) return kinds.customers.byId(context, id);
    return kinds.customers.pick(context, ({ email, phone }) =>
      emailAddress === undefined
        ? phone !== null && phone === phoneNumber
        : email.toLowerCase() === String(emailAddress).toLowerCase(),
    );
  },

  shopifyqlQuery: ({ query }, { store }) => runShopifyql(String(query), store),
};
