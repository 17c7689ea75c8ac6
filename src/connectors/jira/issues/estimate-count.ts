import { z } from 'zod';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { explainJql } from '../jql/explain-jql.ts';
import { narrowJql, projectClauses } from '../jql/narrow-jql.ts';

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
