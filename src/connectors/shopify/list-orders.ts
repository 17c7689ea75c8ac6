import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { ToolError } from '../tool-error.ts';
import type { Shopify } from './api/shopify.ts';
import { filterArgument, queryArgument } from './arguments.ts';
import { shortId, toGid } from './ids.ts';
import { pageOutput, toPageReader } from './read-page.ts';
import { edgesOf } from './records/connection.ts';
import { orderFields, orderNode } from './records/order.ts';
import { type Filter, toSearch } from './search/to-search.ts';

export const ordersQuery = `query orders($first: Int!, $after: String, $query: String, $sortKey: OrderSortKeys, $reverse: Boolean) {
  orders(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) ${edgesOf(orderFields)}
}`;

const orders = {
  newest: { sortKey: 'CREATED_AT', reverse: true },
  oldest: { sortKey: 'CREATED_AT', reverse: false },
  updated: { sortKey: 'UPDATED_AT', reverse: true },
  total: { sortKey: 'TOTAL_PRICE', reverse: true },
};

const readOrders = toPageReader({
  tool: 'list_orders',
  root: 'orders',
  query: ordersQuery,
  node: orderNode,
});

export const listOrders = (shopify: Shopify) =>
  defineTool({
    name: 'list_orders',
    description:
      'List orders with totals and statuses. For how many use count_records, for sums run_shopifyql.',
    input: z.object({
      query: queryArgument.describe('Shopify search: tag:vip -status:closed'),
      created_after: filterArgument.describe('2026-11-01'),
      created_before: filterArgument,
      financial_status: filterArgument.describe('paid, pending, refunded, …'),
      fulfillment_status: filterArgument.describe('unfulfilled, shipped, partial, …'),
      customer: filterArgument.describe('Id or e-mail'),
      sort: z.enum(['newest', 'oldest', 'updated', 'total']).default('newest'),
      limit: limitArgument(25, 100),
      cursor: cursorArgument,
    }),
    output: pageOutput,
    annotations: readsOnly,
    async run(args, caller) {
      shopify.require('list_orders', 'read_orders');
      const filters: Filter[] = [
        ['created_at:>=', args.created_after],
        ['created_at:<', args.created_before],
        ['financial_status', args.financial_status],
        ['fulfillment_status', args.fulfillment_status],
        ...(args.customer ? [toCustomerFilter(args.customer)] : []),
      ];
      const query = toSearch('orders', args.query, filters);
      const variables = { query, ...orders[args.sort] };
      return readOrders(shopify, { variables, args }, caller);
    },
  });

/** Orders know their customer by id or e-mail, not by name. */
function toCustomerFilter(customer: string): Filter {
  if (customer.includes('@')) return ['email', customer];
  const id = toGid('Customer', customer);
  if (id) return ['customer_id', shortId(id)];
  throw new ToolError(
    'INVALID_ARGUMENT',
    `orders are found by a customer's id or e-mail, and ${JSON.stringify(outsideText(customer, 60))} is neither`,
    { try: 'list_customers with the name as its query gives the id' },
  );
}
