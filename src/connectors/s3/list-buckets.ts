import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument, pageOutput } from '../paging-schemas.ts';
import { readBuckets } from './client/buckets.ts';
import type { S3 } from './client/s3.ts';

export const listBuckets = (s3: S3) =>
  defineTool({
    name: 'list_buckets',
    description: 'List the buckets that may be used, with their regions.',
    input: z.object({
      prefix: z.string().max(255).optional(),
      limit: limitArgument(100, 1000),
      cursor: cursorArgument,
    }),
    output: z.object({
      buckets: z.array(z.looseObject({ name: z.string() })),
      ...pageOutput,
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const { prefix = '', limit, cursor } = args;
      const after = readCursor('list_buckets', args, cursor) ?? '';
      const { buckets, note } = await readBuckets(s3, signal);
      const wanted = buckets
        .filter(({ name }) => name.startsWith(prefix) && name > after)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items } = fitItems(wanted.slice(0, limit));
      const last = items.at(-1);
      const truncated = items.length < wanted.length;
      return {
        buckets: items,
        count: items.length,
        truncated,
        ...(truncated && last && { next_cursor: toCursor('list_buckets', args, last.name) }),
        ...(note && { notes: [note] }),
      };
    },
  });
