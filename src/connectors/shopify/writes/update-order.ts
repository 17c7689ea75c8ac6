import { z } from 'zod';
import { overwrites } from '../../annotations.ts';
import { defineTool } from '../../connector.ts';
import { requireUnchanged } from '../../require-unchanged.ts';
import { ToolError } from '../../tool-error.ts';
import type { Shopify } from '../api/shopify.ts';
import {
  dryRunArgument,
  expectedArgument,
  recordArgument,
  tagsArgument,
  textArgument,
} from '../arguments.ts';
import { findOrderId } from '../find-order.ts';
import { orderNotFound } from '../get-order.ts';
import { tags, text } from '../records/fields.ts';
import { change, changeOutput } from './change.ts';

const fields = 'id name note tags updatedAt';

export const orderBeforeQuery = `query order($id: ID!) { order(id: $id) { ${fields} } }`;

export const orderUpdateMutation = `mutation orderUpdate($input: OrderInput!) {
  orderUpdate(input: $input) { order { ${fields} } userErrors { field message } }
}`;

const order = z
  .object({
    id: z.string(),
    name: text(80),
    note: text(5_000).nullish(),
    tags,
    updatedAt: z.string(),
  })
  .transform(({ updatedAt, ...rest }) => ({ ...rest, updated_at: updatedAt }));

const before = z.object({ order: order.nullable() });
const payload = z.object({ order }).transform(({ order }) => order);

export const updateOrder = (shopify: Shopify) =>
  defineTool({
    name: 'update_order',
    description: 'Replace the note or the tags of an order; add_tags adds tags.',
    input: z.object({
      order: recordArgument.describe('#1001 or id'),
      note: textArgument(5_000),
      tags: tagsArgument.optional(),
      expected_updated_at: expectedArgument,
      dry_run: dryRunArgument,
    }),
    output: changeOutput,
    annotations: overwrites,
    async run({ order: wanted, note, tags, expected_updated_at, dry_run }, caller) {
      shopify.require('update_order', 'write_orders');
      if (note === undefined && tags === undefined)
        throw new ToolError('INVALID_ARGUMENT', 'there is nothing to change', {
          try: 'note or tags',
        });
      const id = await findOrderId(shopify, wanted, caller);
      const found = id && (await shopify.ask(orderBeforeQuery, { id }, before, caller)).data.order;
      if (!found) throw orderNotFound(shopify, wanted);
      requireUnchanged({
        name: 'this order',
        updated: found.updated_at,
        expected: expected_updated_at,
        argument: 'expected_updated_at',
      });
      return change(
        shopify,
        {
          root: 'orderUpdate',
          mutation: orderUpdateMutation,
          variables: { input: { id: found.id, note, tags } },
          payload,
          before: found,
        },
        dry_run,
        caller,
      );
    },
  });
