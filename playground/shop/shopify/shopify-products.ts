import type { ShopProduct, ShopRecords } from '../shop-records.ts';
import { toHandle, toIso, toLabels } from './shopify-words.ts';

/** How much of a thing lies where. Quantities are pieces. */
export interface ShopifyStock {
  locationId: number;
  available: number;
  /** Sold and not sent yet. */
  committed: number;
  incoming: number;
  reserved: number;
  updatedAt: string;
}

export interface ShopifyVariant {
  id: number;
  inventoryItemId: number;
  productId: number;
  /** 1 is the product's first. */
  position: number;
  title: string;
  sku: string;
  barcode: string;
  /** Cents. */
  price: number;
  compareAtPrice: number | null;
  cost: number;
  createdAt: string;
  updatedAt: string;
  stock: ShopifyStock[];
}

export interface ShopifyProduct {
  id: number;
  handle: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED' | 'UNLISTED';
  tags: string[];
  seo: { title: string | null; description: string | null };
  /** `Colour`, or `Title` where there is nothing to choose. */
  optionName: string;
  createdAt: string;
  updatedAt: string;
  publishedAt: string | null;
  collectionIds: number[];
  variants: ShopifyVariant[];
}

export interface ShopifyCollection {
  id: number;
  handle: string;
  title: string;
  updatedAt: string;
}

export interface ShopifyLocation {
  id: number;
  name: string;
  address1: string;
  city: string;
  zip: string;
  countryCode: string;
  isActive: boolean;
  fulfillsOnlineOrders: boolean;
  createdAt: string;
}

const bases = {
  product: 7_000_000_000_000,
  variant: 44_000_000_000_000,
  inventoryItem: 46_000_000_000_000,
  collection: 400_000_000_000,
} as const;

/** The warehouse, from which orders are sent, then the store. */
export const shopifyLocations: readonly ShopifyLocation[] = [
  {
    id: 80_000_000_001,
    name: 'Lindenburg Warehouse',
    address1: 'Hafenstraße 3',
    city: 'Lindenburg',
    zip: '10999',
    countryCode: 'DE',
    isActive: true,
    fulfillsOnlineOrders: true,
    createdAt: '2024-11-01T08:00:00Z',
  },
  {
    id: 80_000_000_002,
    name: 'Waterdam Store',
    address1: 'Kade 12',
    city: 'Waterdam',
    zip: '1011',
    countryCode: 'NL',
    isActive: true,
    fulfillsOnlineOrders: false,
    createdAt: '2025-03-01T08:00:00Z',
  },
];

/** MySQL's categories as collections. */
export const shopifyCollections = ({ categories }: ShopRecords): ShopifyCollection[] =>
  categories.map(({ id, name }) => ({
    id: bases.collection + Number(id),
    handle: toHandle(String(name)),
    title: String(name),
    updatedAt: '2025-06-01T09:00:00Z',
  }));

/**
 * MySQL's products, one variant for each SKU: those that differ by nothing but their colour are one product here. What is
 * available at both locations adds up to MySQL's stock.
 */
export function shopifyProducts(records: ShopRecords, today: Date): ShopifyProduct[] {
  const committed = toCommitted(records);
  const handles = new Set<string>();
  return groupsOf(records.products).map((group) =>
    toProduct(group, { records, committed, handles, today }),
  );
}

interface Parts {
  records: ShopRecords;
  committed: Map<number, number>;
  handles: Set<string>;
  today: Date;
}

/** The same name in another colour joins the group; in the same colour it is a product of its own. */
function groupsOf(products: ShopProduct[]): ShopProduct[][] {
  const groups: ShopProduct[][] = [];
  for (const product of products) {
    const home = groups.find(
      ([first, ...others]) =>
        first?.name === product.name &&
        (first.discontinued_at === null) === (product.discontinued_at === null) &&
        ![first, ...others].some((each) => toColour(each) === toColour(product)),
    );
    if (home) home.push(product);
    if (!home) groups.push([product]);
  }
  return groups;
}

