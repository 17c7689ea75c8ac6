import { adfFault } from './adf/adf-fault.ts';
import type { AdfNode } from './adf/adf-node.ts';
import { adfText } from './adf/adf-text.ts';
import type { Entity, FieldValue } from './jira-data.ts';
import type { JiraField } from './jira-fields.ts';
import type { JiraSite } from './jira-site.ts';

/** What is wrong with a value for a field, in Jira's words. */
export class InputError extends Error {
  override name = 'InputError';
}

/** Characters of a text at most. */
export const maxText = 32_767;
const maxSummary = 255;

/** Reads a value as the API takes it, for an issue of this project. Throws an `InputError`. */
export function readInput(
  site: JiraSite,
  field: JiraField,
  { input, projectId }: { input: unknown; projectId: string },
): FieldValue {
  if (field.id === 'summary') return readSummary(input);
  if (input === null || input === undefined) return null;
  if (field.id === 'customfield_10020') return [readSprint(site, input)];
  if (field.kind === 'entities' || field.kind === 'labels') {
    if (!Array.isArray(input)) throw new InputError('data was not an array');
    return input.map((each) =>
      field.kind === 'labels'
        ? readLabel(each)
        : readEntity(site, field, { input: each, projectId }),
    );
  }
  if (field.kind === 'entity') return readEntity(site, field, { input, projectId });
  if (field.kind === 'number') {
    if (typeof input !== 'number') throw new InputError('Operation value must be a number');
    return input;
  }
  if (field.kind === 'document') return readDocument(input);
  if (field.kind === 'date') return readDate(input);
  return readText(input);
}

function readSummary(input: unknown): string {
  const text = input === null || input === undefined ? '' : readText(input);
  if (text.trim() === '') throw new InputError('You must specify a summary of the issue.');
  if (text.length > maxSummary)
    throw new InputError(`Summary can't exceed ${maxSummary} characters.`);
  if (/[\r\n]/.test(text))
    throw new InputError('The summary is invalid because it contains newline characters.');
  return text;
}

function readText(input: unknown): string {
  if (typeof input !== 'string') throw new InputError('Operation value must be a string');
  if (input.length > maxText) throw tooLong();
  return input;
}

const tooLong = () =>
  new InputError(
    'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
  );

function readDocument(input: unknown): AdfNode {
  if (adfFault(input))
    throw new InputError(
      'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    );
  if (adfText(input as AdfNode).length > maxText) throw tooLong();
  return input as AdfNode;
}

function readDate(input: unknown): string {
  const valid =
    typeof input === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(input) &&
    new Date(`${input}T00:00:00Z`).toISOString().startsWith(input);
  if (!valid) throw new InputError(`Error parsing date string: ${input}`);
  return input;
}

function readLabel(input: unknown): string {
  const label = readText(input);
  if (/\s/.test(label))
    throw new InputError(`The label '${label}' contains spaces which is invalid.`);
  if (label === '' || label.length > 255) throw new InputError('A label has 1 to 255 characters.');
  return label;
}

function readSprint({ data }: JiraSite, input: unknown): string {
  if (typeof input !== 'number') throw new InputError('Number value expected as the Sprint id.');
  const found = data.sprints.find(({ id, state }) => id === input && state !== 'closed');
  if (!found) throw new InputError('Sprint does not exist or has been completed.');
  return String(found.id);
}

function readEntity(
  site: JiraSite,
  field: JiraField,
  { input, projectId }: { input: unknown; projectId: string },
): string {
  const given = toReference(input);
  const found = candidates(site, field, projectId).find(
    ({ id, name, key }: Entity & { key?: string }) =>
      given.id === undefined
        ? [name, key].some((each) => each !== undefined && each === given.name)
        : id === given.id,
  );
  if (!found) throw new InputError(notFound(site, field, given.id ?? given.name ?? ''));
  return found.id;
}

/** `{id}`, `{accountId}`, `{name}`, `{value}` or `{key}`. */
function toReference(input: unknown): { id?: string; name?: string } {
  if (!input || typeof input !== 'object') throw new InputError('data was not an object');
  const { id, accountId, name, value, key } = input as Record<string, unknown>;
  const given = id ?? accountId;
  if (given !== undefined && given !== null) return { id: String(given) };
  const named = name ?? value ?? key;
  if (named === undefined || named === null)
    throw new InputError('expected Object containing an id, a name or a value');
  return { name: String(named) };
}

/** What may be chosen in a project: its own components, its issue types, people who are still there. */
export function candidates(
  site: JiraSite,
  field: JiraField,
  projectId: string,
): (Entity & { key?: string })[] {
  const { data } = site;
  const project = data.projects.find(({ id }) => id === projectId);
  const ofProject = (items: (Entity & { projectId: string })[]) =>
    items.filter((item) => item.projectId === projectId);
  if (field.of === 'components') return ofProject(data.components);
  if (field.of === 'versions') return ofProject(data.versions);
  if (field.of === 'options') return data.options.filter(({ fieldId }) => fieldId === field.id);
  if (field.of === 'users') return data.users.filter(({ active }) => active);
  if (field.of === 'issueTypes')
    return data.issueTypes.filter(({ id }) => project?.typeIds.includes(id));
  if (field.of === 'issues') return data.issues.map(({ id, key }) => ({ id, name: key, key }));
  return field.of ? site.entities(field.of) : [];
}

function notFound({ data }: JiraSite, { id, of }: JiraField, given: string): string {
  if (of === 'users') {
    const user = data.users.find((each) => each.id === given);
    return user
      ? `User '${user.name}' cannot be assigned issues.`
      : `User '${given}' does not exist.`;
  }
  if (of === 'components') return `Component name '${given}' is not valid`;
  if (of === 'versions') return `Version name '${given}' is not valid`;
  if (of === 'options') return `Option value '${given}' is not valid`;
  if (id === 'issuetype') return 'Specify a valid issue type';
  if (id === 'priority') return 'The priority selected is invalid.';
  if (id === 'parent') return 'Could not find issue by id or key.';
  return `${given} is not valid`;
}

/** A value as an issue's history has it: what it is, and how it reads. */
export function toHistoryValue(
  site: JiraSite,
  field: JiraField,
  value: FieldValue | undefined,
): { raw: string | null; text: string | null } {
  if (value === null || value === undefined) return { raw: null, text: null };
  const { of } = field;
  if (Array.isArray(value)) {
    const texts = of ? value.map((id) => site.entity(of, id)?.name ?? id) : value;
    const separator = of ? ', ' : ' ';
    return { raw: of ? value.join(', ') : null, text: texts.join(separator) };
  }
  if (typeof value === 'object') return { raw: null, text: adfText(value) };
  if (of) return { raw: String(value), text: site.entity(of, value)?.name ?? String(value) };
  return { raw: field.kind === 'date' ? value.toString() : null, text: String(value) };
}
