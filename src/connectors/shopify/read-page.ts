import { z } from 'zod';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import type { Caller, Shopify, Variables } from './api/shopify.ts';
import { connection } from './records/connection.ts';

/** What every list answers, with its `count` and, where there is one, `next_cursor` and `notes`. */
export const pageOutput = z.object({ items: z.array(z.unknown()), truncated: z.boolean() });

/** A list of a shop, and the page of it that is wanted. */
export interface PageRequest {
  tool: string;
  /** The list's name in the schema; it is the only one that the query asks for. */
  root: string;
  /** Has `$first` and `$after`, and selects with `edgesOf`. */
  query: string;
  variables: Variables;
  node: z.ZodType;
  /** The arguments of the tool, for which its cursors hold. */
  args: { limit: number; cursor?: string | undefined };
}

/** One page: as many items as were asked for and fit, and a cursor when there are more. */
export async function readPage(
  shopify: Shopify,
  { tool, root, query, variables, node, args }: PageRequest,
  caller: Caller,
) {
  const after = readCursor(tool, args, args.cursor);
  const asked = { ...variables, first: args.limit, ...(after !== undefined && { after }) };
  const shape = z.object({ [root]: connection(node) });
  const { data, notes } = await shopify.ask(query, asked, shape, caller);
  const { edges = [], pageInfo } = data[root] ?? {};
  const { items, truncated } = fitItems(edges.map(({ node }) => node));
  const last = edges[items.length - 1]?.cursor;
  const hasMore = truncated || (pageInfo?.hasNextPage ?? false);
  return {
    items,
    count: items.length,
    truncated: hasMore,
    ...(hasMore && last !== undefined && { next_cursor: toCursor(tool, args, last) }),
    ...(notes.length > 0 && { notes }),
  };
}
