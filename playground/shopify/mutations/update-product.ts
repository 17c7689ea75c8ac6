import type { ShopifyProduct } from '../../shop/shopify/shopify-products.ts';
import { toLabels } from '../../shop/shopify/shopify-words.ts';
import type { ApiContext } from '../context.ts';
import { fromGid } from '../global-id.ts';
import { productNode } from '../nodes/product-nodes.ts';
import { type UserError, userError } from './user-error.ts';

interface ProductInput {
  id?: string;
  title?: string | null;
  handle?: string | null;
  descriptionHtml?: string | null;
  vendor?: string | null;
  productType?: string | null;
  status?: ShopifyProduct['status'] | null;
  tags?: string[] | null;
  seo?: Partial<ShopifyProduct['seo']> | null;
}

const longestTitle = 255;
const textFields = ['title', 'handle', 'descriptionHtml', 'vendor', 'productType'] as const;

/** `productUpdate`. */
export function updateProduct(args: Record<string, unknown>, { store }: ApiContext) {
  const input = (args.product ?? args.input ?? {}) as ProductInput;
  const product = store.products.get(fromGid(input.id, 'Product'));
  if (!product) return { product: null, userErrors: [userError(['id'], 'Product does not exist')] };
  const userErrors = faultsOf(input, product, store.data.products);
  if (userErrors.length > 0) return { product: null, userErrors };
  for (const field of textFields) product[field] = input[field] ?? product[field];
  product.status = input.status ?? product.status;
  product.tags = toLabels(input.tags ?? product.tags);
  product.seo = { ...product.seo, ...input.seo };
  product.updatedAt = store.now();
  return { product: productNode(store, product), userErrors };
}

function faultsOf(
  { title, handle }: ProductInput,
  product: ShopifyProduct,
  all: ShopifyProduct[],
): UserError[] {
  const faults: UserError[] = [];
  if (title !== undefined && !title?.trim())
    faults.push(userError(['title'], "Title can't be blank"));
  if (title && title.length > longestTitle)
    faults.push(userError(['title'], `Title is too long (maximum is ${longestTitle} characters)`));
  if (handle && all.some((each) => each !== product && each.handle === handle))
    faults.push(
      userError(
        ['input', 'handle'],
        `Handle '${handle}' already in use. Please provide a new handle.`,
      ),
    );
  return faults;
}
