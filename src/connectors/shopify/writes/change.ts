import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import type { Caller, Shopify, Variables } from '../api/shopify.ts';

/** What every writing tool answers, with `before`, and `after` or the `request` that would be sent. */
export const changeOutput = z.object({ dry_run: z.boolean() });

const userErrors = z.array(
  z.object({
    field: z.array(z.string()).nullish(),
    message: z.string(),
    code: z.string().nullish(),
  }),
);

const refusal = z
  .object({ userErrors: userErrors.min(1) })
  .transform(({ userErrors }) => ({ refused: userErrors }));

/** A change, and how it was before. */
export interface Change<Shape extends z.ZodType> {
  /** The mutation's name in the schema; its payload holds `userErrors`. */
  root: string;
  mutation: string;
  variables: Variables;
  /** What the payload is when the change was made. */
  payload: Shape;
  before?: unknown;
}

/**
 * Sends a change, or shows what would be sent.
 *
 * @throws ToolError for its user errors: with status 200 Shopify has done nothing all the same
 */
export async function change<Shape extends z.ZodType>(
  shopify: Shopify,
  { root, mutation, variables, payload, before }: Change<Shape>,
  dryRun: boolean,
  caller: Caller,
) {
  const known = before === undefined ? {} : { before };
  if (dryRun) return { dry_run: true, ...known, request: { mutation: root, variables } };
  const made: z.ZodType<{ after: unknown }> = payload.transform((after) => ({ after }));
  const shape = z.object({ [root]: refusal.or(made) });
  const { data, notes } = await shopify.change(mutation, variables, shape, caller);
  const outcome = data[root];
  if (outcome && 'refused' in outcome) throw refused(outcome.refused);
  return { dry_run: false, ...known, ...outcome, ...(notes.length > 0 && { notes }) };
}

function refused(errors: z.output<typeof userErrors>): ToolError {
  const lines = errors.slice(0, 5).map(({ field, message }) => {
    const place = field?.length ? `${outsideText(field.join('.'), 80)}: ` : '';
    return `${place}${outsideText(message, 200).replace(/\.$/, '')}`;
  });
  const isStale = errors.some(({ code }) => /STALE|COMPARE_QUANTITY/.test(code ?? ''));
  return isStale
    ? new ToolError(
        'CONFLICT',
        `the quantity has changed meanwhile, nothing was done: ${lines.join('; ')}`,
        { try: 'get_inventory for the quantity as it is now' },
      )
    : new ToolError('INVALID_ARGUMENT', `Shopify did not make the change: ${lines.join('; ')}`);
}
