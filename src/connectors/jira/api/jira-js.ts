import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as agile from 'jira.js/agile';
import type * as cloud from 'jira.js/cloud';

/** The functions of jira.js that are used here. */
const used = {
  cloud: [
    'addComment',
    'countIssues',
    'createIssue',
    'doTransition',
    'editIssue',
    'findAssignableUsers',
    'findUsers',
    'getAllStatuses',
    'getAutoComplete',
    'getChangeLogs',
    'getComments',
    'getCreateIssueMetaIssueTypeId',
    'getCreateIssueMetaIssueTypes',
    'getCurrentUser',
    'getEditIssueMeta',
    'getFieldAutoCompleteForQueryString',
    'getFields',
    'getIssue',
    'getIssueWorklog',
    'getMyPermissions',
    'getProject',
    'getServerInfo',
    'getStatuses',
    'getTransitions',
    'parseJqlQueries',
    'searchAndReconsileIssuesUsingJqlPost',
    'searchProjects',
  ],
  agile: ['getAllBoards', 'getAllSprints', 'getBoard', 'getSprint'],
} as const;

type Used = Pick<typeof cloud, (typeof used.cloud)[number]> &
  Pick<typeof agile, (typeof used.agile)[number]>;

/**
 * The files that hold them. The entries that the package offers, `jira.js/cloud` and `jira.js/agile`, are 1,700 modules
 * and cost a process 75 MB and most of a second; these are 5 MB. Its version is pinned, so that they stay where they are.
 */
const files = [
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
];

/** Each takes a client first, and parameters that are typed as Jira documents them. */
export const jiraJs = await pick(files);

/** @throws Error that names what a newer jira.js keeps elsewhere. */
async function pick(files: readonly string[]): Promise<Readonly<Used>> {
  const root = createRequire(import.meta.url).resolve('jira.js/package.json');
  const dist = new URL('dist/', pathToFileURL(root));
  const load = async (file: string): Promise<object> => import(new URL(file, dist).href);
  const found: Partial<Used> = Object.assign({}, ...(await Promise.all(files.map(load))));
  const names = [...used.cloud, ...used.agile];
  const missing = names.filter((name) => typeof found[name] !== 'function');
  if (missing.length === 0) return found as Used;
  throw new Error(`jira.js has ${missing.join(', ')} in none of: ${files.join(', ')}`);
}
