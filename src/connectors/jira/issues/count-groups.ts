import { z } from 'zod';
import type { ToolContext } from '../../connector.ts';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { explainJql } from '../jql/explain-jql.ts';
import { narrowJql, projectClauses, quoteJql } from '../jql/narrow-jql.ts';
import type { Field, FieldIndex } from '../names/field-index.ts';
import { findIssues } from './find-issues.ts';
import { flattenValue } from './flatten-value.ts';
import { categoryOf, type RawIssue, showField } from './short-issue.ts';

/** What issues are counted by. */
export interface GroupField {
  field: Field;
  /** `To Do`, `In Progress`, `Done` instead of a status. */
  isCategory: boolean;
}

/** @throws ToolError `INVALID_ARGUMENT` for a name that is no field's. */
export function toGroupField(index: FieldIndex, name: string): GroupField {
  const isCategory = /^status[ _]?category$/i.test(name.trim());
  return { field: index.find(isCategory ? 'status' : name), isCategory };
}

/** So many are looked at one by one; of more, the values that these have are counted by Jira. */
const mostRead = 2_000;
/** Then so many of those with none of these values, so that rare ones are found too. */
const mostMore = 500;
const mostGroups = 20;

export interface GroupCounts extends Record<string, unknown> {
  count: number;
  precision: 'exact' | 'estimate';
  /** The most frequent first, 20 at most. */
  groups: { value: string | null; count: number }[];
  notes?: string[];
}

type Work = Pick<ToolContext, 'signal' | 'progress'>;

/** Counts by the values of a field. An issue with several labels counts under each. */
export async function countGroups(
  jira: Jira,
  jql: string,
  group: GroupField,
  work: Work,
): Promise<GroupCounts> {
  const { items, hasMore } = await readValues(jira, jql, group, { limit: mostRead }, work);
  const values = tally(jira, items, group);
  if (hasMore) return estimate(jira, jql, group, values, work);
  const rest = values.length - mostGroups;
  return {
    count: items.length,
    precision: 'exact',
    groups: values.slice(0, mostGroups).map(({ value, count }) => ({ value, count })),
    ...(rest > 0 && { notes: [`${rest} more values, none of more issues.`] }),
  };
}

const readValues = (
  jira: Jira,
  jql: string,
  { field }: GroupField,
  part: { limit: number; clauses?: string[] },
  { signal, progress }: Work,
) => {
  const onPage = (count: number) => progress(`${count} issues read`);
  const show = (issue: RawIssue) => issue;
  return findIssues(
    jira,
    { jql, fieldIds: [field.id], pageSize: 1_000, ...part, show, onPage },
    signal,
  );
};

interface Tally {
  value: string | null;
  count: number;
  /** As JQL writes it. */
  clause: string;
}

function tally(
  jira: Jira,
  issues: readonly RawIssue[],
  { field, isCategory }: GroupField,
): Tally[] {
  const tallies = new Map<string, Tally>();
  const name = isCategory ? 'statusCategory' : toJqlName(field);
  for (const { fields } of issues) {
    const value = isCategory ? categoryOf(fields[field.id]) : fields[field.id];
    for (const item of Array.isArray(value) && value.length > 0 ? value : [value]) {
      const { shown, written } = toGroup(item);
      const clause = `${name} ${written === null ? 'is EMPTY' : `= ${quoteJql(written)}`}`;
      const isHidden = shown !== null && isKept(jira, field, item);
      const known = tallies.get(clause) ?? { value: isHidden ? unseen : shown, count: 0, clause };
      tallies.set(clause, { ...known, count: known.count + 1 });
    }
  }
  return [...tallies.values()].sort(
    (a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value)),
  );
}

const unseen = '(of a project that is not to be seen)';

/** Whether a value names what only others may see. */
const isKept = (jira: Jira, { id }: Field, item: unknown) =>
  jira.allowedProjects.length > 0 &&
  typeof item === 'object' &&
  showField(jira, { [id]: toWhole(id, item) }, id, 120) === undefined;

/** Links and sub-tasks come as lists, of which this is one. */
const toWhole = (id: string, item: unknown) =>
  id === 'issuelinks' || id === 'subtasks' ? [item] : item;

/** Custom fields by their number, since names may be shared and hold spaces. */
const toJqlName = ({ jqlNames, custom, id }: Field) =>
  custom ? `cf[${id.replace(/\D/g, '')}]` : (jqlNames[0] ?? id);

/** People share names: they are told apart by their account, and everything else by its name. */
function toGroup(value: unknown): { shown: string | null; written: string | null } {
  const flat = flattenValue(value, 120);
  if (flat === undefined) return { shown: null, written: null };
  const shown = String(flat);
  const isUser = typeof value === 'object' && value !== null && 'accountId' in value;
  const isKeyed = typeof value === 'object' && value !== null && 'key' in value && 'id' in value;
  if (isUser) return { shown, written: String(value.accountId) };
  return { shown, written: isKeyed ? String(value.key) : shown };
}

/** Values that the first issues have, and then those of issues that have none of them. */
async function estimate(
  jira: Jira,
  jql: string,
  group: GroupField,
  first: readonly Tally[],
  work: Work,
): Promise<GroupCounts> {
  requireComparable(group.field);
  const known = first.slice(0, mostGroups);
  const others = `NOT (${known.map(({ clause }) => clause).join(' OR ')})`;
  const part = { limit: mostMore, clauses: [others] };
  const { items } = await readValues(jira, jql, group, part, work);
  const more = tally(jira, items, group);
  const values = [...known, ...more].slice(0, mostGroups);
  const count = await estimateCount(jira, jql, [], work.signal);
  const groups: GroupCounts['groups'] = [];
  for (const { value, clause } of values) {
    groups.push({ value, count: await estimateCount(jira, jql, [clause], work.signal) });
    work.progress(`${groups.length} of ${values.length} values counted`);
  }
  groups.sort((a, b) => b.count - a.count);
  const note = `Of so many issues ${values.length} values were counted; rare ones may be missing.`;
  return { count, precision: 'estimate', groups, notes: [note] };
}

const countAnswer = z.object({ count: z.number() });

/** How many issues a query and our own clauses find, by Jira's estimate. Its order matters to nobody. */
export async function estimateCount(
  jira: Jira,
  jql: string,
  clauses: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const narrowed = narrowJql(jql, [...projectClauses(jira.allowedProjects), ...clauses]);
  const { count } = await explainJql(jira, jql, signal, () =>
    jira.ask(countAnswer, signal, (client) => jiraJs.countIssues(client, { jql: narrowed })),
  );
  return count;
}

/** JQL has no = for free text. */
function requireComparable({ name, type, kind }: Field): void {
  if (type !== 'string' || kind === 'labels') return;
  throw new ToolError('TOO_LARGE', `these are too many issues to count by "${name}"`, {
    why: `it holds free text, and more than ${mostRead} issues are found`,
    try: 'a narrower JQL, such as updated >= -30d',
  });
}
