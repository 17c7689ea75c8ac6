import { readCursor, toCursor } from '../cursor.ts';

/** The arguments of a tool that gives a list page by page. */
type PageArguments = Record<string, unknown> & { cursor?: string | undefined };

/**
 * Where the page begins of a list whose places are numbers, from 0.
 *
 * @throws ToolError `BAD_CURSOR`
 */
export const readOffset = (tool: string, args: PageArguments): number =>
  Number(readCursor(tool, args, args.cursor) ?? 0) || 0;

/** What stands beside a list: how many there are, and the way to where it goes on, unless this is its end. */
export const toPaging = (tool: string, args: PageArguments, count: number, next?: number) => ({
  count,
  truncated: next !== undefined,
  ...(next !== undefined && { next_cursor: toCursor(tool, args, String(next)) }),
});
