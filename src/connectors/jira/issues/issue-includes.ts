import { z } from 'zod';
import { outsideLines } from '../../../outside-text.ts';
import { fitItems } from '../../fit-items.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { readChanges } from './changes.ts';
import { readComments } from './comments.ts';
import { flattenValue, toMoment } from './flatten-value.ts';
import { askOfIssue } from './issue-key.ts';
import { readTransitions, showTransition } from './transitions.ts';

/** What get_issue shows beside the fields when asked. */
export const included = [
  'comments',
  'links',
  'subtasks',
  'attachments',
  'transitions',
  'changelog',
  'worklogs',
] as const;

export interface Included {
  include: readonly (typeof included)[number][];
  commentLimit: number;
}

/** Characters of a comment beside an issue, and of a line of work. */
const textChars = 700;

/** Reads what stands in other requests; links, sub-tasks and attachments are fields of the issue. */
export async function readIncluded(
  jira: Jira,
  issueKey: string,
  { include, commentLimit }: Included,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const readers: Record<string, () => Promise<Record<string, unknown>>> = {
    async comments() {
      const page = { newestFirst: true, startAt: 0, limit: commentLimit, maxChars: textChars };
      const { comments, total } = await readComments(jira, issueKey, page, signal);
      return { comments: fitItems(comments, 6_000).items, comments_count: total };
    },
    async transitions() {
      const transitions = await readTransitions(jira, issueKey, signal);
      return { transitions: fitItems(transitions.map(showTransition), 2_500).items };
    },
    async changelog() {
      const { entries } = await readChanges(jira, issueKey, { limit: 20 }, signal);
      return { changes: fitItems(entries.flat(), 3_000).items };
    },
    worklogs: () => readWorklogs(jira, issueKey, signal),
  };
  const parts = await Promise.all([...new Set(include)].map((name) => readers[name]?.()));
  return Object.assign({}, ...parts);
}

const worklogPage = z.object({
  total: z.number(),
  worklogs: z.array(
    z.object({
      author: z.unknown(),
      started: z.string().catch(''),
      timeSpent: z.string().catch(''),
      comment: z.unknown(),
    }),
  ),
});

async function readWorklogs(jira: Jira, issueKey: string, signal: AbortSignal) {
  const { worklogs, total } = await askOfIssue(jira, issueKey, worklogPage, signal, (client) =>
    jiraJs.getIssueWorklog(client, { issueIdOrKey: issueKey, maxResults: 20 }),
  );
  const shown = worklogs.map(({ author, started, timeSpent, comment }) => ({
    by: flattenValue(author, 80),
    started: toMoment(started),
    spent: outsideLines(timeSpent, 40),
    comment: flattenValue(comment, 200),
  }));
  return { worklogs: fitItems(shown, 2_000).items, worklogs_count: total };
}
