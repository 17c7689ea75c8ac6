import { z } from 'zod';
import { fitItems } from '../../fit-items.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import type { Field, FieldIndex } from '../names/field-index.ts';
import { requireAllowed } from '../names/find-project.ts';
import { type FlatValue, flattenValue } from './flatten-value.ts';
import { askOfIssue, projectOf } from './issue-key.ts';
import {
  type RawIssue,
  rawIssue,
  type ShortIssue,
  showAgile,
  showField,
  showFields,
} from './short-issue.ts';

const detailed = rawIssue.extend({
  names: z.record(z.string(), z.string()).catch({}),
});

/** What people ask for first; `description` comes last, and other fields behind it while there is room. */
const first = [
  'summary',
  'issuetype',
  'status',
  'resolution',
  'priority',
  'assignee',
  'reporter',
  'created',
  'updated',
  'resolutiondate',
  'duedate',
  'labels',
  'components',
  'fixVersions',
  'parent',
];

/** Nobody asks for these unless by name, or they are shown in another way. */
const hidden = new Set([
  ...first,
  'description',
  'project',
  'comment',
  'worklog',
  'attachment',
  'subtasks',
  'issuelinks',
  'issuerestriction',
  'statusCategory',
  'statuscategorychangedate',
  'lastViewed',
  'votes',
  'watches',
  'workratio',
  'progress',
  'aggregateprogress',
  'thumbnail',
  'creator',
  'security',
  'timetracking',
]);

/** About 600 tokens for an issue, most of them for its description. */
const descriptionChars = 1_200;
const valueChars = 160;
const issueChars = 2_300;
/** Of all fields together that were asked for by name. */
const wholeChars = 12_000;
/** Of links, sub-tasks and attachments each, in bytes. */
const linkedBytes = 1_500;

interface Wanted {
  fields: readonly string[] | undefined;
  include: readonly string[];
}

/** An issue as it is shown. */
export interface IssueDetails {
  issue: Record<string, unknown> & { key: string };
  notes: string[];
}

/** Reads an issue. Without fields: what most people want of it, and what else is filled in while there is room. */
export async function readDetails(
  jira: Jira,
  issueKey: string,
  { fields, include }: Wanted,
  signal: AbortSignal,
): Promise<IssueDetails> {
  const index = await jira.fields(signal);
  const asked = fields?.length ? index.findAll(fields) : undefined;
  const beside = [...new Set(include)].flatMap((part) => linkedParts[part] ?? []);
  const ids = asked
    ? ['summary', ...asked.map(({ id }) => id), ...beside]
    : ['*all', '-comment', '-worklog'];
  const raw = await askOfIssue(jira, issueKey, detailed, signal, (client) =>
    jiraJs.getIssue(client, { issueIdOrKey: issueKey, fields: ids, expand: 'names' }),
  );
  requireAllowed(jira, projectOf(raw.key)); // it may have moved
  const url = await jira.linkTo(raw.key, signal);
  const { issue, notes } = asked ? showAsked(jira, raw, asked) : showUsual(jira, raw, index, url);
  return { issue: { ...issue, ...(url && { url }), ...showLinked(jira, raw, beside) }, notes };
}

/** Parts of `include` that are fields of the issue. */
const linkedParts: Record<string, string> = {
  subtasks: 'subtasks',
  links: 'issuelinks',
  attachments: 'attachment',
};

function showLinked(jira: Jira, raw: RawIssue, ids: readonly string[]): Record<string, FlatValue> {
  const values = showFields(jira, raw, ids, 200);
  return Object.fromEntries(
    Object.entries(linkedParts).flatMap(([part, id]) => {
      const value = values[id];
      return Array.isArray(value) ? [[part, fitItems(value, linkedBytes).items]] : [];
    }),
  );
}

function showAsked(jira: Jira, raw: RawIssue, asked: readonly Field[]) {
  const chars = Math.max(200, Math.floor(wholeChars / Math.max(1, asked.length)));
  const shown = asked.map(({ id, name, custom }) => {
    const { key: _, ...values } = showFields(jira, raw, [id], chars);
    const value = values[id];
    return custom && value !== undefined ? { [name]: value } : values;
  });
  const summary = showFields(jira, raw, ['summary'], 255);
  return { issue: Object.assign({}, summary, ...shown) as ShortIssue, notes: [] };
}

function showUsual(jira: Jira, raw: z.output<typeof detailed>, index: FieldIndex, url?: string) {
  const text = flattenValue(raw.fields.description, descriptionChars);
  const known = {
    ...showFields(jira, raw, first, 255),
    ...showAgile(raw, index),
    ...(text !== undefined && { description: text }),
    ...toCounts(raw),
  };
  const agile = [index.sprint, ...index.points].flatMap((field) => field?.id ?? []);
  const others = toOthers(jira, raw, new Set([...hidden, ...agile]));
  const { shown, left } = whileRoom({ ...known, url }, others);
  const notes = left.length > 0 ? [`More fields, to be read by name: ${left.join(', ')}`] : [];
  return { issue: { ...known, ...shown }, notes };
}

/** How many there are of what `include` shows. */
const toCounts = ({ fields }: RawIssue): Record<string, number> =>
  Object.fromEntries(
    Object.entries(linkedParts).flatMap(([name, id]) => {
      const value = fields[id];
      return Array.isArray(value) && value.length > 0 ? [[`${name}_count`, value.length]] : [];
    }),
  );

/** The other fields that hold something, by name; those that share their name with their id beside it. */
function toOthers(jira: Jira, { fields, names }: z.output<typeof detailed>, without: Set<string>) {
  const ids = Object.keys(fields).filter((id) => !without.has(id) && !/^aggregate|^time/.test(id));
  const nameOf = (id: string) => flattenValue(names[id] ?? id, 80)?.toString() ?? id;
  const isShared = (id: string) => ids.filter((other) => nameOf(other) === nameOf(id)).length > 1;
  return ids.flatMap((id): [string, FlatValue][] => {
    const value = showField(jira, fields, id, valueChars);
    const isOpaque = typeof value === 'string' && /^(?:\{|\d\|[a-z0-9]+:)/.test(value); // a rank, an app's data
    return value === undefined || isOpaque
      ? []
      : [[isShared(id) ? `${nameOf(id)} (${id})` : nameOf(id), value]];
  });
}

function whileRoom(known: object, others: readonly [string, FlatValue][]) {
  let room = issueChars - JSON.stringify(known).length;
  const fits = others.map(([name, value]) => {
    room -= JSON.stringify([name, value]).length;
    return room >= 0;
  });
  return {
    shown: Object.fromEntries(others.filter((_, index) => fits[index])),
    left: others
      .filter((_, index) => !fits[index])
      .map(([name]) => name)
      .slice(0, 30),
  };
}
