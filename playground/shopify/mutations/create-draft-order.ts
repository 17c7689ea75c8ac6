import type { ShopifyDraftOrder } from '../../shop/shopify/shopify-draft-orders.ts';
import type { ShopifyLine } from '../../shop/shopify/shopify-orders.ts';
import { toLabels } from '../../shop/shopify/shopify-words.ts';
import type { ApiContext } from '../context.ts';
import { fromGid } from '../global-id.ts';
import { draftOrderNode } from '../nodes/draft-order-node.ts';
import type { Store } from '../store.ts';
import { type UserError, userError } from './user-error.ts';

interface LineInput {
  variantId?: string | null;
  title?: string | null;
  quantity: number;
  originalUnitPriceWithCurrency?: { amount: string } | null;
  originalUnitPrice?: string | null;
}

interface DraftInput {
  customerId?: string | null;
  purchasingEntity?: { customerId?: string | null } | null;
  email?: string | null;
  note?: string | null;
  tags?: string[] | null;
  lineItems?: LineInput[] | null;
}

/** `draftOrderCreate`: of variants, or of titles with a price. */
export function createDraftOrder({ input }: Record<string, unknown>, { store }: ApiContext) {
  const { email, note, tags, lineItems, ...who } = input as DraftInput;
  const customerGid = who.purchasingEntity?.customerId ?? who.customerId;
  const customer = store.customers.get(fromGid(customerGid, 'Customer'));
  const userErrors = (lineItems ?? []).flatMap((line, index) => faultsOf(line, index, store));
  if (!lineItems?.length) userErrors.push(userError(null, 'Add at least 1 product'));
  if (customerGid && !customer)
    userErrors.push(userError(['customerId'], 'Customer does not exist'));
  if (userErrors.length > 0) return { draftOrder: null, userErrors };
  const at = store.now();
  const draft: ShopifyDraftOrder = {
    id: store.nextId(),
    name: `#D${store.data.draftOrders.length + 1}`,
    status: 'OPEN',
    customerId: customer?.id ?? null,
    email: email ?? customer?.email ?? null,
    orderId: null,
    note: note ?? null,
    tags: toLabels(tags ?? []),
    createdAt: at,
    updatedAt: at,
    lines: (lineItems ?? []).map((line) => toLine(line, store)),
  };
  store.data.draftOrders.push(draft);
  return { draftOrder: draftOrderNode(store, draft), userErrors: [] };
}

function faultsOf(
  { variantId, title, quantity }: LineInput,
  index: number,
  store: Store,
): UserError[] {
  const at = ['lineItems', String(index)];
  const faults: UserError[] = [];
  if (quantity < 1)
    faults.push(userError([...at, 'quantity'], 'Quantity must be greater than or equal to 1'));
  const id = fromGid(variantId, 'ProductVariant');
  if (variantId && !store.variants.has(id))
    faults.push(userError([...at, 'variantId'], `Product with ID ${id} is no longer available.`));
  if (!variantId && !title?.trim())
    faults.push(userError([...at, 'title'], "Line items Title can't be blank"));
  return faults;
}

function toLine(line: LineInput, store: Store): ShopifyLine {
  const variant = store.variants.get(fromGid(line.variantId, 'ProductVariant'));
  const asked = line.originalUnitPriceWithCurrency?.amount ?? line.originalUnitPrice ?? '0';
  const product = store.products.get(variant?.productId ?? 0);
  return {
    id: store.nextId(),
    variantId: variant?.id ?? null,
    title: product?.title ?? line.title ?? '',
    sku: variant?.sku ?? null,
    quantity: line.quantity,
    unitPrice: variant?.price ?? Math.round(Number(asked) * 100),
  };
}
