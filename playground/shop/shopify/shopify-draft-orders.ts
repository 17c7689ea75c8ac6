import { days, minutes, startOfDay } from '../moment.ts';
import type { ShopifyCustomer } from './shopify-customers.ts';
import type { ShopifyLine, ShopifyOrder } from './shopify-orders.ts';
import type { ShopifyProduct } from './shopify-products.ts';

export interface ShopifyDraftOrder {
  id: number;
  /** `#D12`. */
  name: string;
  status: 'OPEN' | 'INVOICE_SENT' | 'COMPLETED';
  customerId: number | null;
  email: string | null;
  /** What came of it. */
  orderId: number | null;
  note: string | null;
  tags: string[];
  createdAt: string;
  updatedAt: string;
  lines: ShopifyLine[];
}

interface Parts {
  customers: ShopifyCustomer[];
  orders: ShopifyOrder[];
  products: ShopifyProduct[];
  today: Date;
}

const count = 12;

/** A dozen quotes of the last weeks: every third has become an order, every third waits for the customer. */
export function shopifyDraftOrders(parts: Parts): ShopifyDraftOrder[] {
  const sales = parts.products.filter(({ status }) => status === 'ACTIVE');
  if (sales.length === 0 || parts.customers.length === 0) return [];
  return Array.from({ length: count }, (_, index) => toDraft(index, { ...parts, products: sales }));
}

function toDraft(index: number, { customers, orders, products, today }: Parts): ShopifyDraftOrder {
  const status = (['OPEN', 'INVOICE_SENT', 'COMPLETED'] as const)[index % 3] ?? 'OPEN';
  const order = status === 'COMPLETED' ? orders.at(-1 - index * 7) : undefined;
  const customer =
    customers.find(({ id }) => id === order?.customerId) ??
    customers[(index * 37) % customers.length];
  const at = startOfDay(today) - days(count - index) * 2 + minutes(570);
  const createdAt = new Date(
    Math.min(at, Date.parse(order?.createdAt ?? '9999-01-01')),
  ).toISOString();
  const product = products[(index * 11) % products.length];
  const variant = product?.variants[0];
  return {
    id: 1_200_000_000_000 + index + 1,
    name: `#D${index + 1}`,
    status,
    customerId: customer?.id ?? null,
    email: customer?.email ?? null,
    orderId: order?.id ?? null,
    note: index % 4 === 0 ? 'Asked by phone for a quote.' : null,
    tags: index % 2 === 0 ? ['quote'] : [],
    createdAt: createdAt.replace('.000', ''),
    updatedAt: createdAt.replace('.000', ''),
    lines: order?.lines ?? [
      {
        id: 57_000_000_000_000 + index,
        variantId: variant?.id ?? null,
        title: product?.title ?? '',
        sku: variant?.sku ?? null,
        quantity: 10,
        unitPrice: variant?.price ?? 0,
      },
    ],
  };
}
