import { toLabels } from '../../shop/shopify/shopify-words.ts';
import type { ApiContext } from '../context.ts';
import { fromGid } from '../global-id.ts';
import { draftOrderNode } from '../nodes/draft-order-node.ts';
import { productNode } from '../nodes/product-nodes.ts';
import { customerNode, orderNode } from '../nodes/sale-nodes.ts';
import { userError } from './user-error.ts';

interface OrderInput {
  id: string;
  note?: string | null;
  tags?: string[] | null;
  email?: string | null;
}

/** `orderUpdate`: note, tags, e-mail. Tags replace those that were there. */
export function updateOrder({ input }: Record<string, unknown>, { store, sees }: ApiContext) {
  const { id, note, tags, email } = input as OrderInput;
  const order = store.orders.get(fromGid(id, 'Order'));
  if (!order || !sees(order))
    return { order: null, userErrors: [userError(['id'], 'Order does not exist')] };
  if (note !== undefined) order.note = note;
  if (tags) order.tags = toLabels(tags);
  if (email !== undefined) order.email = email;
  order.updatedAt = store.now();
  return { order: orderNode(store, order), userErrors: [] };
}

/** `tagsAdd`, for products, orders, customers and draft orders. */
export function addTags({ id, tags }: Record<string, unknown>, { store }: ApiContext) {
  const [, type = ''] = /^gid:\/\/shopify\/(\w+)\//.exec(String(id)) ?? [];
  const product = store.products.get(fromGid(id, 'Product'));
  const order = store.orders.get(fromGid(id, 'Order'));
  const customer = store.customers.get(fromGid(id, 'Customer'));
  const draftId = fromGid(id, 'DraftOrder');
  const draft = store.data.draftOrders.find((each) => each.id === draftId);
  const target = product ?? order ?? customer ?? draft;
  if (!target)
    return { node: null, userErrors: [userError(['id'], `${type || 'Resource'} does not exist`)] };
  target.tags = toLabels([...target.tags, ...(tags as string[])]);
  target.updatedAt = store.now();
  const node =
    (product && productNode(store, product)) ??
    (order && orderNode(store, order)) ??
    (customer && customerNode(store, customer)) ??
    (draft && draftOrderNode(store, draft));
  return { node, userErrors: [] };
}
