import type { ShopOrder, ShopOrderItem, ShopRecords, ShopShipment } from '../shop-records.ts';
import { customerId, type ShopifyAddress, type ShopifyCustomer } from './shopify-customers.ts';
import { variantId } from './shopify-products.ts';
import { toIso } from './shopify-words.ts';

export interface ShopifyLine {
  id: number;
  variantId: number | null;
  title: string;
  sku: string | null;
  quantity: number;
  /** Cents. */
  unitPrice: number;
}

export interface ShopifyFulfillment {
  id: number;
  displayStatus: 'IN_TRANSIT' | 'DELIVERED';
  createdAt: string;
  deliveredAt: string | null;
  company: string;
  trackingNumber: string | null;
}

export interface ShopifyTransaction {
  id: number;
  kind: 'SALE' | 'REFUND';
  status: 'SUCCESS' | 'FAILURE';
  gateway: string;
  amount: number;
  processedAt: string;
}

export interface ShopifyOrder {
  id: number;
  /** `#4711`; the number is MySQL's order id. */
  name: string;
  number: number;
  customerId: number | null;
  email: string | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  cancelledAt: string | null;
  financialStatus: 'PENDING' | 'PAID' | 'REFUNDED' | 'VOIDED';
  fulfillmentStatus: 'UNFULFILLED' | 'FULFILLED';
  note: string | null;
  tags: string[];
  discountCode: string | null;
  /** Cents: the lines, what the code took off, what was asked for. */
  subtotal: number;
  discount: number;
  total: number;
  lines: ShopifyLine[];
  shippingAddress: ShopifyAddress | null;
  fulfillments: ShopifyFulfillment[];
  transactions: ShopifyTransaction[];
  /** Null where nothing was paid back. */
  refundedAt: string | null;
}

export interface OrderParts {
  customers: Map<number, ShopifyCustomer>;
  /** MySQL's ids of orders whose card was refused. */
  failedPayments: ReadonlySet<number>;
}

/** MySQL's orders: `#<id>`, the oldest first, with the same totals, lines, days and parcels. */
export function shopifyOrders(records: ShopRecords, parts: OrderParts): ShopifyOrder[] {
  const lines = Map.groupBy(records.order_items, ({ order_id }) => order_id);
  const parcels = Map.groupBy(records.shipments, ({ order_id }) => order_id);
  const payments = new Map(records.payments.map((payment) => [payment.order_id, payment]));
  const names = new Map(records.products.map(({ id, name, sku }) => [id, { name, sku }]));
  const codes = new Map(records.coupons.map(({ id, code }) => [id, String(code)]));
  return records.orders.map((order) => {
    const customer = parts.customers.get(customerId(order.user_id));
    const items = (lines.get(order.id) ?? []).map((item) => toLine(item, names));
    return {
      ...toState(order, parts),
      ...toMoney(order, items),
      id: orderId(order.id),
      name: `#${order.id}`,
      number: order.id,
      customerId: customer?.id ?? null,
      email: customer?.email ?? null,
      createdAt: toIso(order.created_at),
      updatedAt: toIso(order.updated_at),
      discountCode: codes.get(order.coupon_id ?? 0) ?? null,
      lines: items,
      shippingAddress: customer?.addresses[0] ?? null,
      fulfillments: (parcels.get(order.id) ?? []).map(toFulfillment),
      transactions: toTransactions(order, { payment: payments.get(order.id), parts }),
    };
  });
}

/** Shopify's number for an order, by MySQL's id. */
export const orderId = (id: number): number => 5_000_000_000_000 + id;

function toState(order: ShopOrder, { failedPayments }: OrderParts) {
  const { id, status } = order;
  const isFailed = failedPayments.has(id);
  const updatedAt = toIso(order.updated_at);
  const sent = ['shipped', 'delivered', 'refunded'].includes(status);
  const over = ['delivered', 'refunded', 'cancelled'].includes(status);
  return {
    financialStatus: financialStatuses[status] ?? 'PAID',
    fulfillmentStatus: sent ? 'FULFILLED' : 'UNFULFILLED',
    closedAt: over ? updatedAt : null,
    cancelledAt: status === 'cancelled' ? updatedAt : null,
    refundedAt: status === 'refunded' ? updatedAt : null,
    note: isFailed ? (order.note ?? 'Payment failed: Quillpay refused the card.') : order.note,
    tags: isFailed ? ['payment-failed'] : [],
  } as const;
}

const financialStatuses: Record<string, ShopifyOrder['financialStatus']> = {
  pending: 'PENDING',
  cancelled: 'VOIDED',
  refunded: 'REFUNDED',
};

function toMoney({ total }: ShopOrder, lines: ShopifyLine[]) {
  const subtotal = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  const cents = Math.round(Number(total) * 100);
  return { subtotal, discount: subtotal - cents, total: cents };
}

function toLine(
  { order_id, line, product_id, quantity, unit_price }: ShopOrderItem,
  names: Map<number, { name: string; sku: string }>,
): ShopifyLine {
  const product = names.get(product_id);
  return {
    id: 12_000_000_000_000 + order_id * 100 + line,
    variantId: variantId(product_id),
    title: product?.name ?? '',
    sku: product?.sku ?? null,
    quantity,
    unitPrice: Math.round(Number(unit_price) * 100),
  };
}

const toFulfillment = (parcel: ShopShipment): ShopifyFulfillment => ({
  id: 4_000_000_000_000 + parcel.id,
  displayStatus: parcel.delivered_at === null ? 'IN_TRANSIT' : 'DELIVERED',
  createdAt: toIso(parcel.shipped_at),
  deliveredAt: parcel.delivered_at === null ? null : toIso(parcel.delivered_at),
  company: parcel.carrier,
  trackingNumber: parcel.tracking_code,
});

function toTransactions(
  order: ShopOrder,
  { payment, parts }: { payment: ShopRecords['payments'][number] | undefined; parts: OrderParts },
): ShopifyTransaction[] {
  const sale = { id: 6_500_000_000_000 + order.id * 2, kind: 'SALE' } as const;
  const amount = Math.round(Number(order.total) * 100);
  if (parts.failedPayments.has(order.id))
    return [
      {
        ...sale,
        status: 'FAILURE',
        gateway: 'quillpay',
        amount,
        processedAt: toIso(order.created_at),
      },
    ];
  if (!payment) return [];
  const paid: ShopifyTransaction = {
    ...sale,
    status: 'SUCCESS',
    gateway: String(payment.method),
    amount,
    processedAt: toIso(String(payment.paid_at)),
  };
  if (order.status !== 'refunded') return [paid];
  return [paid, { ...paid, id: paid.id + 1, kind: 'REFUND', processedAt: toIso(order.updated_at) }];
}
