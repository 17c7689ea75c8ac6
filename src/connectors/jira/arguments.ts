import { z } from 'zod';

/**
 * Arguments and answers that several tools have, worded once and short: the definitions of all tools stand in every
 * request to a model. What takes no words in a schema is looked at where it is used.
 */
export const issueKeyArgument = z.string();

export const projectArgument = z.string().describe('Key or name');

export const jqlArgument = z.string().trim();

export const fieldsArgument = z.array(z.string()).optional().describe('Names or ids');

export const markdownArgument = z
  .string()
  .trim()
  .refine((text) => text !== '', { error: 'is empty' })
  .describe('Markdown');

/** Values of fields by name. */
export const valuesArgument = z.record(z.string(), z.unknown()).optional();

/** What happens only when it is asked for. */
export const flagArgument = z.boolean().optional();

export const expectedUpdatedArgument = z.string().optional().describe('updated, as it was read');

/** A list of an answer: schemas of all that Jira may say would fill a model's context. */
export const anyList = z.array(z.unknown());

/** Beside a list, with `count`, and `next_cursor` and `notes` where there are some. */
export const truncated = z.boolean();
