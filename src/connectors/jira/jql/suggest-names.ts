import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { accountIdPattern } from '../names/users.ts';

const noValue = /(?:value '(.+?)' does not exist for the|option '(.+?)' for) field '(.+?)'/i;

/** Near names for what the messages say does not exist; Jira's words are the same in search and parser. */
export async function suggestNames(
  jira: Jira,
  errors: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  for (const error of errors.slice(0, 3)) {
    const [, ofValue, ofOption, ofField] = noValue.exec(error) ?? [];
    const value = ofValue ?? ofOption;
    const [, field] = /field '(.+?)' does not exist/i.exec(error) ?? [];
    const [, name] = /function '?(\w+)/i.exec(error) ?? [];
    if (value && ofField) found.push(...(await nearValues(jira, ofField, value, signal)));
    else if (field) found.push(...(await nearFields(jira, field, signal)));
    else if (name) found.push(...(await nearFunctions(jira, name, signal)));
  }
  return [...new Set(found)].slice(0, 8);
}

/** The display name has HTML where something was typed: `<b>Ad</b>a`. */
const named = z
  .array(z.object({ value: z.string(), displayName: z.string().catch('') }))
  .transform((items) =>
    items.map(({ value, displayName }) => ({
      value: value.replaceAll('"', ''),
      name: displayName.replaceAll(/<\/?b>/g, '') || value,
    })),
  )
  .catch([]);
const reference = z.object({ visibleFieldNames: named, visibleFunctionNames: named });

/** Jira names some fields in JQL alone (`text`, `filter`), and tells custom ones there by their numbers. */
async function nearFields(jira: Jira, text: string, signal: AbortSignal): Promise<string[]> {
  const [{ visibleFieldNames }, { all }] = await Promise.all([
    jira.ask(reference, signal, (client) => jiraJs.getAutoComplete(client)),
    jira.fields(signal),
  ]);
  const names = [
    ...visibleFieldNames.map(({ value }) => value),
    ...all.flatMap(({ jqlNames }) => jqlNames),
  ].filter((name) => !name.startsWith('cf['));
  return nearest(text, new Set(names), 4);
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

/** Fields whose values are the same in all projects. */
const common =
  /^(?:status(?:category)?|priority|(?:issue)?type|resolution|assignee|reporter|creator)$/i;

/** So many values are all named where none is near. */
const fewValues = 8;

/** First what begins alike, then anything near of all values that Jira names, unless they are of hidden projects. */
async function nearValues(
  jira: Jira,
  field: string,
  text: string,
  signal: AbortSignal,
): Promise<string[]> {
  if (/^project$/i.test(field)) return nearProjects(jira, text, signal);
  if (jira.allowedProjects.length > 0 && !common.test(field)) return [];
  for (const start of [text.slice(0, 2), '']) {
    const { results } = await jira.ask(suggestions, signal, (client) =>
      jiraJs.getFieldAutoCompleteForQueryString(client, { fieldName: field, fieldValue: start }),
    );
    const shown = new Map(
      results.flatMap((result) => [result.value, result.name].map((name) => [name, show(result)])),
    );
    const close = nearest(text, shown.keys(), 4).flatMap((name) => shown.get(name) ?? []);
    if (close.length > 0) return close;
    if (start === '' && results.length <= fewValues) return results.map(show);
  }
  return [];
}

/** People are meant by their account. */
const show = ({ value, name }: { value: string; name: string }) =>
  accountIdPattern.test(value) ? `${value} (${outsideText(name, 60)})` : outsideText(value, 80);

async function nearProjects(jira: Jira, text: string, signal: AbortSignal): Promise<string[]> {
  const projects = await jira.projects(signal);
  const close = nearest(
    text,
    projects.flatMap(({ key, name }) => [key, name]),
    4,
  );
  return close.length > 0 || projects.length > fewValues ? close : projects.map(({ name }) => name);
}
