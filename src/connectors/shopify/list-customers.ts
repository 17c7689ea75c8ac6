import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import type { Shopify } from './api/shopify.ts';
import { contactArgument, queryArgument } from './arguments.ts';
import { pageOutput, toPageReader } from './read-page.ts';
import { edgesOf } from './records/connection.ts';
import { customerFields, customerNode } from './records/customer.ts';
import { toSearch } from './search/to-search.ts';

export const customersQuery = `query customers($first: Int!, $after: String, $query: String, $sortKey: CustomerSortKeys, $reverse: Boolean) {
  customers(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) ${edgesOf(customerFields)}
}`;

const orders = {
  newest: { sortKey: 'CREATED_AT', reverse: true },
  updated: { sortKey: 'UPDATED_AT', reverse: true },
  name: { sortKey: 'NAME', reverse: false },
};

const toReader = (contact: boolean) =>
  toPageReader({
    tool: 'list_customers',
    root: 'customers',
    query: customersQuery,
    node: customerNode(contact),
  });

const readMasked = toReader(false);
const readWithContact = toReader(true);

export const listCustomers = (shopify: Shopify) =>
  defineTool({
    name: 'list_customers',
    description: 'List customers with number of orders and amount spent.',
    input: z.object({
      query: queryArgument.describe('A name, or country:Germany orders_count:>5'),
      sort: z.enum(['newest', 'updated', 'name']).default('newest'),
      include_contact: contactArgument,
      limit: limitArgument(25, 100),
      cursor: cursorArgument,
    }),
    output: pageOutput,
    annotations: readsOnly,
    async run(args, caller) {
      shopify.require('list_customers', 'read_customers');
      const variables = { query: toSearch('customers', args.query), ...orders[args.sort] };
      const read = args.include_contact ? readWithContact : readMasked;
      return read(shopify, { variables, args }, caller);
    },
  });
