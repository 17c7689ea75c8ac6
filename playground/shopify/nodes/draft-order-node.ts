import type { ShopifyDraftOrder } from '../../shop/shopify/shopify-draft-orders.ts';
import { type PageArgs, toConnection } from '../connection.ts';
import { toGid } from '../global-id.ts';
import { toBag } from '../money.ts';
import type { Store } from '../store.ts';
import { type Node, variantNode } from './product-nodes.ts';
import { customerNode, orderNode } from './sale-nodes.ts';
import { shopDomain } from './shop-nodes.ts';

/** `DraftOrder`. */
export function draftOrderNode(store: Store, draft: ShopifyDraftOrder): Node {
  const total = draft.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  const customer = store.customers.get(draft.customerId ?? 0);
  const order = store.orders.get(draft.orderId ?? 0);
  return {
    ...draft,
    __typename: 'DraftOrder',
    id: toGid('DraftOrder', draft.id),
    legacyResourceId: String(draft.id),
    note2: draft.note,
    ready: true,
    currencyCode: 'EUR',
    taxesIncluded: true,
    completedAt: draft.status === 'COMPLETED' ? draft.updatedAt : null,
    invoiceSentAt: draft.status === 'OPEN' ? null : draft.updatedAt,
    invoiceUrl: `https://${shopDomain}/invoices/${draft.id}`,
    totalPriceSet: toBag(total),
    subtotalPriceSet: toBag(total),
    totalQuantityOfLineItems: draft.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    customer: () => (customer ? customerNode(store, customer) : null),
    order: () => (order ? orderNode(store, order) : null),
    lineItems: (args: PageArgs) =>
      toConnection(draft.lines, args, {
        idOf: ({ id }) => id,
        toNode: (line) => {
          const variant = store.variants.get(line.variantId ?? 0);
          return {
            ...line,
            __typename: 'DraftOrderLineItem',
            id: toGid('DraftOrderLineItem', line.id),
            name: line.title,
            originalUnitPriceSet: toBag(line.unitPrice),
            originalTotalSet: toBag(line.unitPrice * line.quantity),
            discountedTotalSet: toBag(line.unitPrice * line.quantity),
            variant: variant ? variantNode(store, variant) : null,
          };
        },
      }),
  };
}
