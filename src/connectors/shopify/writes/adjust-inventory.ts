import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { adds } from '../../annotations.ts';
import { defineTool } from '../../connector.ts';
import { ToolError } from '../../tool-error.ts';
import type { Caller, Shopify } from '../api/shopify.ts';
import { dryRunArgument, filterArgument, recordArgument, wholeNumber } from '../arguments.ts';
import { requireGid, shortId } from '../ids.ts';
import { toLocationId } from '../locations.ts';
import { notFound } from '../not-found.ts';
import { text } from '../records/fields.ts';
import { toSearch } from '../search/to-search.ts';
import { change, changeOutput } from './change.ts';

export const stockQuery = `query stock($query: String!, $location: ID!) {
  productVariants(first: 2, query: $query) {
    nodes {
      id sku product { title }
      inventoryItem { id inventoryLevel(locationId: $location) { quantities(names: ["available"]) { quantity } } }
    }
  }
}`;

export const adjustMutation = `mutation adjust($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { changes { name delta } }
    userErrors { field message code }
  }
}`;

const stock = z.object({
  productVariants: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        sku: text().nullish(),
        product: z.object({ title: text() }),
        inventoryItem: z.object({
          id: z.string(),
          inventoryLevel: z
            .object({ quantities: z.array(z.object({ quantity: z.number() })) })
            .nullish(),
        }),
      }),
    ),
  }),
});

const adjusted = z.object({ inventoryAdjustmentGroup: z.object({}) });

interface Target {
  sku?: string | undefined;
  variant?: string | undefined;
}

export const adjustInventory = (shopify: Shopify) =>
  defineTool({
    name: 'adjust_inventory',
    description: 'Add to or take from the available stock of one variant at one location.',
    input: z.object({
      sku: filterArgument,
      variant: filterArgument,
      location: recordArgument.describe('Name or id'),
      delta: wholeNumber(-1e6, 1e6),
      change_from_quantity: wholeNumber(-1e9, 1e9).optional().describe('Available as you read it'),
      reason: z
        .string()
        .refine((reason) => /^[a-z_]{1,60}$/.test(reason), {
          error: 'must be a word such as correction, received or damaged',
        })
        .default('correction'),
      idempotency_key: filterArgument,
      dry_run: dryRunArgument,
    }),
    output: changeOutput,
    annotations: adds,
    async run(args, caller) {
      shopify.require('adjust_inventory', 'write_inventory');
      const { delta, dry_run, change_from_quantity: expected } = args;
      if (delta === 0) throw new ToolError('INVALID_ARGUMENT', 'a delta of 0 changes nothing');
      const locationId = await toLocationId(shopify, args.location, caller);
      const variant = await readStock(shopify, args, locationId, caller);
      const [now] = variant.inventoryItem.inventoryLevel?.quantities ?? [];
      if (!now) throw notStocked(variant.product.title);
      const available = now.quantity;
      if (expected !== undefined && expected !== available) throw changed(available);
      const input = {
        reason: args.reason,
        name: 'available',
        changes: [
          {
            inventoryItemId: variant.inventoryItem.id,
            locationId,
            delta,
            // Shopify refuses the change if somebody else was faster.
            changeFromQuantity: available,
          },
        ],
      };
      const done = { sku: variant.sku, product: variant.product.title, location: locationId };
      return change(
        shopify,
        {
          root: 'inventoryAdjustQuantities',
          mutation: adjustMutation,
          variables: { input, key: args.idempotency_key ?? randomUUID() },
          payload: adjusted.transform(() => ({ ...done, available: available + delta })),
          before: { ...done, available },
        },
        dry_run,
        caller,
      );
    },
  });

/** @throws ToolError unless it is one variant */
async function readStock(shopify: Shopify, target: Target, location: string, caller: Caller) {
  const { sku, variant } = target;
  if ((sku === undefined) === (variant === undefined))
    throw new ToolError('INVALID_ARGUMENT', 'either sku or variant says what is meant');
  const id = variant && shortId(requireGid('ProductVariant', variant));
  const query = toSearch('productVariants', undefined, [
    ['sku', sku],
    ['id', id],
  ]);
  const { data } = await shopify.ask(stockQuery, { query, location }, stock, caller);
  const [found, second] = data.productVariants.nodes;
  if (!found) throw notFound('variant', sku ?? variant ?? '', [], 'list_variants');
  if (!second) return found;
  throw new ToolError('INVALID_ARGUMENT', 'several variants have this SKU', {
    try: `variant ${shortId(found.id)} or ${shortId(second.id)}`,
  });
}

const notStocked = (title: string) =>
  new ToolError('CONFLICT', `${title} is not stocked at this location`, {
    try: 'get_inventory shows where it is',
  });

const changed = (available: number) =>
  new ToolError('CONFLICT', `${available} are available now, another number than you read`, {
    try: 'the change again with this number, if it still makes sense',
  });
