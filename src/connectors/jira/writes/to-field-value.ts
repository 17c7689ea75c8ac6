import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { isAdf } from '../adf/adf.ts';
import { markdownToAdf } from '../adf/markdown-to-adf.ts';
import { toIssueKey } from '../issues/issue-key.ts';
import type { Jira } from '../jira.ts';
import { requireAllowed } from '../names/find-project.ts';
import { findUser } from '../names/users.ts';
import type { AllowedValue, FieldMeta } from './field-meta.ts';

/** Where a value is to stand. */
export interface FieldPlace {
  jira: Jira;
  /** The key of the project, for who can be given work there. */
  project: string;
  signal: AbortSignal;
}

/**
 * A value as people say it (`High`, `me`, Markdown, `2026-12-24`) as Jira takes it for the field; null empties it.
 *
 * @throws ToolError `INVALID_ARGUMENT` that names the field, what it takes, and near values.
 */
export async function toFieldValue(
  field: FieldMeta,
  value: unknown,
  place: FieldPlace,
): Promise<unknown> {
  if (field.id === 'summary') return toSummary(toText(field, value ?? ''));
  if (value === null) return null;
  if (field.type === 'array') {
    const items = Array.isArray(value) ? value : [value];
    const item = { ...field, type: field.items };
    return Promise.all(items.map((each) => toFieldValue(item, each, place)));
  }
  if (isRichText(field)) return isAdf(value) ? value : markdownToAdf(toText(field, value));
  const convert = converters[field.type] ?? keep;
  return convert(field, value, place);
}

/** Whether Jira keeps the field as a rich text. */
export const isRichText = ({ type, kind }: FieldMeta): boolean =>
  type === 'doc' || ['description', 'environment', 'textarea'].includes(kind);

type Converter = (field: FieldMeta, value: unknown, place: FieldPlace) => unknown;

const choose: Converter = (field, value) => {
  const wanted = toText(field, idOf(value) ?? value);
  return field.allowed ? { id: pick(field, wanted, field.allowed).id } : { name: wanted };
};

/** Fields whose values Jira lists. */
const chosen =
  'option priority version component resolution securitylevel group project issuetype status'.split(
    ' ',
  );

const converters: Record<string, Converter> = {
  ...Object.fromEntries(chosen.map((type) => [type, choose])),
  string: (field, value) =>
    field.kind === 'labels' ? toLabel(field, value) : toText(field, value),
  number: (field, value) => {
    const number = typeof value === 'string' && value.trim() ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number)
      ? number
      : refuse(field, value, 'a number');
  },
  date: (field, value) => (isDay(value) ? value : refuse(field, value, 'a day such as 2026-12-24')),
  datetime: (field, value) => {
    const date = new Date(typeof value === 'string' ? value : Number.NaN);
    if (Number.isNaN(date.getTime())) refuse(field, value, 'a moment such as 2026-12-24T18:00:00Z');
    return date.toISOString().replace('Z', '+0000');
  },
  user: async (field, value, { jira, project, signal }) => {
    const name = toText(field, idOf(value) ?? value);
    const where = field.id === 'assignee' ? project : undefined;
    return { accountId: await findUser(jira, name, where, signal) };
  },
  issuelink: (field, value, { jira }) => ({
    key: toIssueKey(jira, toText(field, idOf(value) ?? value)),
  }),
  'option-with-child': (field, value) => {
    const [parent = '', child] = toText(field, value).split(/\s*>\s*/);
    const option = pick(field, parent, field.allowed ?? []);
    if (child === undefined) return { id: option.id };
    return { id: option.id, child: { id: pick(field, child, option.children ?? []).id } };
  },
  json: (field, value) => (field.kind === 'gh-sprint' ? toSprintId(field, value) : value),
};

/**
 * A kind of field that is not known here is Jira's to judge, such as links and epics. Where only some projects are to be
 * seen, it names issues of those, by their keys.
 */
const keep: Converter = (field, value, { jira }) => {
  if (jira.allowedProjects.length === 0) return value;
  const json = JSON.stringify(value) ?? '';
  for (const [, project = ''] of json.matchAll(/"\s*([A-Z][A-Z0-9_]+)-\d+\s*"/gi))
    requireAllowed(jira, project.toUpperCase());
  if (/Issue":(?!\{"key":"[^"]*"\})/i.test(json)) refuse(field, value, 'issues by their keys');
  return value;
};

/** Models that know Jira write `{"name": "High"}`. */
function idOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return;
  const { accountId, name, value: option, key, id } = value as Record<string, unknown>;
  return accountId ?? name ?? option ?? key ?? id;
}

function toText(field: FieldMeta, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : refuse(field, value, 'a text');
}

function toSummary(text: string): string {
  const refuse = (what: string, wayOut: string): never => {
    throw new ToolError('INVALID_ARGUMENT', `the summary ${what}`, { try: wayOut });
  };
  const rest = 'and the rest in the description';
  if (!text.trim()) refuse('is empty', 'a few words');
  if (text.length > 255)
    refuse(`has ${text.length} characters, and Jira takes 255`, `a short summary, ${rest}`);
  return /[\r\n]/.test(text) ? refuse('has more than one line', `one line, ${rest}`) : text;
}

function toLabel(field: FieldMeta, value: unknown): string {
  const label = toText(field, value).trim();
  return label && !/\s/.test(label) ? label : refuse(field, value, 'labels without spaces');
}

const isDay = (value: unknown) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true;

const toSprintId = (field: FieldMeta, value: unknown) =>
  /^[1-9]\d{0,14}$/.test(String(value))
    ? Number(value)
    : refuse(field, value, 'the id of a sprint (list_sprints)');

function pick(field: FieldMeta, wanted: string, values: readonly AllowedValue[]): AllowedValue {
  const found = values.find((value) =>
    namesOf(value).some((name) => name.toLowerCase() === wanted.trim().toLowerCase()),
  );
  if (found) return found;
  const names = values.map(nameOf);
  const close = nearest(wanted, names, 5);
  throw new ToolError(
    'INVALID_ARGUMENT',
    `"${outsideText(wanted, 60)}" is not a value of the field "${field.name}"`,
    { try: showNames(close.length > 0 ? close : names) },
  );
}

const namesOf = ({ name, value, key, id }: AllowedValue) =>
  [name, value, key, id].filter((text) => text !== undefined);

const nameOf = ({ name, value, key, id }: AllowedValue) => name ?? value ?? key ?? id ?? '?';

const showNames = (names: readonly string[]) =>
  `${names
    .slice(0, 12)
    .map((name) => outsideText(name, 60))
    .join(', ')}${names.length > 12 ? `, and ${names.length - 12} more` : ''}`;

/** What a field takes, for somebody who left it out: some of its values, or its type. */
export const describeField = ({ name, type, allowed }: FieldMeta): string =>
  allowed && allowed.length > 0
    ? `"${name}" (${showNames(allowed.map(nameOf))})`
    : `"${name}" (${type})`;

function refuse(field: FieldMeta, value: unknown, what: string): never {
  const shown = outsideText(JSON.stringify(value) ?? '', 60);
  throw new ToolError('INVALID_ARGUMENT', `the field "${field.name}" can't be ${shown}`, {
    try: what,
  });
}
