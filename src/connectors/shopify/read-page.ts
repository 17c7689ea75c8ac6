import { z } from 'zod';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import type { Caller, Shopify, Variables } from './api/shopify.ts';
import { connection } from './records/connection.ts';

/** What every list answers, with its `count` and, where there is one, `next_cursor` and `notes`. */
export const pageOutput = z.object({ items: z.array(z.unknown()), truncated: z.boolean() });

/** A list of a shop. */
export interface List {
  tool: string;
  /** The list's name in the schema; it is the only one that the query asks for. */
  root: string;
  /** Has `$first` and `$after`, and selects with `edgesOf`. */
  query: string;
  node: z.ZodType;
}

/** The page of a list that is wanted. */
export interface PageRequest {
  variables: Variables;
  /** The arguments of the tool, for which its cursors hold. */
  args: { limit: number; cursor?: string | undefined };
}

/** A reader of the list's pages. To be made once: zod compiles a shape where it is first used. */
export function toPageReader(list: List) {
  const shape = z.object({ [list.root]: connection(list.node) });
  return (shopify: Shopify, request: PageRequest, caller: Caller) =>
    readPage(shopify, { ...list, ...request, shape }, caller);
}

type Shape = z.ZodObject<Record<string, ReturnType<typeof connection>>>;

/** One page: as many items as were asked for and fit, and a cursor when there are more. */
async function readPage(
  shopify: Shopify,
  { tool, root, query, variables, shape, args }: List & PageRequest & { shape: Shape },
  caller: Caller,
) {
  const after = readCursor(tool, args, args.cursor);
  const asked = { ...variables, first: args.limit, ...(after !== undefined && { after }) };
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
