import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import type { Shopify } from './api/shopify.ts';
import { readLocations } from './locations.ts';
import { pageOutput } from './read-page.ts';

export const listLocations = (shopify: Shopify) =>
  defineTool({
    name: 'list_locations',
    description: 'List where stock lies and orders are fulfilled.',
    input: z.object({}),
    output: pageOutput,
    annotations: readsOnly,
    async run(_, caller) {
      shopify.require('list_locations', 'read_locations');
      const { locations, notes } = await readLocations(shopify, caller);
      const { items, truncated } = fitItems(locations);
      return { items, count: items.length, truncated, ...(notes.length > 0 && { notes }) };
    },
  });
