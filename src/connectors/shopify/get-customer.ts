import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import type { Shopify } from './api/shopify.ts';
import { contactArgument, recordArgument } from './arguments.ts';
import { requireGid } from './ids.ts';
import { notFound } from './not-found.ts';
import { customerFields, customerShape, toCustomer } from './records/customer.ts';
import { text, withoutEmpty } from './records/fields.ts';
import { orderFields, orderNode } from './records/order.ts';

export const customerQuery = `query customer($customer: CustomerIdentifierInput!, $contact: Boolean!) {
  customer: customerByIdentifier(identifier: $customer) {
    ${customerFields}
    note
    addressesV2(first: 5) @include(if: $contact) { nodes { formatted(withName: true, withCompany: true) } }
    orders(first: 10, sortKey: CREATED_AT, reverse: true) { nodes { ${orderFields} } }
  }
}`;

const answer = z.object({
  customer: z
    .object({
      ...customerShape,
      note: text(1_000).nullish(),
      addressesV2: z.object({ nodes: z.array(z.object({ formatted: z.array(text()) })) }).nullish(),
      orders: z.object({ nodes: z.array(orderNode) }).nullish(),
    })
    .nullable(),
});

export const getCustomer = (shopify: Shopify) =>
  defineTool({
    name: 'get_customer',
    description: 'Read one customer with the last 10 orders.',
    input: z.object({
      customer: recordArgument.describe('Id or e-mail'),
      include_contact: contactArgument,
    }),
    output: z.object({ customer: z.unknown() }),
    annotations: readsOnly,
    async run({ customer: wanted, include_contact: contact }, caller) {
      shopify.require('get_customer', 'read_customers');
      const customer = toIdentifier(wanted);
      const { data, notes } = await shopify.ask(
        customerQuery,
        { customer, contact },
        answer,
        caller,
      );
      if (!data.customer) throw notFound('customer', wanted, [], 'list_customers with a name');
      const { orders, addressesV2, note, ...rest } = data.customer;
      return {
        customer: withoutEmpty({
          ...toCustomer(rest, contact),
          note,
          addresses: addressesV2?.nodes.map(({ formatted }) => formatted.join(', ')),
          // Whose they are stands above.
          recent_orders: orders?.nodes.map(({ customer: _, ...order }) => order),
        }),
        ...(notes.length > 0 && { notes }),
      };
    },
  });

const toIdentifier = (customer: string) =>
  customer.includes('@') ? { emailAddress: customer } : { id: requireGid('Customer', customer) };
