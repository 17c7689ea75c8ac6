import { z } from 'zod';
import { shopMoney, tags, text, toIds, withoutEmpty, word } from './fields.ts';

/** An amount in the shop's currency. */
export const amount = '{ shopMoney { amount currencyCode } }';

/** What a list shows of an order. */
export const orderFields = `id name createdAt processedAt cancelledAt test sourceName
  displayFinancialStatus displayFulfillmentStatus
  currentTotalPriceSet ${amount}
  currentSubtotalLineItemsQuantity
  customer { id displayName }
  tags`;

/** The shape of `orderFields`. */
export const orderShape = {
  id: z.string(),
  name: text(80),
  createdAt: z.string(),
  processedAt: z.string().nullish(),
  cancelledAt: z.string().nullish(),
  test: z.boolean().nullish(),
  sourceName: text(80).nullish(),
  displayFinancialStatus: word.nullish(),
  displayFulfillmentStatus: word.nullish(),
  currentTotalPriceSet: shopMoney,
  currentSubtotalLineItemsQuantity: z.number().nullish(),
  customer: z.object({ id: z.string(), displayName: text() }).nullish(),
  tags,
};

const shape = z.object(orderShape);

/** An order as our answers tell of it. */
export function toOrder(order: z.output<typeof shape>) {
  return withoutEmpty({
    ...toIds(order.id),
    name: order.name,
    created_at: order.createdAt,
    ...(order.processedAt !== order.createdAt && { processed_at: order.processedAt }),
    cancelled_at: order.cancelledAt,
    financial_status: order.displayFinancialStatus,
    fulfillment_status: order.displayFulfillmentStatus,
    total: order.currentTotalPriceSet,
    items: order.currentSubtotalLineItemsQuantity,
    customer: order.customer && { id: order.customer.id, name: order.customer.displayName },
    source: order.sourceName,
    tags: order.tags,
    ...(order.test && { test: true }),
  });
}

export const orderNode = shape.transform(toOrder);
