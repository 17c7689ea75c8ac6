import type { GraphQLResolveInfo } from 'graphql';
import type { ApiContext } from '../context.ts';
import { adjustInventory } from './adjust-inventory.ts';
import { createDraftOrder } from './create-draft-order.ts';
import { addTags, updateOrder } from './update-order.ts';
import { updateProduct } from './update-product.ts';

type Mutation = (
  args: Record<string, unknown>,
  context: ApiContext,
  info: GraphQLResolveInfo,
) => unknown;

/** The mutations that this shop takes. */
export const mutations: Record<string, Mutation> = {
  productUpdate: updateProduct,
  inventoryAdjustQuantities: adjustInventory,
  orderUpdate: updateOrder,
  tagsAdd: addTags,
  draftOrderCreate: createDraftOrder,
};
