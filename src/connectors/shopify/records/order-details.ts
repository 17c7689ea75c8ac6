import { z } from 'zod';
import { firstNodes, nodesOf } from './connection.ts';
import { shopMoney, text, withoutEmpty, word } from './fields.ts';
import { amount, orderFields, orderShape, toOrder } from './order.ts';

/** What is read of one order. What belongs to a person beyond the name comes with `$contact` only. */
export const orderDetailFields = `${orderFields}
  note cancelReason returnStatus discountCodes
  currentSubtotalPriceSet ${amount}
  totalDiscountsSet ${amount}
  totalShippingPriceSet ${amount}
  currentTotalTaxSet ${amount}
  totalRefundedSet ${amount}
  email @include(if: $contact)
  phone @include(if: $contact)
  shippingAddress {
    city provinceCode countryCodeV2
    name @include(if: $contact) company @include(if: $contact) address1 @include(if: $contact)
    address2 @include(if: $contact) zip @include(if: $contact) phone @include(if: $contact)
  }
  lineItems(first: 50) ${nodesOf(`id title variantTitle sku quantity currentQuantity unfulfilledQuantity discountedUnitPriceSet ${amount}`)}
  fulfillments(first: 20) { id status createdAt trackingInfo(first: 5) { company number } }
  refunds(first: 10) { id createdAt note totalRefundedSet ${amount} }
  transactions(first: 10) { kind status gateway processedAt amountSet ${amount} }`;

const line = z
  .object({
    title: text(),
    variantTitle: text().nullish(),
    sku: text().nullish(),
    quantity: z.number(),
    currentQuantity: z.number(),
    unfulfilledQuantity: z.number(),
    discountedUnitPriceSet: shopMoney,
  })
  .transform((line) =>
    withoutEmpty({
      title: line.title,
      variant: line.variantTitle === 'Default Title' ? undefined : line.variantTitle,
      sku: line.sku,
      quantity: line.quantity,
      ...(line.currentQuantity !== line.quantity && { quantity_now: line.currentQuantity }),
      unfulfilled: line.unfulfilledQuantity,
      unit_price: line.discountedUnitPriceSet,
    }),
  );

const tracking = z.object({ company: text(80).nullish(), number: text(120).nullish() });

const fulfillment = z
  .object({ status: word, createdAt: z.string(), trackingInfo: z.array(tracking) })
  .transform(({ status, createdAt, trackingInfo }) =>
    withoutEmpty({ status, created_at: createdAt, tracking: trackingInfo.map(withoutEmpty) }),
  );

const refund = z
  .object({ createdAt: z.string().nullish(), note: text().nullish(), totalRefundedSet: shopMoney })
  .transform(({ createdAt, note, totalRefundedSet }) =>
    withoutEmpty({ created_at: createdAt, amount: totalRefundedSet, note }),
  );

const payment = z
  .object({
    kind: word,
    status: word,
    gateway: text(80).nullish(),
    processedAt: z.string().nullish(),
    amountSet: shopMoney,
  })
  .transform(({ processedAt, amountSet, ...rest }) =>
    withoutEmpty({ ...rest, amount: amountSet, processed_at: processedAt }),
  );

const address = z
  .object({
    name: text().nullish(),
    company: text().nullish(),
    address1: text().nullish(),
    address2: text().nullish(),
    zip: text(40).nullish(),
    city: text().nullish(),
    provinceCode: text(40).nullish(),
    countryCodeV2: text(40).nullish(),
    phone: text(60).nullish(),
  })
  .transform(({ provinceCode, countryCodeV2, ...rest }) =>
    withoutEmpty({ ...rest, province: provinceCode, country: countryCodeV2 }),
  );

/** The shape of `orderDetailFields`. */
export const orderDetailShape = z.object({
  ...orderShape,
  note: text(1_000).nullish(),
  cancelReason: word.nullish(),
  returnStatus: word.nullish(),
  discountCodes: z.array(text(80)),
  currentSubtotalPriceSet: shopMoney.nullish(),
  totalDiscountsSet: shopMoney.nullish(),
  totalShippingPriceSet: shopMoney.nullish(),
  currentTotalTaxSet: shopMoney.nullish(),
  totalRefundedSet: shopMoney.nullish(),
  email: text().nullish(),
  phone: text(60).nullish(),
  shippingAddress: address.nullish(),
  lineItems: firstNodes(line),
  fulfillments: z.array(fulfillment),
  refunds: z.array(refund),
  transactions: z.array(payment),
});

/** One order as our answers tell of it, with those of its lines that fit. */
export function toOrderDetails(
  order: z.output<typeof orderDetailShape>,
  lines: z.output<typeof line>[],
) {
  return withoutEmpty({
    ...toOrder(order),
    note: order.note,
    cancel_reason: order.cancelReason,
    ...(order.returnStatus !== 'no_return' && { return_status: order.returnStatus }),
    discount_codes: order.discountCodes,
    subtotal: order.currentSubtotalPriceSet,
    discounts: order.totalDiscountsSet,
    shipping: order.totalShippingPriceSet,
    tax: order.currentTotalTaxSet,
    refunded: order.totalRefundedSet,
    email: order.email,
    phone: order.phone,
    ship_to: order.shippingAddress,
    lines,
    fulfillments: order.fulfillments,
    refunds: order.refunds,
    payments: order.transactions,
  });
}
