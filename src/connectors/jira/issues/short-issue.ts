import { z } from 'zod';
import type { Jira } from '../jira.ts';
import type { Field, FieldIndex } from '../names/field-index.ts';
import { type FlatValue, flattenValue } from './flatten-value.ts';
import { projectOf } from './issue-key.ts';

/** An issue as Jira gives it. */
export const rawIssue = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.record(z.string(), z.unknown()).catch({}),
});

export type RawIssue = z.output<typeof rawIssue>;

/** An issue as it is shown: what is empty is left out. */
export type ShortIssue = { key: string } & Record<string, FlatValue>;

/** What a list shows of each issue unless told. */
const listed = [
  'summary',
  'issuetype',
  'status',
  'priority',
  'assignee',
  'created',
  'updated',
  'duedate',
  'labels',
  'parent',
];

/** Under which names the fields of Jira itself are shown. */
const shownAs: Record<string, string> = { issuetype: 'type', duedate: 'due' };

/** Which fields to ask Jira for, and how to show an issue that has them. */
export interface IssueView {
  fieldIds: string[];
  show(issue: RawIssue): ShortIssue;
}

/**
 * The fields that were asked for by name beside the summary, or else those of a list with sprint and story points.
 *
 * @throws ToolError `INVALID_ARGUMENT` for a name that is no field's, or several fields', and for too many.
 */
export function toView(jira: Jira, index: FieldIndex, asked?: readonly string[]): IssueView {
  if (asked && asked.length > 0) {
    const fields = index.findAll(asked);
    return {
      fieldIds: [...new Set(['summary', ...fields.map(({ id }) => id)])],
      show: (issue) => ({
        ...showFields(jira, issue, ['summary'], 255),
        ...showAsked(jira, issue, fields),
      }),
    };
  }
  const { sprint, points } = index;
  return {
    fieldIds: [...listed, ...(sprint ? [sprint.id] : []), ...points.map(({ id }) => id)],
    show: (issue) => ({ ...showFields(jira, issue, listed, 255), ...showAgile(issue, index) }),
  };
}

/** A long text of which there are many is cut short. */
const askedChars = 500;

const showAsked = (jira: Jira, issue: RawIssue, fields: readonly Field[]) =>
  Object.fromEntries(
    fields.flatMap(({ id, name, custom }) => {
      const value = showField(jira, issue.fields, id, askedChars);
      return value === undefined ? [] : [[custom ? name : (shownAs[id] ?? id), value]];
    }),
  );

/** The issue's key and those of its fields that are not empty. */
export function showFields(
  jira: Jira,
  { key, fields }: RawIssue,
  ids: readonly string[],
  maxChars: number,
): ShortIssue {
  const shown: ShortIssue = { key };
  for (const id of ids) {
    const value = showField(jira, fields, id, maxChars);
    if (value === undefined) continue;
    shown[shownAs[id] ?? id] = value;
    const category = id === 'status' && flattenValue(categoryOf(fields.status), 40);
    if (category) shown.status_category = category;
  }
  return shown;
}

/** The value of a field in a few words. Issues of projects that are not to be seen stay hidden where others name them. */
export function showField(
  jira: Jira,
  fields: RawIssue['fields'],
  id: string,
  maxChars: number,
): FlatValue | undefined {
  const value = fields[id];
  if (id === 'parent' && isHidden(jira, value)) return;
  if (id === 'subtasks' || id === 'issuelinks') return showLinked(jira, value);
  return namesHidden(jira, value) ? undefined : flattenValue(value, maxChars);
}

const isHidden = (jira: Jira, value: unknown) => !jira.isAllowed(projectOf(keyOf(value)));

/** Fields of apps hold issues in shapes of their own. */
const namesHidden = (jira: Jira, value: unknown): boolean =>
  jira.allowedProjects.length > 0 &&
  typeof value === 'object' &&
  [...(JSON.stringify(value) ?? '').matchAll(/"key":"([A-Z][A-Z0-9_]+)-\d+"/g)].some(
    ([, project = '']) => !jira.isAllowed(project),
  );

const keyOf = (value: unknown): string => {
  const key = typeof value === 'object' && value !== null && 'key' in value ? value.key : '';
  return typeof key === 'string' ? key : '';
};

const linked = z.object({
  key: z.string(),
  fields: z
    .object({
      summary: z.string().catch(''),
      status: z.object({ name: z.string() }).optional().catch(undefined),
    })
    .catch({ summary: '', status: undefined }),
});

const link = z.object({
  type: z.object({
    inward: z.string().catch('is linked to'),
    outward: z.string().catch('links to'),
  }),
  inwardIssue: linked.optional().catch(undefined),
  outwardIssue: linked.optional().catch(undefined),
});

/** `blocks OPS-7 Printer is on fire (To Do)`. */
function showLinked(jira: Jira, value: unknown): FlatValue | undefined {
  if (!Array.isArray(value)) return;
  const lines = value.slice(0, 50).flatMap((item) => {
    const asLink = link.safeParse(item);
    const asIssue = linked.safeParse(item);
    const issue = asLink.data?.outwardIssue ?? asLink.data?.inwardIssue ?? asIssue.data;
    if (!issue || isHidden(jira, issue)) return [];
    const verb = asLink.data?.outwardIssue ? asLink.data.type.outward : asLink.data?.type.inward;
    const status = issue.fields.status ? ` (${issue.fields.status.name})` : '';
    const line = `${verb ? `${verb} ` : ''}${issue.key} ${issue.fields.summary}${status}`;
    return [flattenValue(line, 200) ?? issue.key];
  });
  return lines.length > 0 ? lines : undefined;
}

/** `To Do`, `In Progress` or `Done`, whatever a team calls its statuses. */
export const categoryOf = (status: unknown): unknown =>
  typeof status === 'object' && status !== null && 'statusCategory' in status
    ? status.statusCategory
    : undefined;

const sprints = z.array(z.object({ name: z.string(), state: z.string().catch('') }));

/** The sprint an issue is in, or was in last, and its story points, whichever field holds them. */
export function showAgile({ fields }: RawIssue, index: FieldIndex): Record<string, FlatValue> {
  const found = sprints.safeParse(index.sprint && fields[index.sprint.id]).data ?? [];
  const sprint = found.find(({ state }) => state !== 'closed') ?? found.at(-1);
  const points = pointsOf(fields, index);
  return {
    ...(sprint && { sprint: flattenValue(`${sprint.name} (${sprint.state})`, 100) ?? '' }),
    ...(points !== undefined && { story_points: points }),
  };
}

export const pointsOf = (fields: RawIssue['fields'], index: FieldIndex): number | undefined =>
  index.points.map(({ id }) => fields[id]).find((value) => typeof value === 'number');
