import { z } from 'zod';
import { overwrites } from '../../annotations.ts';
import { defineTool } from '../../connector.ts';
import { requireUnchanged } from '../../require-unchanged.ts';
import { ToolError } from '../../tool-error.ts';
import type { Shopify } from '../api/shopify.ts';
import {
  dryRunArgument,
  expectedArgument,
  filterArgument,
  recordArgument,
  tagsArgument,
  textArgument,
} from '../arguments.ts';
import { refuseProduct, toIdentifier } from '../get-product.ts';
import { tags, text, word } from '../records/fields.ts';
import { change, changeOutput } from './change.ts';

const fields = 'id title status vendor productType tags updatedAt';

export const productBeforeQuery = `query product($product: ProductIdentifierInput!) {
  product: productByIdentifier(identifier: $product) { ${fields} }
}`;

export const productUpdateMutation = `mutation productUpdate($product: ProductUpdateInput!) {
  productUpdate(product: $product) { product { ${fields} } userErrors { field message } }
}`;

const product = z
  .object({
    id: z.string(),
    title: text(),
    status: word,
    vendor: text(),
    productType: text(),
    tags,
    updatedAt: z.string(),
  })
  .transform(({ productType, updatedAt, ...rest }) => ({
    ...rest,
    type: productType,
    updated_at: updatedAt,
  }));

const before = z.object({ product: product.nullable() });
const payload = z.object({ product }).transform(({ product }) => product);

export const updateProduct = (shopify: Shopify) =>
  defineTool({
    name: 'update_product',
    description: 'Change a product. Tags replace those there are; add_tags adds.',
    input: z.object({
      product: recordArgument.describe('Id or handle'),
      title: filterArgument,
      status: z.enum(['active', 'draft', 'archived']).optional(),
      vendor: textArgument(255),
      type: textArgument(255),
      tags: tagsArgument.optional(),
      expected_updated_at: expectedArgument,
      dry_run: dryRunArgument,
    }),
    output: changeOutput,
    annotations: overwrites,
    async run({ product: wanted, expected_updated_at, dry_run, ...set }, caller) {
      shopify.require('update_product', 'write_products');
      if (Object.values(set).every((value) => value === undefined))
        throw new ToolError('INVALID_ARGUMENT', 'there is nothing to change', {
          try: 'title, status, vendor, type or tags',
        });
      const identifier = { product: toIdentifier(wanted) };
      const { data } = await shopify.ask(productBeforeQuery, identifier, before, caller);
      const found = data.product;
      if (!found) return refuseProduct(shopify, wanted, caller);
      requireUnchanged({
        name: 'this product',
        updated: found.updated_at,
        expected: expected_updated_at,
        argument: 'expected_updated_at',
      });
      const { status, type, ...rest } = set;
      const input = {
        id: found.id,
        ...rest,
        ...(type !== undefined && { productType: type }),
        ...(status && { status: status.toUpperCase() }),
      };
      return change(
        shopify,
        {
          root: 'productUpdate',
          mutation: productUpdateMutation,
          variables: { product: input },
          payload,
          before: found,
        },
        dry_run,
        caller,
      );
    },
  });
