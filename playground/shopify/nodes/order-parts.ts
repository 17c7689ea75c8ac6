import type { ShopifyAddress } from '../../shop/shopify/shopify-customers.ts';
import type {
  ShopifyFulfillment,
  ShopifyLine,
  ShopifyOrder,
  ShopifyTransaction,
} from '../../shop/shopify/shopify-orders.ts';
import { type PageArgs, toConnection } from '../connection.ts';
import { toGid } from '../global-id.ts';
import { toBag } from '../money.ts';
import type { Store } from '../store.ts';
import { locationNode, type Node, productNode, variantNode } from './product-nodes.ts';

const idOf = ({ id }: { id: number }) => id;

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** `MailingAddress`. */
export const addressNode = (address: ShopifyAddress): Node => ({
  ...address,
  __typename: 'MailingAddress',
  id: `${toGid('MailingAddress', address.id)}?model_name=CustomerAddress`,
  countryCodeV2: address.countryCode,
  country: countries.of(address.countryCode),
  provinceCode: null,
  formatted: [address.address1, `${address.zip ?? ''} ${address.city}`.trim()],
});

/** `LineItem`; what was paid back or cancelled is no longer current. */
export function lineNode(store: Store, order: ShopifyOrder, line: ShopifyLine): Node {
  const variant = store.variants.get(line.variantId ?? 0);
  const product = store.products.get(variant?.productId ?? 0);
  const current = store.currentTotal(order) === 0 ? 0 : line.quantity;
  const isSent = order.fulfillmentStatus === 'FULFILLED';
  return {
    ...line,
    __typename: 'LineItem',
    id: toGid('LineItem', line.id),
    number: line.id,
    name: line.title,
    variantTitle: variant?.title ?? null,
    vendor: line.title.split(' ')[0],
    currentQuantity: current,
    unfulfilledQuantity: isSent ? 0 : current,
    originalUnitPriceSet: toBag(line.unitPrice),
    discountedUnitPriceSet: toBag(line.unitPrice),
    originalTotalSet: toBag(line.unitPrice * line.quantity),
    discountedTotalSet: toBag(line.unitPrice * line.quantity),
    variant: () => variant && variantNode(store, variant),
    product: () => product && productNode(store, product),
  };
}

/** `Fulfillment`. */
export const fulfillmentNode = (order: ShopifyOrder, each: ShopifyFulfillment): Node => ({
  ...each,
  __typename: 'Fulfillment',
  id: toGid('Fulfillment', each.id),
  legacyResourceId: String(each.id),
  name: `${order.name}-F1`,
  status: 'SUCCESS',
  updatedAt: each.deliveredAt ?? each.createdAt,
  inTransitAt: each.createdAt,
  trackingInfo: each.trackingNumber
    ? [{ company: each.company, number: each.trackingNumber, url: null }]
    : [],
});

/** `FulfillmentOrder`: one for each order, at the warehouse. */
export function fulfillmentOrderNode(store: Store, order: ShopifyOrder): Node {
  const isSent = order.fulfillmentStatus === 'FULFILLED';
  const warehouse = store.data.locations.find(({ fulfillsOnlineOrders }) => fulfillsOnlineOrders);
  const open = order.cancelledAt === null ? 'OPEN' : 'CANCELLED';
  return {
    __typename: 'FulfillmentOrder',
    id: toGid('FulfillmentOrder', order.id),
    status: isSent ? 'CLOSED' : open,
    requestStatus: 'UNSUBMITTED',
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    orderName: order.name,
    assignedLocation: {
      name: warehouse?.name ?? '',
      location: () => warehouse && locationNode(store, warehouse),
    },
    lineItems: (args: PageArgs) =>
      toConnection(order.lines, args, {
        idOf,
        toNode: (line) => ({
          __typename: 'FulfillmentOrderLineItem',
          id: toGid('FulfillmentOrderLineItem', line.id),
          productTitle: line.title,
          sku: line.sku,
          totalQuantity: line.quantity,
          remainingQuantity: isSent || open === 'CANCELLED' ? 0 : line.quantity,
        }),
      }),
  };
}

/** `Refund`: all of it, or none. */
export const refundNode = (order: ShopifyOrder): Node => ({
  __typename: 'Refund',
  id: toGid('Refund', order.id),
  legacyResourceId: String(order.id),
  createdAt: order.refundedAt,
  note: null,
  totalRefundedSet: toBag(order.total),
});

/** `OrderTransaction`. */
export const transactionNode = (each: ShopifyTransaction): Node => ({
  ...each,
  __typename: 'OrderTransaction',
  id: toGid('OrderTransaction', each.id),
  amountSet: toBag(each.amount),
  createdAt: each.processedAt,
  formattedGateway: each.gateway,
  errorCode: each.status === 'FAILURE' ? 'CARD_DECLINED' : null,
  test: false,
});
