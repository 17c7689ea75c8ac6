import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import type { Shopify } from './api/shopify.ts';
import { queryArgument } from './arguments.ts';
import { pageOutput, toPageReader } from './read-page.ts';
import { edgesOf } from './records/connection.ts';
import { draftOrderFields, draftOrderNode } from './records/draft-order.ts';
import { toSearch } from './search/to-search.ts';

export const draftOrdersQuery = `query draftOrders($first: Int!, $after: String, $query: String) {
  draftOrders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT, reverse: true) ${edgesOf(draftOrderFields)}
}`;

const readDraftOrders = toPageReader({
  tool: 'list_draft_orders',
  root: 'draftOrders',
  query: draftOrdersQuery,
  node: draftOrderNode,
});

export const listDraftOrders = (shopify: Shopify) =>
  defineTool({
    name: 'list_draft_orders',
    description: 'List draft orders, the last changed first.',
    input: z.object({
      query: queryArgument,
      status: z.enum(['open', 'invoice_sent', 'completed']).optional(),
      limit: limitArgument(25, 100),
      cursor: cursorArgument,
    }),
    output: pageOutput,
    annotations: readsOnly,
    async run(args, caller) {
      shopify.require('list_draft_orders', 'read_draft_orders');
      const query = toSearch('draftOrders', args.query, [['status', args.status]]);
      const variables = { query };
      return readDraftOrders(shopify, { variables, args }, caller);
    },
  });
