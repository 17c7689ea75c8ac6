import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { jqlArgument } from './arguments.ts';
import type { Jira } from './jira.ts';
import { inspectJql } from './jql/explain-jql.ts';

export const validateJql = (jira: Jira) =>
  defineTool({
    name: 'validate_jql',
    description: 'Check JQL without running it: what is wrong, where, and near names.',
    input: z.object({ jql: jqlArgument }),
    output: z.looseObject({ valid: z.boolean() }),
    annotations: readsOnly,
    async run({ jql }, { signal }) {
      const { errors, warnings, suggestions } = await inspectJql(jira, jql, signal);
      return {
        valid: errors.length === 0,
        errors: errors.map((message) => ({ message, ...toPosition(jql, message) })),
        suggestions,
        ...(warnings.length > 0 && { warnings }),
      };
    },
  });

/** Where Jira says it is, as a count of characters from 1. */
function toPosition(jql: string, message: string): { position?: number } {
  const [, line, character] = /line (\d+), character (\d+)/.exec(message) ?? [];
  if (!line || !character) return {};
  const before = jql.split('\n').slice(0, Number(line) - 1);
  return { position: before.reduce((sum, text) => sum + text.length + 1, 0) + Number(character) };
}
