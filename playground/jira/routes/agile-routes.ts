import { setValues } from '../edit-issue.ts';
import type { JiraBoard, JiraIssue, JiraSprint } from '../jira-data.ts';
import { sprintField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { runJql } from '../jql/run-jql.ts';
import { Refusal } from '../refusal.ts';
import { sprintJson as sprintFieldJson } from '../render/entity-json.ts';
import { issueJson, namesAndSchema, selectFields } from '../render/issue-json.ts';
import { selfUrl, siteUrl } from '../render/site-urls.ts';
import { type JiraCall, listParameter, numberParameter, type Routes, toPage } from '../router.ts';
import { includes } from './site-routes.ts';

const agile = '/rest/agile/1.0';
const software = '/rest/software/1.0';

/** Boards and sprints. `agile` pages by number, `software` by token. */
export const agileRoutes: Routes = {
  [`GET ${agile}/board`]: listBoards,
  [`GET ${agile}/board/{board}`]: ({ site, params }) =>
    boardJson(site, findBoard(site, params.board)),
  [`GET ${agile}/board/{board}/configuration`]: ({ site, params }) =>
    configurationJson(site, findBoard(site, params.board)),
  [`GET ${agile}/board/{board}/sprint`]: listSprints,
  [`GET ${agile}/board/{board}/issue`]: (call) => byNumber(call, ofBoard(call)),
  [`GET ${software}/board/{board}/issue`]: (call) => byToken(call, ofBoard(call)),
  [`GET ${agile}/board/{board}/backlog`]: (call) => byNumber(call, backlogOf(call)),
  [`GET ${software}/board/{board}/backlog`]: (call) => byToken(call, backlogOf(call)),
  [`GET ${agile}/board/{board}/sprint/{sprint}/issue`]: (call) => byNumber(call, ofSprint(call)),
  [`GET ${software}/board/{board}/sprint/{sprint}/issue`]: (call) => byToken(call, ofSprint(call)),
  [`GET ${agile}/sprint/{sprint}`]: ({ site, params }) =>
    sprintJson(findSprint(site, params.sprint)),
  [`GET ${agile}/sprint/{sprint}/issue`]: (call) => byNumber(call, ofSprint(call)),
  [`GET ${software}/sprint/{sprint}/issue`]: (call) => byToken(call, ofSprint(call)),
  [`POST ${agile}/sprint/{sprint}/issue`]: moveToSprint,
  [`POST ${agile}/backlog/issue`]: ({ site, body }) => {
    for (const issue of issuesToMove(site, body)) setValues(site, issue, { [sprintField]: null });
  },
};

const boardJson = (site: JiraSite, { id, name, type, projectId }: JiraBoard) => {
  const project = site.data.projects.find((each) => each.id === projectId);
  return {
    id,
    self: `${siteUrl}${agile}/board/${id}`,
    name,
    type,
    ...(project
      ? {
          location: {
            projectId: Number(project.id),
            displayName: `${project.name} (${project.key})`,
            projectName: project.name,
            projectKey: project.key,
            projectTypeKey: project.type,
            name: `${project.name} (${project.key})`,
          },
        }
      : {}),
    isPrivate: false,
  };
};

function configurationJson(site: JiraSite, board: JiraBoard) {
  const { id, name, type, estimateField, projectId } = board;
  const project = site.data.projects.find((each) => each.id === projectId);
  const statuses = site.data.statuses.filter((status) => project?.statusIds.includes(status.id));
  const estimate = site.field(estimateField ?? '');
  return {
    id,
    name,
    type,
    self: `${siteUrl}${agile}/board/${id}/configuration`,
    filter: { id: String(10_000 + id), self: selfUrl(`filter/${10_000 + id}`) },
    columnConfig: {
      columns: statuses.map((status) => ({
        name: status.name,
        statuses: [{ id: status.id, self: selfUrl(`status/${status.id}`) }],
      })),
      constraintType: 'none',
    },
    ...(estimate
      ? {
          estimation: {
            type: 'field',
            field: { fieldId: estimate.id, displayName: estimate.name },
          },
        }
      : {}),
    ranking: { rankCustomFieldId: 10019 },
  };
}

const sprintJson = (sprint: JiraSprint) => {
  const { boardId, ...json } = sprintFieldJson(sprint);
  return { ...json, self: `${siteUrl}${agile}/sprint/${sprint.id}`, originBoardId: boardId };
};

function findBoard(site: JiraSite, id = ''): JiraBoard {
  const board = site.data.boards.find((each) => String(each.id) === id);
  if (!board || !site.may('BROWSE_PROJECTS'))
    throw new Refusal(404, 'Board does not exist or you do not have permission to see it.');
  return board;
}

function findSprint(site: JiraSite, id = ''): JiraSprint {
  const sprint = site.data.sprints.find((each) => String(each.id) === id);
  if (!sprint || !site.may('BROWSE_PROJECTS')) throw new Refusal(404, 'Sprint does not exist');
  return sprint;
}

function listBoards({ site, query }: JiraCall) {
  const project = query.get('projectKeyOrId');
  const types = listParameter(query, 'type');
  const found =
    project && site.data.projects.find(({ id, key }) => id === project || key === project);
  if (project && !found)
    throw new Refusal(404, `No project could be found with key or id '${project}'.`);
  const boards = site.data.boards
    .filter(() => site.may('BROWSE_PROJECTS'))
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .filter(({ name }) => includes(name, query.get('name')))
    .filter(({ projectId }) => !found || projectId === found.id);
  return toPage({ query }, boards, { max: 50 }, (board) => boardJson(site, board));
}

function listSprints({ site, params, query }: JiraCall) {
  const board = findBoard(site, params.board);
  if (board.type !== 'scrum') throw new Refusal(400, 'The board does not support sprints');
  const states = listParameter(query, 'state');
  const unknown = states.find((state) => !['future', 'active', 'closed'].includes(state));
  if (unknown) throw new Refusal(400, `Invalid sprint state: ${unknown}`);
  const sprints = site.data.sprints
    .filter(({ boardId }) => boardId === board.id)
    .filter(({ state }) => states.length === 0 || states.includes(state));
  return toPage({ query }, sprints, { max: 50 }, sprintJson);
}

const sprintsOf = ({ values }: JiraIssue): string[] => {
  const value = values[sprintField];
  return Array.isArray(value) ? value : [];
};

function ofBoard({ site, params }: JiraCall): (issue: JiraIssue) => boolean {
  const { projectId } = findBoard(site, params.board);
  return ({ values }) => values.project === projectId;
}

function ofSprint({ site, params }: JiraCall): (issue: JiraIssue) => boolean {
  if (params.board) findBoard(site, params.board);
  const id = String(findSprint(site, params.sprint).id);
  return (issue) => sprintsOf(issue).includes(id);
}

function backlogOf(call: JiraCall): (issue: JiraIssue) => boolean {
  const { sprints } = call.site.data;
  const onBoard = ofBoard(call);
  const going = sprints.filter(({ state }) => state !== 'closed').map(({ id }) => String(id));
  return (issue) =>
    onBoard(issue) &&
    !issue.values.resolution &&
    !sprintsOf(issue).some((id) => going.includes(id));
}

/** The issues there that `jql` finds, too, in its order. */
const find = ({ site, query }: JiraCall, belongs: (issue: JiraIssue) => boolean) =>
  runJql(site, query.get('jql') ?? '', {
    bounded: false,
    reconcile: listParameter(query, 'reconcileIssues'),
  }).filter(belongs);

const chosenFields = ({ site, query }: JiraCall) => {
  const asked = listParameter(query, 'fields');
  return selectFields(site, asked.length > 0 ? asked : ['*navigable']);
};

const maxIssues = 100;

function byNumber(call: JiraCall, belongs: (issue: JiraIssue) => boolean) {
  const fields = chosenFields(call);
  const {
    values,
    isLast: _,
    ...page
  } = toPage(call, find(call, belongs), { max: maxIssues }, (issue) =>
    issueJson(call.site, issue, fields),
  );
  return {
    expand: 'schema,names',
    ...page,
    issues: values,
    ...namesAndSchema(fields, listParameter(call.query, 'expand')),
  };
}

function byToken(call: JiraCall, belongs: (issue: JiraIssue) => boolean) {
  const { site, query } = call;
  const fields = chosenFields(call);
  const start = Number(Buffer.from(query.get('nextPageToken') ?? '', 'base64url').toString() || 0);
  if (!Number.isInteger(start) || start < 0)
    throw new Refusal(400, 'The provided nextPageToken is invalid or expired.');
  const found = find(call, belongs);
  const size = numberParameter(query, 'maxResults', { fallback: 50, max: maxIssues });
  const end = start + size;
  return {
    isLast: end >= found.length,
    ...(end < found.length
      ? { nextPageToken: Buffer.from(String(end)).toString('base64url') }
      : {}),
    issues: found.slice(start, end).map((issue) => issueJson(site, issue, fields)),
    ...namesAndSchema(fields, listParameter(query, 'expand')),
  };
}

const maxMoved = 50;

function issuesToMove(site: JiraSite, { issues }: Record<string, unknown>): JiraIssue[] {
  const keys = Array.isArray(issues) ? issues.map(String) : [];
  if (keys.length === 0 || keys.length > maxMoved)
    throw new Refusal(400, `Between 1 and ${maxMoved} issues must be given.`);
  return keys.map((key) => site.issue(key));
}

function moveToSprint({ site, params, body }: JiraCall): void {
  const sprint = findSprint(site, params.sprint);
  const issues = issuesToMove(site, body);
  if (!site.may('SCHEDULE_ISSUES') || !site.may('EDIT_ISSUES'))
    throw new Refusal(403, 'You do not have permission to schedule issues in this project.');
  if (sprint.state === 'closed')
    throw new Refusal(400, 'Issue(s) cannot be moved to a sprint that has been completed.');
  for (const issue of issues) setValues(site, issue, { [sprintField]: [String(sprint.id)] });
}
