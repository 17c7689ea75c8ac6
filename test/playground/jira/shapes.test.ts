import { afterAll, beforeAll, expect, it } from 'vitest';
import { openJira } from './open-jira.ts';
import { openSdk } from './open-sdk.ts';

const open = async () => {
  const jira = await openJira();
  return Object.assign(jira, openSdk(jira));
};

let jira: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  expect(process.env.AUDIT_SCHEMAS, 'set by the project unit-audit').toBe('true');
  jira = await open();
});
afterAll(() => jira[Symbol.asyncDispose]());

interface Drift {
  endpoint: string;
  path: string;
  keys?: string[];
  value?: string;
}

/** The project `unit-audit` has the SDK's schemas strict: what they do not know of is written down. */
const drift = (): Drift[] =>
  (globalThis as Record<symbol, unknown>)[Symbol.for('apis-code-gen.schemaAudit')] as Drift[];

const greeting = {
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }],
};

const reads: [string, () => Promise<unknown>][] = [
  ['who one is', () => jira.cloud.myself.getCurrentUser()],
  ['the server', () => jira.cloud.serverInfo.getServerInfo()],
  ['the fields', () => jira.cloud.issueFields.getFields()],
  ['a search for fields', () => jira.cloud.issueFields.getFieldsPaginated({ query: 'story' })],
  ['the projects', () => jira.cloud.projects.searchProjects({ expand: 'lead,description' })],
  ['a project', () => jira.cloud.projects.getProject({ projectIdOrKey: 'SHOP' })],
  [
    'the statuses of a project',
    () => jira.cloud.projects.getAllStatuses({ projectIdOrKey: 'OPS' }),
  ],
  ['priorities', () => jira.cloud.issuePriorities.searchPriorities()],
  ['issue types', () => jira.cloud.issueTypes.getIssueAllTypes()],
  ['statuses', () => jira.cloud.workflowStatuses.getStatuses()],
  ['link types', () => jira.cloud.issueLinkTypes.getIssueLinkTypes()],
  ['labels', () => jira.cloud.labels.getAllLabels()],
  ['users by name', () => jira.cloud.userSearch.findUsers({ query: 'ad' })],
  ['assignable users', () => jira.cloud.userSearch.findAssignableUsers({ project: 'SHOP' })],
  [
    'permissions',
    () => jira.cloud.permissions.getMyPermissions({ permissions: 'EDIT_ISSUES,ADMINISTER' }),
  ],
  [
    'a search with names and histories',
    () =>
      jira.cloud.issueSearch.searchAndReconsileIssuesUsingJqlPost({
        jql: 'project = SHOP',
        fields: ['*all'],
        expand: 'names,schema,changelog',
        maxResults: 20,
      }),
  ],
  [
    'a search by GET',
    () =>
      jira.cloud.issueSearch.searchAndReconsileIssuesUsingJql({
        jql: 'project = OPS',
        fields: ['summary', 'status'],
      }),
  ],
  ['a count', () => jira.cloud.issueSearch.countIssues({ jql: 'project = SUP' })],
  [
    'an issue with all of it',
    () =>
      jira.cloud.issues.getIssue({
        issueIdOrKey: 'OPS-1',
        expand: 'names,schema,transitions,changelog,renderedFields,editmeta',
      }),
  ],
  [
    'several issues',
    () => jira.cloud.issues.bulkFetchIssues({ issueIdsOrKeys: ['OPS-1', 'NO-1'] }),
  ],
  ['a history', () => jira.cloud.issues.getChangeLogs({ issueIdOrKey: 'OPS-1' })],
  [
    'transitions with fields',
    () => jira.cloud.issues.getTransitions({ issueIdOrKey: 'SUP-1', expand: 'transitions.fields' }),
  ],
  ['an edit screen', () => jira.cloud.issues.getEditIssueMeta({ issueIdOrKey: 'OPS-1' })],
  [
    'issue types of a create screen',
    () => jira.cloud.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'OPS' }),
  ],
  [
    'fields of a create screen',
    () =>
      jira.cloud.issues.getCreateIssueMetaIssueTypeId({
        projectIdOrKey: 'OPS',
        issueTypeId: '10102',
      }),
  ],
  ['comments', () => jira.cloud.issueComments.getComments({ issueIdOrKey: 'SHOP-1' })],
  ['watchers', () => jira.cloud.issueWatchers.getIssueWatchers({ issueIdOrKey: 'SHOP-1' })],
  ['worklogs', () => jira.cloud.issueWorklogs.getIssueWorklog({ issueIdOrKey: 'SHOP-1' })],
  [
    'parsed queries',
    () =>
      jira.cloud.jql.parseJqlQueries({
        validation: 'strict',
        queries: [
          'project = SHOP AND (status in (Done, "To Do") OR NOT labels is EMPTY) ORDER BY created DESC',
          'status was Done before now()',
          'assigne = x',
        ],
      }),
  ],
  ['what a query may say', () => jira.cloud.jql.getAutoComplete()],
  [
    'suggestions for a value',
    () =>
      jira.cloud.jql.getFieldAutoCompleteForQueryString({ fieldName: 'status', fieldValue: 'in' }),
  ],
  ['a board', () => jira.agile.board.getBoard({ boardId: 1 })],
  ['boards', () => jira.agile.board.getAllBoards()],
  ['a board’s columns', () => jira.agile.board.getConfiguration({ boardId: 1 })],
  ['sprints', () => jira.agile.board.getAllSprints({ boardId: 1 })],
  ['a sprint', () => jira.agile.sprint.getSprint({ sprintId: 13 })],
  ['a sprint’s issues', () => jira.agile.sprint.getIssuesForSprint({ sprintId: 13 })],
  ['a board’s issues', () => jira.agile.board.getIssuesForBoard({ boardId: 2 })],
];

const writes: [string, () => Promise<unknown>][] = [
  [
    'a new issue',
    () =>
      jira.cloud.issues.createIssue({
        fields: { project: { key: 'SHOP' }, issuetype: { name: 'Task' }, summary: 'New' },
      }),
  ],
  [
    'a comment',
    () => jira.cloud.issueComments.addComment({ issueIdOrKey: 'SHOP-1', body: greeting }),
  ],
  [
    'an edited issue',
    () =>
      jira.cloud.issues.editIssue({
        issueIdOrKey: 'SHOP-1',
        fields: { summary: 'Edited' },
        returnIssue: true,
      }),
  ],
  [
    'a worklog',
    () => jira.cloud.issueWorklogs.addWorklog({ issueIdOrKey: 'SHOP-1', timeSpent: '1h 30m' }),
  ],
];

it.each([...reads, ...writes])('answers %s in the published shape', async (_name, ask) => {
  drift()?.splice(0);
  await ask();
  expect(drift() ?? []).toEqual([]);
});
