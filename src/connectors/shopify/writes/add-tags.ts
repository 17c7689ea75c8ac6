import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { adds } from '../../annotations.ts';
import { defineTool } from '../../connector.ts';
import { ToolError } from '../../tool-error.ts';
import type { Shopify } from '../api/shopify.ts';
import { dryRunArgument, recordArgument, tagsArgument } from '../arguments.ts';
import { kindOf } from '../ids.ts';
import { notFound } from '../not-found.ts';
import { tags } from '../records/fields.ts';
import { change, changeOutput } from './change.ts';

const onTagged = ['Product', 'Order', 'Customer', 'DraftOrder']
  .map((type) => `... on ${type} { tags }`)
  .join(' ');

export const tagsBeforeQuery = `query tagged($id: ID!) { node(id: $id) { id ${onTagged} } }`;

export const tagsAddMutation = `mutation tagsAdd($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) { node { id ${onTagged} } userErrors { field message } }
}`;

const tagged = z.object({ id: z.string(), tags: tags.default([]) });
const before = z.object({ node: tagged.nullable() });
const payload = z.object({ node: tagged }).transform(({ node }) => node);

const scopes: Record<string, string> = {
  Product: 'write_products',
  Order: 'write_orders',
  Customer: 'write_customers',
  DraftOrder: 'write_draft_orders',
};

export const addTags = (shopify: Shopify) =>
  defineTool({
    name: 'add_tags',
    description: 'Add tags to a product, order, customer or draft order.',
    input: z.object({
      id: recordArgument.describe('gid://shopify/Order/8001'),
      tags: tagsArgument,
      dry_run: dryRunArgument,
    }),
    output: changeOutput,
    annotations: adds,
    async run({ id, tags, dry_run }, caller) {
      const scope = scopes[kindOf(id) ?? ''];
      if (!scope)
        throw new ToolError(
          'INVALID_ARGUMENT',
          `${JSON.stringify(outsideText(id, 60))} is not the id of something that has tags`,
          { try: `gid://shopify/${Object.keys(scopes).join('/8001, gid://shopify/')}/8001` },
        );
      shopify.require('add_tags', scope);
      const { data } = await shopify.ask(tagsBeforeQuery, { id }, before, caller);
      if (!data.node) throw notFound('record', id, [], 'the id as a list gives it');
      const variables = { id: data.node.id, tags };
      return change(
        shopify,
        { root: 'tagsAdd', mutation: tagsAddMutation, variables, payload, before: data.node },
        dry_run,
        caller,
      );
    },
  });
