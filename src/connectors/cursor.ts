import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ToolError } from './tool-error.ts';

const content = z.object({ of: z.string(), after: z.string() });

/** A place in a list, as text for `next_cursor`. It holds for the same tool and the same arguments only. */
export const toCursor = (tool: string, args: Record<string, unknown>, after: string) =>
  Buffer.from(JSON.stringify({ of: fingerprint(tool, args), after })).toString('base64url');

/**
 * Where the last page ended; nothing without a cursor.
 *
 * @throws ToolError `BAD_CURSOR` for one of another list.
 */
export function readCursor(
  tool: string,
  args: Record<string, unknown>,
  cursor: string | undefined,
): string | undefined {
  if (cursor === undefined) return;
  try {
    const { of, after } = content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (of === fingerprint(tool, args)) return after;
  } catch {
    // no cursor of ours
  }
  throw new ToolError('BAD_CURSOR', 'this cursor belongs to no such list', {
    try: 'the next_cursor of the last answer with the same other arguments, or no cursor to begin anew',
  });
}

/** The order of the arguments does not matter; where the page ends and how long it is are no part of the question. */
function fingerprint(tool: string, { cursor: _, limit: __, ...args }: Record<string, unknown>) {
  const sorted = Object.entries(args).sort(([a], [b]) => a.localeCompare(b));
  return createHash('sha256')
    .update(JSON.stringify([tool, sorted]))
    .digest('base64url')
    .slice(0, 12);
}
