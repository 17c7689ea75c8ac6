import type { Cell } from './sample.ts';
import { type ShopOptions, shopRows } from './shop-rows.ts';

/** A row by its columns. Moments are text, UTC: `2026-11-22 08:15:00`. */
type Row = Record<string, Cell>;

export interface ShopUser extends Row {
  id: number;
  email: string;
  first_name: string;
  last_name: string;
  country: string;
  phone: string | null;
  is_active: number;
  created_at: string;
}

export interface ShopProduct extends Row {
  id: number;
  category_id: number;
  sku: string;
  name: string;
  /** EUR, with two decimals. */
  price: string;
  stock: number;
  created_at: string;
  discontinued_at: string | null;
}

export interface ShopOrder extends Row {
  id: number;
  user_id: number;
  coupon_id: number | null;
  /** `pending`, `paid`, `shipped`, `delivered`, `cancelled` or `refunded`. */
  status: string;
  /** EUR, with two decimals. */
  total: string;
  note: string | null;
  created_at: string;
  updated_at: string;
}

export interface ShopOrderItem extends Row {
  order_id: number;
  line: number;
  product_id: number;
  quantity: number;
  unit_price: string;
}

export interface ShopShipment extends Row {
  id: number;
  order_id: number;
  carrier: string;
  tracking_code: string | null;
  shipped_at: string;
  delivered_at: string | null;
}

/** The sample shop as objects: what the stand-ins for Shopify, Jira and S3 make their data of. */
export interface ShopRecords {
  users: ShopUser[];
  addresses: Row[];
  categories: Row[];
  products: ShopProduct[];
  coupons: Row[];
  orders: ShopOrder[];
  order_items: ShopOrderItem[];
  payments: Row[];
  shipments: ShopShipment[];
  reviews: Row[];
}

/**
 * The rows that MySQL holds, by table. All four sources tell of the same shop: order 4711 in MySQL is `#4711` in
 * Shopify and in a ticket, a customer is known by e-mail, a product by its SKU.
 */
export function shopRecords(options: ShopOptions): ShopRecords {
  const tables = shopRows(options).map(({ name, columns, rows }) => [
    name,
    rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))),
  ]);
  return Object.fromEntries(tables) as ShopRecords;
}
