import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { adds } from '../../annotations.ts';
import { defineTool } from '../../connector.ts';
import { ToolError } from '../../tool-error.ts';
import type { Caller, Shopify } from '../api/shopify.ts';
import {
  dryRunArgument,
  filterArgument,
  tagsArgument,
  textArgument,
  wholeNumber,
} from '../arguments.ts';
import { requireGid } from '../ids.ts';
import { notFound } from '../not-found.ts';
import { draftOrderFields, draftOrderNode } from '../records/draft-order.ts';
import { toSearch } from '../search/to-search.ts';
import { change, changeOutput } from './change.ts';

export const skuQuery = `query sku($query: String!) {
  productVariants(first: 2, query: $query) { nodes { id } }
}`;

export const draftOrderCreateMutation = `mutation draftOrderCreate($input: DraftOrderInput!) {
  draftOrderCreate(input: $input) { draftOrder { ${draftOrderFields} } userErrors { field message } }
}`;

const variants = z.object({
  productVariants: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
});
const payload = z.object({ draftOrder: draftOrderNode }).transform(({ draftOrder }) => draftOrder);

const line = z.object({
  sku: filterArgument,
  variant: filterArgument,
  quantity: wholeNumber(1, 100_000),
});

export const createDraftOrder = (shopify: Shopify) =>
  defineTool({
    name: 'create_draft_order',
    description: 'Create a draft order; nothing is sent to the customer.',
    input: z.object({
      lines: z
        .array(line)
        .refine(({ length }) => length > 0 && length <= 50, { error: 'must be 1 to 50 lines' })
        .describe('Each with sku or variant id'),
      customer: filterArgument.describe('Id'),
      note: textArgument(5_000),
      tags: tagsArgument.optional(),
      dry_run: dryRunArgument,
    }),
    output: changeOutput,
    annotations: adds,
    async run({ lines, customer, note, tags, dry_run }, caller) {
      shopify.require('create_draft_order', 'write_draft_orders');
      const lineItems: { variantId: string; quantity: number }[] = [];
      for (const line of lines)
        lineItems.push({
          variantId: await toVariantId(shopify, line, caller),
          quantity: line.quantity,
        });
      const input = {
        lineItems,
        ...(customer && { purchasingEntity: { customerId: requireGid('Customer', customer) } }),
        note,
        tags,
      };
      return change(
        shopify,
        {
          root: 'draftOrderCreate',
          mutation: draftOrderCreateMutation,
          variables: { input },
          payload,
        },
        dry_run,
        caller,
      );
    },
  });

async function toVariantId(
  shopify: Shopify,
  { sku, variant }: z.output<typeof line>,
  caller: Caller,
): Promise<string> {
  if ((sku === undefined) === (variant === undefined))
    throw new ToolError('INVALID_ARGUMENT', 'each line has either sku or variant');
  if (variant !== undefined) return requireGid('ProductVariant', variant);
  const query = toSearch('productVariants', undefined, [['sku', sku]]);
  const { data } = await shopify.ask(skuQuery, { query }, variants, caller);
  const [found, second] = data.productVariants.nodes;
  if (!found) throw notFound('variant', sku ?? '', [], 'list_variants');
  if (!second) return found.id;
  const name = JSON.stringify(outsideText(sku ?? '', 60));
  throw new ToolError('INVALID_ARGUMENT', `several variants have the SKU ${name}`, {
    try: 'the id of the one that is meant, from list_variants',
  });
}
