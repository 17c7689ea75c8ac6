import type { ShopifyOrder } from '../../shop/shopify/shopify-orders.ts';
import type { Store } from '../store.ts';
import { dated, datedSorts, flag, id, number, tagged, text, time, word } from './search-fields.ts';
import { type SearchTable, unsetFields } from './search-table.ts';

/** Of `orders` and `ordersCount`. */
export function orderTable(store: Store): SearchTable<ShopifyOrder> {
  return {
    sortKey: 'PROCESSED_AT',
    sorts: {
      ...datedSorts,
      PROCESSED_AT: ({ createdAt }) => createdAt,
      ORDER_NUMBER: (order) => order.number,
      TOTAL_PRICE: ({ total }) => total,
      CURRENT_TOTAL_PRICE: (order) => store.currentTotal(order),
      CUSTOMER_NAME: ({ customerId }) => store.nameOf(customerId),
      FINANCIAL_STATUS: ({ financialStatus }) => financialStatus,
      FULFILLMENT_STATUS: ({ fulfillmentStatus }) => fulfillmentStatus,
      DESTINATION: ({ shippingAddress }) => shippingAddress?.city ?? '',
      TOTAL_ITEMS_QUANTITY: ({ lines }) => lines.reduce((sum, line) => sum + line.quantity, 0),
      PO_NUMBER: () => '',
    },
    fields: {
      ...dated(),
      ...tagged(),
      default: text((order) => [
        order.name,
        String(order.number),
        order.email ?? '',
        store.nameOf(order.customerId),
        ...order.lines.flatMap(({ title, sku }) => [title, sku ?? '']),
      ]),
      name: word(({ name, number: digits }) => [name, String(digits)]),
      email: word(({ email }) => email),
      customer_id: id(({ customerId }) => customerId),
      processed_at: time(({ createdAt }) => createdAt),
      status: word(toOrderStatus),
      financial_status: word(({ financialStatus }) => financialStatus),
      fulfillment_status: word(({ fulfillmentStatus }) =>
        fulfillmentStatus === 'FULFILLED' ? ['fulfilled', 'shipped'] : ['unfulfilled', 'unshipped'],
      ),
      return_status: word(() => 'no_return'),
      current_total_price: number((order) => store.currentTotal(order) / 100),
      subtotal_line_items_quantity: number(({ lines }) =>
        lines.reduce((sum, line) => sum + line.quantity, 0),
      ),
      discount_code: word(({ discountCode }) => discountCode),
      gateway: word(({ transactions }) => transactions.map(({ gateway }) => gateway)),
      sku: word(({ lines }) => lines.flatMap(({ sku }) => sku ?? [])),
      source_name: word(() => 'web'),
      sales_channel: word(() => 'online_store'),
      channel: word(() => 'online_store'),
      delivery_method: word(() => 'shipping'),
      risk_level: word(() => 'none'),
      test: flag(() => false),
      ...unsetFields(
        'cart_token',
        'channel_id',
        'chargeback_status',
        'checkout_token',
        'confirmation_number',
        'credit_card_last4',
        'fraud_protection_level',
        'fulfillment_location_id',
        'location_id',
        'payment_id',
        'payment_provider_id',
        'po_number',
        'reference_location_id',
        'source_identifier',
        'total_weight',
      ),
    },
  };
}

function toOrderStatus({ cancelledAt, closedAt }: ShopifyOrder): string[] {
  if (cancelledAt !== null) return ['any', 'cancelled'];
  return closedAt === null ? ['any', 'open', 'not_closed'] : ['any', 'closed'];
}
