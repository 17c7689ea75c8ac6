import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import { JiraRefusal, withoutStop } from '../api/jira-refusal.ts';
import type { Jira } from '../jira.ts';

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
  const suggestions = await suggest(jira, errors, signal);
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

/** Near names for what the messages say does not exist; Jira's words are the same in search and parser. */
async function suggest(
  jira: Jira,
  errors: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  for (const error of errors.slice(0, 3)) {
    const [, value, ofField] =
      /value '(.+?)' does not exist for the field '(.+?)'/i.exec(error) ?? [];
    const [, field] = /field '(.+?)' does not exist/i.exec(error) ?? [];
    const [, name] = /function '?(\w+)/i.exec(error) ?? [];
    if (value && ofField) found.push(...(await nearValues(jira, ofField, value, signal)));
    else if (field) found.push(...(await nearFields(jira, field, signal)));
    else if (name) found.push(...(await nearFunctions(jira, name, signal)));
  }
  return [...new Set(found)].slice(0, 8);
}

const named = z.array(z.object({ value: z.string() }).loose()).catch([]);
const reference = z.object({ visibleFieldNames: named, visibleFunctionNames: named });

async function nearFields(jira: Jira, text: string, signal: AbortSignal): Promise<string[]> {
  const { visibleFieldNames } = await jira.ask(reference, signal, (client) =>
    jiraJs.getAutoComplete(client),
  );
  return nearest(
    text,
    visibleFieldNames.map(({ value }) => value.replaceAll('"', '')),
    4,
  );
}

async function nearFunctions(jira: Jira, text: string, signal: AbortSignal): Promise<string[]> {
  const { visibleFunctionNames } = await jira.ask(reference, signal, (client) =>
    jiraJs.getAutoComplete(client),
  );
  const calls = new Map(
    visibleFunctionNames.map(({ value }) => [value.replace(/\(.*$/s, ''), value] as const),
  );
  return nearest(text, calls.keys(), 4).map((name) => calls.get(name) ?? name);
}

const suggestions = z.object({ results: named });

/** First what begins alike, then anything near of all values that Jira names. */
async function nearValues(
  jira: Jira,
  field: string,
  text: string,
  signal: AbortSignal,
): Promise<string[]> {
  for (const start of [text.slice(0, 2), '']) {
    const { results } = await jira.ask(suggestions, signal, (client) =>
      jiraJs.getFieldAutoCompleteForQueryString(client, { fieldName: field, fieldValue: start }),
    );
    const values = results.map(({ value }) => value.replaceAll('"', ''));
    const close = nearest(text, values, 4);
    if (close.length > 0) return close;
    if (start === '' && values.length <= 8) return values;
  }
  return [];
}
