import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import { JiraRefusal } from '../api/jira-refusal.ts';
import type { Jira } from '../jira.ts';
import { requireAllowed } from '../names/find-project.ts';

const keyPattern = /^[A-Z][A-Z0-9_]{1,49}-[1-9]\d{0,11}$/;

/** The project that a key begins with. */
export const projectOf = (issueKey: string): string => issueKey.slice(0, issueKey.lastIndexOf('-'));

/**
 * A key that may stand in the path of a request, of a project that may be seen.
 *
 * @throws ToolError `INVALID_ARGUMENT`, with the key where one stands in the text; `REFUSED`.
 */
export function toIssueKey(jira: Jira, text: string): string {
  const key = text.trim().toUpperCase();
  if (!keyPattern.test(key)) refuseKey(text);
  requireAllowed(jira, projectOf(key));
  return key;
}

function refuseKey(text: string): never {
  const [, project, number] =
    /\b([A-Z][A-Z0-9_]{1,49})[\s_#-]*([1-9]\d{0,11})\b/i.exec(text.slice(0, 200)) ?? [];
  throw new ToolError('INVALID_ARGUMENT', `"${outsideText(text, 60)}" is not an issue key`, {
    try: project ? `${project.toUpperCase()}-${number}` : 'a key such as OPS-7',
  });
}

const whereabouts = z.object({ key: z.string() });

/**
 * The key under which an issue is asked for, where the answer will not say what it belongs to: an issue that was moved
 * to a project that is not to be seen still answers to its old key.
 *
 * @throws what toIssueKey throws, and ToolError `NOT_FOUND`.
 */
export async function reachIssue(jira: Jira, text: string, signal: AbortSignal): Promise<string> {
  const key = toIssueKey(jira, text);
  if (jira.allowedProjects.length === 0) return key;
  const { key: current } = await askOfIssue(jira, key, whereabouts, signal, (client) =>
    jiraJs.getIssue(client, { issueIdOrKey: key, fields: ['project'] }),
  );
  requireAllowed(jira, projectOf(current));
  return current;
}

/**
 * Asks for something of an issue.
 *
 * @throws ToolError `NOT_FOUND` that names near projects where it is the project that does not exist.
 */
export async function askOfIssue<Schema extends z.ZodType>(
  jira: Jira,
  issueKey: string,
  schema: Schema,
  signal: AbortSignal,
  send: (client: Client) => Promise<unknown>,
): Promise<z.output<Schema>> {
  try {
    return await jira.ask(schema, signal, send);
  } catch (error) {
    if (!(error instanceof JiraRefusal) || error.status !== 404) throw error;
    const keys = (await jira.projects(signal).catch(() => [])).map(({ key }) => key);
    const project = projectOf(issueKey);
    const close = keys.includes(project) ? [] : nearest(project, keys);
    throw new ToolError(
      'NOT_FOUND',
      `${issueKey} does not exist, or the account of this bot may not see it`,
      {
        why: keys.includes(project) ? undefined : `there is no project ${project} to be seen`,
        try:
          close.length > 0
            ? close.map((key) => `${key}${issueKey.slice(project.length)}`).join(', ')
            : 'search_issues with words of its summary',
        cause: error,
      },
    );
  }
}
