import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as agile from 'jira.js/agile';
import type * as cloud from 'jira.js/cloud';

/**
 * The functions of jira.js that are used here, from the modules that hold them: its `jira.js/cloud` is 1,500 modules,
 * and costs each process 45 MB and half a second; these are 3 MB.
 */
const dist = new URL(
  'dist/',
  pathToFileURL(createRequire(import.meta.url).resolve('jira.js/package.json')),
);

const load = async (module: string): Promise<object> => import(new URL(module, dist).href);

const modules = await Promise.all(
  [
    'cloud/api/issueComments.js',
    'cloud/api/issueFields.js',
    'cloud/api/issueSearch.js',
    'cloud/api/issueWorklogs.js',
    'cloud/api/issues.js',
    'cloud/api/jql.js',
    'cloud/api/myself.js',
    'cloud/api/permissions.js',
    'cloud/api/projects.js',
    'cloud/api/serverInfo.js',
    'cloud/api/userSearch.js',
    'cloud/api/workflowStatuses.js',
    'agile/api/board.js',
    'agile/api/sprint.js',
  ].map(load),
);

type Used =
  | 'addComment'
  | 'countIssues'
  | 'createIssue'
  | 'doTransition'
  | 'editIssue'
  | 'findAssignableUsers'
  | 'findUsers'
  | 'getAllStatuses'
  | 'getAutoComplete'
  | 'getChangeLogs'
  | 'getComments'
  | 'getCreateIssueMetaIssueTypeId'
  | 'getCreateIssueMetaIssueTypes'
  | 'getCurrentUser'
  | 'getEditIssueMeta'
  | 'getFieldAutoCompleteForQueryString'
  | 'getFields'
  | 'getIssue'
  | 'getIssueWorklog'
  | 'getMyPermissions'
  | 'getProject'
  | 'getServerInfo'
  | 'getStatuses'
  | 'getTransitions'
  | 'parseJqlQueries'
  | 'searchAndReconsileIssuesUsingJqlPost'
  | 'searchProjects';

/** Each takes a client first, and parameters that are typed as Jira documents them. */
export const jiraJs: Readonly<
  Pick<typeof cloud, Used> &
    Pick<typeof agile, 'getAllBoards' | 'getAllSprints' | 'getBoard' | 'getSprint'>
> = Object.assign({}, ...modules);
