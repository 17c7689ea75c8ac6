import { z } from 'zod';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { flattenValue, toMoment } from './flatten-value.ts';
import { askOfIssue } from './issue-key.ts';

const page = z.object({
  total: z.number(),
  comments: z.array(
    z.object({
      id: z.string(),
      author: z.unknown(),
      created: z.string().catch(''),
      updated: z.string().catch(''),
      body: z.unknown(),
      /** False where customers of a service desk do not see it. */
      jsdPublic: z.boolean().catch(true),
      visibility: z.object({ value: z.string() }).optional().catch(undefined),
    }),
  ),
});

/** A comment as it is shown, its text in Markdown. */
export interface Comment {
  id: string;
  author?: unknown;
  created: string;
  updated?: string;
  internal?: true;
  visible_to?: string;
  body: unknown;
}

export interface CommentPage {
  newestFirst: boolean;
  startAt: number;
  limit: number;
  /** Of each text. */
  maxChars: number;
}

export async function readComments(
  jira: Jira,
  issueKey: string,
  { newestFirst, startAt, limit, maxChars }: CommentPage,
  signal: AbortSignal,
): Promise<{ comments: Comment[]; total: number }> {
  const { comments, total } = await askOfIssue(jira, issueKey, page, signal, (client) =>
    jiraJs.getComments(client, {
      issueIdOrKey: issueKey,
      startAt,
      maxResults: limit,
      orderBy: newestFirst ? '-created' : 'created',
    }),
  );
  const shown = comments.map(
    ({ id, author, created, updated, body, jsdPublic, visibility }): Comment => ({
      id,
      author: flattenValue(author, 80) ?? 'somebody',
      created: toMoment(created),
      ...(updated && updated !== created && { updated: toMoment(updated) }),
      ...(!jsdPublic && { internal: true }),
      ...(visibility && { visible_to: visibility.value }),
      body: flattenValue(body, maxChars) ?? '',
    }),
  );
  return { comments: shown, total };
}
