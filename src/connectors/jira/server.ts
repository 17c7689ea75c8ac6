import type { z } from 'zod';
import { toAllowedTools } from '../allowed-writes.ts';
import type { OpenConnector } from '../connector.ts';
import { checkJira } from './check.ts';
import { countIssues } from './count-issues.ts';
import { readDigest } from './digest.ts';
import type { jiraEnv } from './env.ts';
import { getChangelog } from './get-changelog.ts';
import { getIssue } from './get-issue.ts';
import { getProject } from './get-project.ts';
import { getSprintIssues } from './get-sprint-issues.ts';
import { getTransitions } from './get-transitions.ts';
import { Jira } from './jira.ts';
import { listBoards } from './list-boards.ts';
import { listComments } from './list-comments.ts';
import { listProjects } from './list-projects.ts';
import { listSprints } from './list-sprints.ts';
import { searchFields } from './search-fields.ts';
import { searchIssues } from './search-issues.ts';
import { searchUsers } from './search-users.ts';
import { validateJql } from './validate-jql.ts';

/** Longest request of a check, in milliseconds: somebody waits, and hears of a second or third try too late. */
const checkPatience = 3_400;

const readingTools = [
  searchIssues,
  countIssues,
  getIssue,
  listComments,
  getChangelog,
  getTransitions,
  listProjects,
  getProject,
  searchFields,
  validateJql,
  listBoards,
  listSprints,
  getSprintIssues,
  searchUsers,
];

/** Opens the connector. Jira is first asked when something is called, so it may be down. */
export async function open(env: z.output<typeof jiraEnv>): Promise<OpenConnector> {
  const jira = new Jira(env);
  const writes = jira.writes.length > 0 ? (await import('./writing-tools.ts')).writingTools : [];
  const tools = [...readingTools, ...writes].map((toTool) => toTool(jira));
  return {
    tools: toAllowedTools(tools, jira.writes),
    digest: (signal) => readDigest(jira, signal),
    check: (signal) => checkJira(new Jira(env, checkPatience), signal),
    close: async () => {},
  };
}
