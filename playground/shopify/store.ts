import type { ShopifyCustomer } from '../shop/shopify/shopify-customers.ts';
import type { ShopifyData } from '../shop/shopify/shopify-data.ts';
import type { ShopifyOrder } from '../shop/shopify/shopify-orders.ts';
import type { ShopifyProduct, ShopifyVariant } from '../shop/shopify/shopify-products.ts';

/** The shop's data with ways into it. What a mutation changes, it changes in `data`. */
export interface Store {
  data: ShopifyData;
  /** By Shopify's number. */
  products: Map<number, ShopifyProduct>;
  variants: Map<number, ShopifyVariant>;
  /** By the number of the inventory item. */
  items: Map<number, ShopifyVariant>;
  customers: Map<number, ShopifyCustomer>;
  orders: Map<number, ShopifyOrder>;
  /** The oldest first. */
  ordersOf(customerId: number): ShopifyOrder[];
  /** As lists are sorted: `Weiß, Ada`; empty for nobody. */
  nameOf(customerId: number | null): string;
  /** Cents that a customer has paid and not got back. */
  spentBy(customerId: number): number;
  /** Cents that an order is still worth: nothing when it was cancelled or paid back. */
  currentTotal(order: ShopifyOrder): number;
  /** The moment of a change, ISO 8601. */
  now(): string;
  /** A number that nothing has yet. */
  nextId(): number;
}

/** Where changes happen, in a shop whose clock stands at `today` when it opens. */
export function openStore(data: ShopifyData, today: Date): Store {
  const opened = Date.now();
  const byCustomer = Map.groupBy(data.orders, ({ customerId }) => customerId);
  const variants = data.products.flatMap((product) => product.variants);
  let lastId = 90_000_000_000_000;
  const ordersOf = (customerId: number) => byCustomer.get(customerId) ?? [];
  const currentTotal = ({ cancelledAt, refundedAt, total }: ShopifyOrder) =>
    cancelledAt === null && refundedAt === null ? total : 0;
  const customers = byId(data.customers);
  return {
    data,
    products: byId(data.products),
    variants: byId(variants),
    items: new Map(variants.map((variant) => [variant.inventoryItemId, variant])),
    customers,
    orders: byId(data.orders),
    ordersOf,
    currentTotal,
    nameOf(customerId) {
      const customer = customers.get(customerId ?? 0);
      return customer ? `${customer.lastName}, ${customer.firstName}` : '';
    },
    spentBy: (customerId) =>
      ordersOf(customerId)
        .filter(({ financialStatus }) => financialStatus === 'PAID')
        .reduce((sum, order) => sum + currentTotal(order), 0),
    now: () => new Date(today.getTime() + Date.now() - opened).toISOString().replace(/\.\d+/, ''),
    nextId: () => ++lastId,
  };
}

const byId = <T extends { id: number }>(items: T[]): Map<number, T> =>
  new Map(items.map((item) => [item.id, item]));
