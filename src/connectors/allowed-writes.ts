import { z } from 'zod';
import { nearest } from '../nearest.ts';
import type { Tool } from './connector.ts';

/**
 * The schema of a variable that switches writing tools on, e.g. `JIRA_ALLOW_WRITES=add_comment,create_issue`.
 *
 * A name that does not exist refuses the start: a typing error must not leave somebody with less or more than meant.
 */
export const writesVariable = (names: readonly [string, ...string[]]) =>
  z
    .string()
    .default('')
    .transform((text, context) => {
      const wanted = text.split(/[\s,]+/).filter(Boolean);
      for (const name of wanted.filter((name) => !names.includes(name))) {
        const [close] = nearest(name, names, 1);
        context.addIssue(
          `there is no writing tool ${JSON.stringify(name.slice(0, 64))}${close ? `, did you mean ${close}?` : ''}`,
        );
      }
      return wanted;
    })
    .describe(`tools that may change data, none unless named: ${names.join(', ')}`);

/** Those of the tools that only read, and the writes that are switched on: what is not listed can't be called. */
export const toAllowedTools = (tools: readonly Tool[], writes: readonly string[]): Tool[] =>
  tools.filter(({ name, annotations }) => annotations.readOnlyHint || writes.includes(name));
