/** What lists take and give, the same in every connector. */
import { z } from 'zod';
import { longestCursor } from './cursor.ts';

/** `next_cursor` of the last answer. Its bound takes no room in a tool's definition. */
export const cursorArgument = z
  .string()
  .refine((cursor) => cursor.length <= longestCursor, 'is longer than any cursor')
  .optional();

/** How many items at the most, `usual` unless told. */
export const limitArgument = (usual: number, most: number) =>
  z.number().int().min(1).max(most).default(usual);

/** Beside the items of a page. */
export const pageOutput = {
  count: z.number(),
  truncated: z.boolean(),
  next_cursor: z.string().optional(),
  notes: z.array(z.string()).optional(),
};
