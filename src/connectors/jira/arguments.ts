import { z } from 'zod';

/**
 * Arguments and answers that several tools have, worded once and short: the definitions of all tools stand in every
 * request to a model. How long a text may be is looked at where it is used.
 */
export const issueKeyArgument = z.string().describe('e.g. OPS-7');

export const projectArgument = z.string().describe('Key or name');

export const jqlArgument = z.string().trim();

export const fieldsArgument = z.array(z.string()).optional().describe('Names or ids');

export const cursorArgument = z.string().optional();

export const limitArgument = (standard: number, most: number) =>
  z.number().int().min(1).max(most).default(standard);

export const markdownArgument = z.string().trim().min(1).describe('Markdown');

/** Values of fields by name. */
export const valuesArgument = z.record(z.string(), z.unknown()).default({});

export const dryRunArgument = z.boolean().default(false).describe('Show, send nothing');

export const expectedUpdatedArgument = z
  .string()
  .optional()
  .describe('updated as read; refused when changed since');

/** An object of which the model reads what is there: schemas of all that Jira may say would fill its context. */
export const anything = z.unknown();

/** How a list goes on; notes stand beside it where there is something to say. */
export const paging = {
  count: z.number(),
  truncated: z.boolean(),
  next_cursor: z.string().optional(),
};
