import { readFields, setValues, toRecord } from '../edit-issue.ts';
import type { FieldValue, JiraIssue, JiraTransition } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { Refusal } from '../refusal.ts';
import { commentField, transitionJson } from '../render/transition-json.ts';
import { type JiraCall, listParameter, type Routes } from '../router.ts';
import { availableTransitions } from '../transitions.ts';
import { readComment } from './comment-routes.ts';
import { toCommentBodies } from './issue-routes.ts';

export const transitionRoutes: Routes = {
  'GET /rest/api/3/issue/{issue}/transitions': list,
  'POST /rest/api/3/issue/{issue}/transitions': perform,
};

function list({ site, params, query }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  const withFields = listParameter(query, 'expand').includes('transitions.fields');
  const only = query.get('transitionId');
  return {
    expand: 'transitions',
    transitions: availableTransitions(site, issue)
      .filter(({ id }) => only === null || id === only)
      .map((transition) => transitionJson(site, issue, transition, withFields)),
  };
}

function perform({ site, params, body }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  const { id } = toRecord(body.transition);
  if (id === undefined) throw new Refusal(400, "Missing 'transition' identifier");
  if (!/^\d+$/.test(String(id))) throw new Refusal(400, `Invalid transition id: ${id}.`);
  const transition = availableTransitions(site, issue).find((each) => each.id === String(id));
  if (!transition)
    throw new Refusal(
      400,
      `It seems that you have tried to perform a workflow operation (Unknown) that is not valid for the current state of this issue (${issue.key}). The likely cause is that somebody has changed the issue recently, please look at the issue history for details.`,
    );
  const values = readScreen(site, issue, { transition, body });
  const comments = hasComment(transition)
    ? toCommentBodies(body).map((comment) => readComment(site, comment))
    : []; // Jira drops them, and says nothing
  setValues(site, issue, { ...values, ...toStatusValues(site, issue, transition) });
  if (comments.length > 0) site.change(issue, () => issue.comments.push(...comments));
}

const hasComment = ({ screen = [] }: JiraTransition) =>
  screen.some(({ field }) => field === commentField);

function readScreen(
  site: JiraSite,
  issue: JiraIssue,
  { transition, body }: { transition: JiraTransition; body: Record<string, unknown> },
): Record<string, FieldValue> {
  const { screen = [] } = transition;
  const values = readFields(site, body, {
    projectId: String(issue.values.project),
    current: issue.values,
    isShown: ({ id }) => id !== commentField && screen.some(({ field }) => field === id),
  });
  const missing = screen.filter(
    ({ field, required }) => required && !(values[field] ?? issue.values[field]),
  );
  if (missing.length > 0)
    throw new Refusal(
      400,
      [],
      Object.fromEntries(
        missing.map(({ field }) => [field, `${site.field(field)?.name} is required.`]),
      ),
    );
  return values;
}

/** The new status, and the resolution that comes and goes with being done. */
function toStatusValues(
  site: JiraSite,
  issue: JiraIssue,
  { to, screen }: JiraTransition,
): Record<string, FieldValue> {
  const { statuses, resolutions } = site.data;
  const categoryOf = (statusId: unknown) => statuses.find(({ id }) => id === statusId)?.category;
  const [before, after] = [categoryOf(issue.values.status), categoryOf(to)];
  const asked = screen?.some(({ field }) => field === 'resolution');
  const now = site.now();
  return {
    status: to,
    ...(before === after ? {} : { statuscategorychangedate: now }),
    ...(after === 'done' && before !== 'done'
      ? { resolutiondate: now, ...(asked ? {} : { resolution: resolutions[0]?.id ?? null }) }
      : {}),
    ...(after !== 'done' && before === 'done' ? { resolution: null, resolutiondate: null } : {}),
  };
}