function toProduct(group: ShopProduct[], parts: Parts): ShopifyProduct {
  const [first] = group as [ShopProduct];
  const [vendor = ''] = first.name.split(' ');
  const productId = bases.product + first.id;
  const category = parts.records.categories.find(({ id }) => id === first.category_id);
  const categoryIds = [category?.id, category?.parent_id].filter((id) => id !== null).map(Number);
  const updatedAt = first.discontinued_at ?? first.created_at;
  return {
    id: productId,
    handle: freeHandle(toHandle(first.name), parts.handles),
    title: first.name,
    descriptionHtml: `<p>${first.name}, by ${vendor}. Made to be used.</p>`,
    vendor,
    productType: String(category?.name ?? ''),
    status: first.discontinued_at === null ? 'ACTIVE' : 'ARCHIVED',
    tags: toLabels([
      ...group.flatMap(({ attributes }) => toAttributes(attributes).tags),
      ...(first.discontinued_at === null ? [] : ['discontinued']),
    ]),
    seo: { title: null, description: null },
    optionName: group.length > 1 ? 'Colour' : 'Title',
    createdAt: toIso(first.created_at),
    updatedAt: toIso(updatedAt),
    publishedAt: first.discontinued_at === null ? toIso(first.created_at) : null,
    collectionIds: categoryIds.map((id) => bases.collection + id),
    variants: group.map((product, index) => toVariant(product, { productId, index, group, parts })),
  };
}

function toVariant(
  product: ShopProduct,
  {
    productId,
    index,
    group,
    parts,
  }: {
    productId: number;
    index: number;
    group: ShopProduct[];
    parts: Parts;
  },
): ShopifyVariant {
  const price = Math.round(Number(product.price) * 100);
  return {
    id: variantId(product.id),
    inventoryItemId: bases.inventoryItem + product.id,
    productId,
    position: index + 1,
    title: group.length > 1 ? toColour(product) : 'Default Title',
    sku: product.sku,
    barcode: `2000${String(product.id).padStart(8, '0')}`,
    price,
    compareAtPrice: product.id % 9 === 0 ? Math.round(price * 1.2) : null,
    cost: Math.round(price * 0.55),
    createdAt: toIso(product.created_at),
    updatedAt: toIso(product.discontinued_at ?? product.created_at),
    stock: toStock(product, parts),
  };
}

/** Shopify's number for a variant, by MySQL's product id. */
export const variantId = (productId: number): number => bases.variant + productId;

function toStock({ id, stock }: ShopProduct, { committed, today }: Parts): ShopifyStock[] {
  const inStore = Math.floor(stock * 0.3);
  const updatedAt = today.toISOString().replace(/T.*/, 'T00:00:00Z');
  return shopifyLocations.map(({ id: locationId, fulfillsOnlineOrders }) => ({
    locationId,
    available: fulfillsOnlineOrders ? stock - inStore : inStore,
    committed: fulfillsOnlineOrders ? (committed.get(id) ?? 0) : 0,
    incoming: 0,
    reserved: 0,
    updatedAt,
  }));
}

/** How many pieces of a product wait to be sent, by MySQL's product id. */
function toCommitted({ orders, order_items }: ShopRecords): Map<number, number> {
  const waiting = new Set(
    orders.filter(({ status }) => ['pending', 'paid'].includes(status)).map(({ id }) => id),
  );
  const sums = new Map<number, number>();
  for (const { order_id, product_id, quantity } of order_items)
    if (waiting.has(order_id)) sums.set(product_id, (sums.get(product_id) ?? 0) + quantity);
  return sums;
}

const toColour = (product: ShopProduct | undefined): string =>
  toAttributes(product?.attributes).colour;

function toAttributes(json: unknown): { colour: string; tags: string[] } {
  const { colour = '', tags = [] } = JSON.parse(String(json ?? '{}')) as {
    colour?: string;
    tags?: string[];
  };
  return { colour, tags };
}

function freeHandle(wanted: string, taken: Set<string>): string {
  let handle = wanted;
  for (let number = 1; taken.has(handle); number++) handle = `${wanted}-${number}`;
  taken.add(handle);
  return handle;
}
