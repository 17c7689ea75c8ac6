import { z } from 'zod';
import { shopMoney, tags, text, toIds, withoutEmpty, word } from './fields.ts';
import { amount } from './order.ts';

/** What a list shows of a draft order. Its invoice's address would let anybody pay and see it, so it is left out. */
export const draftOrderFields = `id name status createdAt updatedAt completedAt
  totalPriceSet ${amount}
  customer { id displayName }
  order { id name }
  tags`;

export const draftOrderNode = z
  .object({
    id: z.string(),
    name: text(80),
    status: word,
    createdAt: z.string(),
    updatedAt: z.string(),
    completedAt: z.string().nullish(),
    totalPriceSet: shopMoney,
    customer: z.object({ id: z.string(), displayName: text() }).nullish(),
    order: z.object({ id: z.string(), name: text(80) }).nullish(),
    tags,
  })
  .transform((draft) =>
    withoutEmpty({
      ...toIds(draft.id),
      name: draft.name,
      status: draft.status,
      total: draft.totalPriceSet,
      customer: draft.customer && { id: draft.customer.id, name: draft.customer.displayName },
      order: draft.order?.name,
      tags: draft.tags,
      created_at: draft.createdAt,
      updated_at: draft.updatedAt,
      completed_at: draft.completedAt,
    }),
  );
