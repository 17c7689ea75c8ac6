import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { ToolError } from '../tool-error.ts';
import { allows } from './api/scopes.ts';
import type { Shopify } from './api/shopify.ts';
import { contactArgument, recordArgument } from './arguments.ts';
import { findOrderId } from './find-order.ts';
import { notFound } from './not-found.ts';
import { orderDetailFields, orderDetailShape, toOrderDetails } from './records/order-details.ts';

export const orderQuery = `query order($id: ID!, $contact: Boolean!) {
  order(id: $id) { ${orderDetailFields} }
}`;

const answer = z.object({ order: orderDetailShape.nullable() });

/** Of the lines in an answer. */
const maxBytes = 12_000;
const moreLines = 'There are more lines; graphql_query with lineItems(first: 250) gives them.';

export const getOrder = (shopify: Shopify) =>
  defineTool({
    name: 'get_order',
    description:
      'Read one order: lines, totals, discounts, refunds, fulfillments with tracking, payments.',
    input: z.object({
      order: recordArgument.describe('#1001 or id'),
      include_contact: contactArgument,
    }),
    output: z.object({ order: z.unknown() }),
    annotations: readsOnly,
    async run({ order, include_contact: contact }, caller) {
      shopify.require('get_order', 'read_orders');
      const id = await findOrderId(shopify, order, caller);
      const reply = id ? await shopify.ask(orderQuery, { id, contact }, answer, caller) : undefined;
      const found = reply?.data.order;
      if (!found) throw orderNotFound(shopify, order);
      const { nodes, pageInfo } = found.lineItems;
      const lines = fitItems(nodes, maxBytes);
      const isCut = lines.truncated || pageInfo.hasNextPage;
      const notes = [...reply.notes, ...(isCut ? [moreLines] : [])];
      return { order: toOrderDetails(found, lines.items), ...(notes.length > 0 && { notes }) };
    },
  });

/** An order that is not there may also be one that the token may not see. */
export function orderNotFound(shopify: Shopify, order: string): ToolError {
  const mayBeOld = !allows(shopify.granted ?? new Set(), 'read_all_orders');
  if (!mayBeOld) return notFound('order', order, [], 'list_orders');
  return new ToolError('NOT_FOUND', notFound('order', order, [], '').what, {
    why: 'orders older than 60 days are hidden from a token without read_all_orders',
    try: 'list_orders, or telling the operator to add read_all_orders',
  });
}
