import { z } from 'zod';
import { ToolError } from '../../tool-error.ts';

/** The moment at which the caller saw the record last. */
export const expectedArgument = z.string().optional();

/** @throws ToolError `CONFLICT` when the record was changed after the caller read it */
export function checkExpected(expected: string | undefined, updatedAt: string) {
  if (expected === undefined || Date.parse(expected) === Date.parse(updatedAt)) return;
  if (Number.isNaN(Date.parse(expected)))
    throw new ToolError('INVALID_ARGUMENT', 'expected_updated_at is no moment', {
      try: `updated_at as the record has it, e.g. ${updatedAt}`,
    });
  throw new ToolError('CONFLICT', `it was changed at ${updatedAt}, after you read it`, {
    try: 'reading it again, and then the change if it still makes sense',
  });
}
