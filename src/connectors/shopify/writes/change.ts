import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import type { Caller, Shopify, Variables } from '../api/shopify.ts';

/** What every writing tool answers, with `before`, and `after` or the `request` that would be sent. */
export const changeOutput = z.object({ dry_run: z.boolean() });

const userErrors = z
  .array(
    z.object({
      field: z.array(z.string()).nullish(),
      message: z.string(),
      code: z.string().nullish(),
    }),
  )
  .default([]);

/** A change, and how it was before. */
export interface Change<Shape extends z.ZodType> {
  /** The mutation's name in the schema; its payload holds `userErrors`. */
  root: string;
  mutation: string;
  variables: Variables;
  /** What is wanted of the payload. */
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
  const shape = z.object({ [root]: z.looseObject({ userErrors }).nullable() });
  const data = await shopify.change(mutation, variables, shape, caller);
  const answer = data[root];
  const [first] = answer?.userErrors ?? [];
  if (first) throw refused(answer?.userErrors ?? []);
  return { dry_run: false, ...known, after: payload.parse(answer) as unknown };
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
        {
          try: 'get_inventory for the quantity as it is now',
        },
      )
    : new ToolError('INVALID_ARGUMENT', `Shopify did not make the change: ${lines.join('; ')}`);
}
