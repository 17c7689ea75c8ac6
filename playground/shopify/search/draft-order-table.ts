import type { ShopifyDraftOrder } from '../../shop/shopify/shopify-draft-orders.ts';
import type { Store } from '../store.ts';
import { dated, datedSorts, id, text, word } from './search-fields.ts';
import { type SearchTable, unsetFields } from './search-table.ts';

/** Of `draftOrders`. */
export function draftOrderTable(store: Store): SearchTable<ShopifyDraftOrder> {
  return {
    sortKey: 'ID',
    sorts: {
      ...datedSorts,
      NUMBER: (draft) => draft.id,
      STATUS: ({ status }) => status,
      CUSTOMER_NAME: ({ customerId }) => store.nameOf(customerId),
      TOTAL_PRICE: ({ lines }) =>
        lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0),
    },
    fields: {
      ...dated(),
      tag: word(({ tags }) => tags),
      default: text(({ name, email, customerId }) => [name, email ?? '', store.nameOf(customerId)]),
      customer_id: id(({ customerId }) => customerId),
      status: word(({ status }) => [status, status === 'INVOICE_SENT' ? 'invoice_sent' : status]),
      ...unsetFields('source'),
    },
  };
}
