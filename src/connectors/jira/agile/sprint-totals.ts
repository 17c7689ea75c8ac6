import { findIssues } from '../issues/find-issues.ts';
import { flattenValue } from '../issues/flatten-value.ts';
import { categoryOf, pointsOf, type RawIssue } from '../issues/short-issue.ts';
import type { Jira } from '../jira.ts';

/** Sprints past this many issues are summed up to here. */
const mostIssues = 1_000;

/** What a sprint holds, and how much of it is done. Points only where issues have some. */
export interface SprintTotals {
  issues: number;
  done: number;
  points?: number;
  points_done?: number;
  /** False when the sprint has more issues than were looked at. */
  complete: boolean;
}

export async function sumSprint(
  jira: Jira,
  sprintId: number,
  signal: AbortSignal,
): Promise<SprintTotals> {
  const index = await jira.fields(signal);
  const { items: issues, hasMore } = await findIssues(
    jira,
    {
      jql: '',
      clauses: [`sprint = ${sprintId}`],
      fieldIds: ['status', ...index.points.map(({ id }) => id)],
      limit: mostIssues,
      show: (issue) => issue,
      pageSize: 500,
    },
    signal,
  );
  const done = issues.filter(isDone);
  const sum = (some: readonly RawIssue[]) =>
    round(some.reduce((total, { fields }) => total + (pointsOf(fields, index) ?? 0), 0));
  const hasPoints = issues.some(({ fields }) => pointsOf(fields, index) !== undefined);
  return {
    issues: issues.length,
    done: done.length,
    ...(hasPoints && { points: sum(issues), points_done: sum(done) }),
    complete: !hasMore,
  };
}

/** By the category's key, which no language changes. */
const isDone = ({ fields }: RawIssue) => {
  const category = categoryOf(fields.status);
  const key =
    typeof category === 'object' && category !== null && 'key' in category ? category.key : '';
  return key === 'done' || flattenValue(category, 20) === 'Done';
};

const round = (points: number) => Math.round(points * 100) / 100;
