import { days, startOfDay, toDate } from './moment.ts';
import type { ShopOrder, ShopRecords } from './shop-records.ts';

/** What happened in the shop lately, told alike by logs in S3, tickets in Jira and stock in Shopify. */
export interface ShopStory {
  /** Yesterday, UTC: the payment provider Quillpay refused cards. `2026-11-21`. */
  outageDay: string;
  /** Up to six orders of that day that are still `pending`, so never paid; the newest first. */
  failedPaymentOrders: number[];
  /** On sale with ten left or fewer, those sold out first. */
  lowStockSkus: string[];
  /** Of the product on most lines of refunded orders; empty where there are none. */
  returnedSku: string;
  /** Up to five orders that left longest ago and have not arrived; the longest under way first. */
  lateShipmentOrders: number[];
  /** The e-mail of who paid most in all; empty where nobody has. */
  bigCustomer: string;
}

/** Threads that run through all four sources, chosen from the rows themselves: whoever asks MySQL finds them true. */
export function shopStory(records: ShopRecords, { today }: { today: Date }): ShopStory {
  const outageDay = toDate(startOfDay(today) - days(1));
  return {
    outageDay,
    failedPaymentOrders: records.orders
      .filter(({ status, created_at }) => status === 'pending' && created_at.startsWith(outageDay))
      .map(({ id }) => id)
      .toReversed()
      .slice(0, 6),
    lowStockSkus: records.products
      .filter(({ stock, discontinued_at }) => stock <= 10 && discontinued_at === null)
      .toSorted((a, b) => a.stock - b.stock || a.id - b.id)
      .map(({ sku }) => sku),
    returnedSku: toReturnedSku(records),
    lateShipmentOrders: records.shipments
      .filter(({ delivered_at }) => delivered_at === null)
      .toSorted((a, b) => a.shipped_at.localeCompare(b.shipped_at) || a.id - b.id)
      .map(({ order_id }) => order_id)
      .slice(0, 5),
    bigCustomer: toBigCustomer(records),
  };
}

function toReturnedSku({ orders, order_items, products }: ShopRecords): string {
  const refunded = new Set(
    orders.filter(({ status }) => status === 'refunded').map(({ id }) => id),
  );
  const lines = order_items.filter(({ order_id }) => refunded.has(order_id));
  const most = greatest(
    sumBy(
      lines,
      ({ product_id }) => product_id,
      () => 1,
    ),
  );
  return products.find(({ id }) => id === most)?.sku ?? '';
}

const isPaid = ({ status }: ShopOrder) => ['paid', 'shipped', 'delivered'].includes(status);

function toBigCustomer({ orders, users }: ShopRecords): string {
  const paid = orders.filter(isPaid);
  const most = greatest(
    sumBy(
      paid,
      ({ user_id }) => user_id,
      ({ total }) => toCents(total),
    ),
  );
  return users.find(({ id }) => id === most)?.email ?? '';
}

const toCents = (amount: string) => Math.round(Number(amount) * 100);

function sumBy<T>(items: T[], keyOf: (item: T) => number, worth: (item: T) => number) {
  const sums = new Map<number, number>();
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + worth(item));
  return sums;
}

/** The key with the greatest sum, the smallest of several. */
const greatest = (sums: Map<number, number>): number | undefined =>
  [...sums].toSorted(([a, one], [b, other]) => other - one || a - b)[0]?.[0];
