import type { GraphQLResolveInfo } from 'graphql';
import type { ShopifyCustomer } from '../../shop/shopify/shopify-customers.ts';
import type { ShopifyOrder, ShopifyTransaction } from '../../shop/shopify/shopify-orders.ts';
import { firstOf, type PageArgs, toConnection } from '../connection.ts';
import type { ApiContext } from '../context.ts';
import { toGid } from '../global-id.ts';
import { toAmount, toBag, toMoney } from '../money.ts';
import { searchConnection } from '../search/search-items.ts';
import type { Store } from '../store.ts';
import {
  addressNode,
  fulfillmentNode,
  fulfillmentOrderNode,
  lineNode,
  refundNode,
  transactionNode,
} from './order-parts.ts';
import type { Node } from './product-nodes.ts';
import { shopDomain } from './shop-nodes.ts';

const idOf = ({ id }: { id: number }) => id;

/** Prices hold 19 % tax, which goes down to whole cents. */
const taxOf = (cents: number): number => Math.round((cents * 19) / 119);

/** `Order`. */
export function orderNode(store: Store, order: ShopifyOrder): Node {
  const current = store.currentTotal(order);
  const isGone = current === 0;
  const quantity = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const refunded = order.refundedAt === null ? 0 : order.total;
  const code = order.discountCode;
  return {
    ...order,
    ...addressNodes(order),
    __typename: 'Order',
    id: toGid('Order', order.id),
    legacyResourceId: String(order.id),
    processedAt: order.createdAt,
    closed: order.closedAt !== null,
    confirmed: true,
    cancelReason: order.cancelledAt === null ? null : 'CUSTOMER',
    displayFinancialStatus: order.financialStatus,
    displayFulfillmentStatus: order.fulfillmentStatus,
    returnStatus: 'NO_RETURN',
    fullyPaid: order.financialStatus === 'PAID',
    unpaid: order.financialStatus === 'PENDING',
    test: false,
    sourceName: 'web',
    currencyCode: 'EUR',
    presentmentCurrencyCode: 'EUR',
    taxesIncluded: true,
    discountCode: code,
    discountCodes: code === null ? [] : [code],
    statusPageUrl: `https://${shopDomain}/orders/${order.id}`,
    subtotalLineItemsQuantity: quantity,
    currentSubtotalLineItemsQuantity: isGone ? 0 : quantity,
    subtotalPriceSet: toBag(order.subtotal - order.discount),
    currentSubtotalPriceSet: toBag(current),
    totalPriceSet: toBag(order.total),
    totalPrice: toMoney(order.total),
    currentTotalPriceSet: toBag(current),
    netPaymentSet: toBag(order.financialStatus === 'PAID' ? order.total : 0),
    totalReceivedSet: toBag(order.transactions.some(isPaid) ? order.total : 0),
    totalOutstandingSet: toBag(order.financialStatus === 'PENDING' ? order.total : 0),
    totalDiscountsSet: toBag(order.discount),
    currentTotalDiscountsSet: toBag(isGone ? 0 : order.discount),
    totalShippingPriceSet: toBag(0),
    totalTaxSet: toBag(taxOf(order.total)),
    currentTotalTaxSet: toBag(taxOf(current)),
    totalRefundedSet: toBag(refunded),
    customer: () => customerNodeOf(store, order.customerId),
    lineItems: (args: PageArgs) =>
      toConnection(order.lines, args, { idOf, toNode: (line) => lineNode(store, order, line) }),
    fulfillments: (args: PageArgs) =>
      firstOf(order.fulfillments, args).map((each) => fulfillmentNode(order, each)),
    fulfillmentsCount: { count: order.fulfillments.length, precision: 'EXACT' },
    fulfillmentOrders: (args: PageArgs) =>
      toConnection([order], args, { idOf, toNode: () => fulfillmentOrderNode(store, order) }),
    refunds: (args: PageArgs) =>
      firstOf(order.refundedAt === null ? [] : [refundNode(order)], args),
    transactions: (args: PageArgs) => firstOf(order.transactions, args).map(transactionNode),
  };
}

const isPaid = ({ kind, status }: ShopifyTransaction) => kind === 'SALE' && status === 'SUCCESS';

function customerNodeOf(store: Store, customerId: number | null) {
  const customer = store.customers.get(customerId ?? 0);
  return customer ? customerNode(store, customer) : null;
}

function addressNodes({ shippingAddress }: ShopifyOrder) {
  const address = shippingAddress && addressNode(shippingAddress);
  return { shippingAddress: address, billingAddress: address };
}

/** `Customer`. */
export function customerNode(store: Store, customer: ShopifyCustomer): Node {
  const { phone, wantsNews, addresses } = customer;
  const marketing = {
    marketingState: wantsNews ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED',
    marketingOptInLevel: wantsNews ? 'SINGLE_OPT_IN' : null,
    marketingUpdatedAt: null,
  };
  const orders = () => store.ordersOf(customer.id);
  const toOrder = (order: ReturnType<typeof orders>[number] | undefined) =>
    order ? orderNode(store, order) : null;
  return {
    ...customer,
    __typename: 'Customer',
    id: toGid('Customer', customer.id),
    legacyResourceId: String(customer.id),
    displayName: `${customer.firstName} ${customer.lastName}`,
    defaultEmailAddress: {
      __typename: 'CustomerEmailAddress',
      emailAddress: customer.email,
      ...marketing,
    },
    defaultPhoneNumber: phone && {
      __typename: 'CustomerPhoneNumber',
      phoneNumber: phone,
      ...marketing,
    },
    verifiedEmail: true,
    locale: 'en',
    numberOfOrders: () => String(orders().length),
    amountSpent: () => toAmount(store.spentBy(customer.id)),
    lastOrder: () => toOrder(orders().at(-1)),
    defaultAddress: addresses[0] ? addressNode(addresses[0]) : null,
    addresses: addresses.map(addressNode),
    addressesV2: (args: PageArgs) =>
      toConnection(addresses, args, { idOf: ({ id }) => id, toNode: addressNode }),
    orders: (args: PageArgs, context: ApiContext, info: GraphQLResolveInfo) =>
      searchConnection(args, {
        items: orders().filter(context.sees),
        table: context.tables.orders,
        context,
        info,
        idOf: ({ id }) => id,
        toNode: toOrder,
      }),
  };
}
