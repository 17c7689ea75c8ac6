import { outsideText } from '../outside-text.ts';
import { ToolError } from './tool-error.ts';

/** A record that is about to be written, and how the caller knows it. */
export interface KnownRecord {
  /** `SHOP-1`, `this order` */
  name: string;
  /** When it was changed last, as our answers show it; empty when that is not known. */
  updated: string;
  /** The same, as the caller read it; without it everything is fine. */
  expected: string | undefined;
  /** The argument that it came in. */
  argument: string;
}

/**
 * The precondition of a write: the record is as it was when the caller read it.
 *
 * @throws ToolError `CONFLICT` when it was changed since, `INVALID_ARGUMENT` for what is no moment.
 */
export function requireUnchanged({ name, updated, expected, argument }: KnownRecord): void {
  if (expected === undefined) return;
  const known = Date.parse(expected);
  if (Number.isNaN(known))
    throw new ToolError(
      'INVALID_ARGUMENT',
      `${argument} ${JSON.stringify(outsideText(expected, 40))} is no moment`,
      { try: `the moment as it was read, such as ${updated || '2026-11-22T08:15:00Z'}` },
    );
  if (known === Date.parse(updated)) return;
  throw new ToolError('CONFLICT', `${name} was changed since it was read`, {
    why: `it was updated ${updated || 'at an unknown time'}`,
    try: `reading it again, and then the change if it still makes sense, with the new ${argument}`,
  });
}
