import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import type { Shopify } from './api/shopify.ts';
import { queryArgument } from './arguments.ts';
import { toSearch } from './search/to-search.ts';

/** What can be counted: the count's name in the schema, the list's search fields that it takes, its scope. */
const kinds = {
  products: { root: 'productsCount', search: 'productsCount', scope: 'read_products' },
  variants: { root: 'productVariantsCount', search: 'productVariants', scope: 'read_products' },
  orders: { root: 'ordersCount', search: 'ordersCount', scope: 'read_orders' },
  customers: { root: 'customersCount', search: 'customersCount', scope: 'read_customers' },
  draft_orders: {
    root: 'draftOrdersCount',
    search: 'draftOrdersCount',
    scope: 'read_draft_orders',
  },
} as const;

type Kind = keyof typeof kinds;

/** Shopify counts exactly up to here, then says "at least". */
const exactUpTo = 25_000;

const toQuery = (kind: Kind) =>
  `query count($query: String) { ${kinds[kind].root}(query: $query, limit: ${exactUpTo}) { count precision } }`;

const names = Object.keys(kinds) as [Kind, ...Kind[]];

export const countQueries = Object.fromEntries(names.map((kind) => [kind, toQuery(kind)]));

const count = z.object({ count: z.number(), precision: z.enum(['EXACT', 'AT_LEAST']) });
const answer = z.record(z.string(), count);

export const countRecords = (shopify: Shopify) =>
  defineTool({
    name: 'count_records',
    description:
      'Count records that match a search, exactly to 25,000; customers by created_at, updated_at and id only.',
    input: z.object({ kind: z.enum(names), query: queryArgument }),
    output: z.object({ count: z.number(), precision: z.string() }),
    annotations: readsOnly,
    async run(args, caller) {
      const { root, search, scope } = kinds[args.kind];
      shopify.require(`counting ${args.kind}`, scope);
      const query = toSearch(search, args.query);
      const { data } = await shopify.ask(toQuery(args.kind), { query }, answer, caller);
      const found = data[root];
      return {
        count: found?.count ?? 0,
        precision: found?.precision === 'AT_LEAST' ? 'at_least' : 'exact',
      };
    },
  });
