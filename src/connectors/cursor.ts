import { createHash } from 'node:crypto';
import { z } from 'zod';
import { outsideText } from '../outside-text.ts';
import { ToolError } from './tool-error.ts';

/** Longest cursor that a tool takes, in characters. */
export const longestCursor = 2_000;

const content = z.object({
  tool: z.string(),
  of: z.record(z.string(), z.string()),
  after: z.string(),
});

/** A place in a list, as text for `next_cursor`. It holds for the same tool and the same arguments only. */
export const toCursor = (tool: string, args: Record<string, unknown>, after: string) =>
  Buffer.from(JSON.stringify({ tool, of: fingerprints(args), after })).toString('base64url');

/**
 * Where the last page ended; nothing without a cursor.
 *
 * @throws ToolError `BAD_CURSOR` for one of another list; it names the arguments that are not the same.
 */
export function readCursor(
  tool: string,
  args: Record<string, unknown>,
  cursor: string | undefined,
): string | undefined {
  if (cursor === undefined) return;
  const read = parse(cursor);
  if (!read) refuse('this is no cursor of ours');
  if (read.tool !== tool) refuse('this cursor belongs to another tool');
  const now = fingerprints(args);
  const changed = Object.keys({ ...now, ...read.of }).filter((name) => now[name] !== read.of[name]);
  if (changed.length === 0) return read.after;
  refuse(
    `this cursor belongs to a list with another ${outsideText(changed.sort().join(', '), 100)}`,
  );
}

function parse(cursor: string): z.output<typeof content> | undefined {
  try {
    return content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return; // made up, or cut
  }
}

function refuse(what: string): never {
  throw new ToolError('BAD_CURSOR', what, {
    try: 'the next_cursor of the last answer with the same other arguments, or no cursor to begin anew',
  });
}

/** Of each argument. Where the page ends and how long it is are no part of the question. */
function fingerprints({ cursor: _, limit: __, ...args }: Record<string, unknown>) {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, fingerprint(value)]));
}

const fingerprint = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 8);
