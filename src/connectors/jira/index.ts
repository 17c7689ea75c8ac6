import { defineConnector } from '../connector.ts';
import { jiraEnv } from './env.ts';

/** Jira Cloud: issues, projects, boards and sprints; writes where they are switched on. */
export const jira = defineConnector({
  name: 'jira',
  title: 'Jira',
  env: jiraEnv,
  open: async (env) => (await import('./server.ts')).open(env),
});
