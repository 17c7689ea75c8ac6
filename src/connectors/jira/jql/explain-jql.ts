import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import { JiraRefusal, withoutStop } from '../api/jira-refusal.ts';
import type { Jira } from '../jira.ts';
import { suggestNames } from './suggest-names.ts';

/** What Jira's parser finds in a query, in its words, and names that may have been meant. */
export interface JqlFindings {
  errors: string[];
  warnings: string[];
  suggestions: string[];
}

const messages = z.array(z.string()).nullish();
const parsed = z.object({
  queries: z.array(z.object({ errors: messages, warnings: messages })).min(1),
});

/** Has Jira read a query without running it. */
export async function inspectJql(
  jira: Jira,
  jql: string,
  signal: AbortSignal,
): Promise<JqlFindings> {
  const { queries } = await jira.ask(parsed, signal, (client) =>
    jiraJs.parseJqlQueries(client, { queries: [jql], validation: 'strict' }),
  );
  const [query] = queries;
  const errors = toLines(query?.errors);
  const suggestions = await suggestNames(jira, errors, signal);
  return { errors, warnings: toLines(query?.warnings), suggestions };
}

const toLines = (texts: readonly string[] | null | undefined) =>
  (texts ?? []).slice(0, 5).map((text) => outsideText(text, 300));

/**
 * Does something with a query, and explains it when Jira refuses the query.
 *
 * @throws ToolError `INVALID_ARGUMENT` with Jira's reasons and near names, and whatever else the work throws.
 */
export async function explainJql<Result>(
  jira: Jira,
  jql: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof JiraRefusal) || error.status !== 400) throw error;
    const { messages } = error;
    if (messages.some((message) => /unbounded/i.test(message))) refuseUnbounded(error);
    const found = await inspectJql(jira, jql, signal).catch(() => undefined);
    signal.throwIfAborted();
    const reasons = found && found.errors.length > 0 ? found.errors : messages;
    const suggestions = found?.suggestions ?? [];
    throw new ToolError('INVALID_ARGUMENT', 'Jira does not understand this JQL', {
      why: reasons.map(withoutStop).join('; ') || undefined,
      try:
        suggestions.length > 0
          ? suggestions.join(', ')
          : 'names from search_fields, values in quotes',
      cause: error,
    });
  }
}

function refuseUnbounded(cause: JiraRefusal): never {
  throw new ToolError('INVALID_ARGUMENT', 'Jira refuses a search through everything', {
    try: 'a restriction, such as project = OPS AND updated >= -30d',
    cause,
  });
}
