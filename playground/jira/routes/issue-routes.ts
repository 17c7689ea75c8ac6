import { readFields, setValues, toRecord } from '../edit-issue.ts';
import type { JiraIssue } from '../jira-data.ts';
import type { JiraField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { requirePermission } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import { fieldMeta } from '../render/field-meta.ts';
import { changeJson, issueJson, namesAndSchema, selectFields } from '../render/issue-json.ts';
import { renderedFields } from '../render/rendered-fields.ts';
import { transitionJson } from '../render/transition-json.ts';
import { type JiraCall, listParameter, type Routes, toPage } from '../router.ts';
import { availableTransitions } from '../transitions.ts';
import { readComment } from './comment-routes.ts';

export const issueRoutes: Routes = {
  'POST /rest/api/3/issue/bulkfetch': bulkFetch,
  'GET /rest/api/3/issue/{issue}': getIssue,
  'PUT /rest/api/3/issue/{issue}': editIssue,
  'PUT /rest/api/3/issue/{issue}/assignee': assign,
  'GET /rest/api/3/issue/{issue}/changelog': ({ site, params, ...call }) => {
    const issue = site.issue(params.issue ?? '');
    return toPage(call, issue.changes, { size: 100 }, (change) => changeJson(site, change));
  },
  'GET /rest/api/3/issue/{issue}/editmeta': ({ site, params }) => ({
    fields: editMeta(site, site.issue(params.issue ?? '')),
  }),
};

function getIssue({ site, params, query }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  const asked = listParameter(query, 'fields');
  const fields = selectFields(site, asked.length > 0 ? asked : ['*all']);
  const expand = listParameter(query, 'expand');
  return {
    ...issueJson(site, issue, fields),
    ...namesAndSchema(fields, expand),
    ...expanded(site, issue, expand),
    ...(expand.includes('renderedFields') ? { renderedFields: renderedFields(issue, fields) } : {}),
  };
}

/** Only the newest steps of a history come along with an issue. */
const maxHistories = 100;

function expanded(site: JiraSite, issue: JiraIssue, expand: string[]) {
  const histories = issue.changes.toReversed().slice(0, maxHistories);
  return {
    ...(expand.includes('transitions')
      ? {
          transitions: availableTransitions(site, issue).map((each) =>
            transitionJson(site, issue, each),
          ),
        }
      : {}),
    ...(expand.includes('editmeta') ? { editmeta: { fields: editMeta(site, issue) } } : {}),
    ...(expand.includes('changelog')
      ? {
          changelog: {
            startAt: 0,
            maxResults: histories.length,
            total: issue.changes.length,
            histories: histories.map((change) => changeJson(site, change)),
          },
        }
      : {}),
  };
}

function bulkFetch({ site, body }: JiraCall) {
  const asked = Array.isArray(body.issueIdsOrKeys) ? body.issueIdsOrKeys.map(String) : [];
  if (asked.length === 0 || asked.length > 100)
    throw new Refusal(400, 'Between 1 and 100 issue ids or keys must be given.');
  const fields = selectFields(
    site,
    Array.isArray(body.fields) ? body.fields.map(String) : ['*navigable'],
  );
  const found = asked.map((each) => site.findIssue(each)).filter((issue) => issue !== undefined);
  return {
    issues: [...new Set(found)].map((issue) => issueJson(site, issue, fields)),
    issueErrors: asked
      .filter((each) => !site.findIssue(each))
      .map((id) => ({
        id,
        errorMessage: 'Issue does not exist or you do not have permission to see it.',
      })),
  };
}

/** The fields of an issue's edit screen. */
function screenFields(site: JiraSite, issue: JiraIssue): JiraField[] {
  const project = site.data.projects.find(({ id }) => id === issue.values.project);
  return site.data.fields.filter(({ id, editable }) => editable && project?.fieldIds.includes(id));
}

function editMeta(site: JiraSite, issue: JiraIssue) {
  const projectId = String(issue.values.project);
  return Object.fromEntries(
    screenFields(site, issue).map((field) => [
      field.id,
      fieldMeta(site, field, { projectId, required: field.id === 'summary' }),
    ]),
  );
}

function editIssue({ site, params, query, body }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  requirePermission(
    site,
    'EDIT_ISSUES',
    'You do not have permission to edit issues in this project.',
  );
  if (!body.fields && !body.update) throw new Refusal(400, "one of 'fields' or 'update' required");
  const shown = screenFields(site, issue);
  const values = readFields(site, body, {
    projectId: String(issue.values.project),
    current: issue.values,
    isShown: (field) => shown.includes(field),
  });
  const comments = toCommentBodies(body).map((comment) => readComment(site, comment));
  setValues(site, issue, values);
  if (comments.length > 0) site.change(issue, () => issue.comments.push(...comments));
  return query.get('returnIssue') === 'true'
    ? issueJson(site, issue, selectFields(site, ['*navigable']))
    : undefined;
}

/** `update.comment: [{add: {body}}]`. */
export const toCommentBodies = (body: Record<string, unknown>): Record<string, unknown>[] => {
  const { comment } = toRecord(body.update);
  return (Array.isArray(comment) ? comment : []).map((each) => toRecord(toRecord(each).add));
};

function assign({ site, params, body }: JiraCall): void {
  const issue = site.issue(params.issue ?? '');
  requirePermission(site, 'ASSIGN_ISSUES', 'You do not have permission to assign issues.');
  const accountId = body.accountId ?? null;
  const user = site.data.users.find(({ id }) => id === accountId);
  if (accountId !== null && !user) throw new Refusal(404, `User '${accountId}' does not exist.`);
  if (user && !user.active)
    throw new Refusal(400, [], { assignee: `User '${user.name}' cannot be assigned issues.` });
  setValues(site, issue, { assignee: user?.id ?? null });
}
