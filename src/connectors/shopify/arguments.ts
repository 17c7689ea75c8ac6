import { z } from 'zod';

/** A check that takes no room in the tool's schema, unlike `minLength` and `maxLength`. */
const upTo = (most: number) =>
  [
    (text: string) => text.trim().length > 0 && text.length <= most,
    { error: `must have 1 to ${most} characters` },
  ] as const;

/** Arguments that several tools have, worded once. */
export const queryArgument = z
  .string()
  .refine(...upTo(1_000))
  .optional();

/** Its bounds take no room in the schema either. */
export const wholeNumber = (least: number, most: number) =>
  z.number().refine((number) => Number.isInteger(number) && number >= least && number <= most, {
    error: `must be a whole number from ${least} to ${most}`,
  });

/** What happens only when it is asked for. */
const flag = z
  .boolean()
  .optional()
  .transform((wanted) => wanted ?? false);

/** Whether e-mail, phone and address come as they are: else they are masked. */
export const contactArgument = flag;

export const dryRunArgument = flag;

/** The moment at which the caller saw the record last. */
export const expectedArgument = z.string().optional();

/** A name or id that somebody typed. */
export const recordArgument = z.string().refine(...upTo(255));

/** What a filter is compared with. */
export const filterArgument = recordArgument.optional();

/** Text of people, which may be empty. */
export const textArgument = (most: number) =>
  z
    .string()
    .refine((text) => text.length <= most, { error: `must have at most ${most} characters` })
    .optional();

/** Tags that replace or join those there are. Shopify's limits: 250 tags of 255 characters. */
export const tagsArgument = z
  .array(recordArgument)
  .refine((tags) => tags.length <= 250, { error: 'must be at most 250 tags' });
