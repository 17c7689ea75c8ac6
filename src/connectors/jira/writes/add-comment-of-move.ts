import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { ToolError } from '../../tool-error.ts';
import type { AdfDocument } from '../adf/adf.ts';
import { jiraJs } from '../api/jira-js.ts';
import { readComments } from '../issues/comments.ts';
import { flattenValue } from '../issues/flatten-value.ts';
import type { Jira } from '../jira.ts';
import { sendWrite } from './send-write.ts';

/** A comment that came with a transition. */
export interface MoveComment {
  key: string;
  /** The status that the issue has now. */
  status: string;
  body: AdfDocument;
  /** It was a part of the transition's request. */
  wasSent: boolean;
}

/** The request that adds a comment. */
export const sendComment = (key: string, body: AdfDocument) => (client: Client) =>
  jiraJs.addComment(client, { issueIdOrKey: key, body });

/**
 * Adds the comment of a transition where the transition did not: Jira keeps one only where the screen has a place for
 * it, tells of no screen whether it has, and drops the comment silently elsewhere.
 *
 * @throws ToolError that says that the issue was moved all the same.
 */
export async function addCommentOfMove(
  jira: Jira,
  { key, status, body, wasSent }: MoveComment,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (wasSent && (await isThere(jira, key, body, signal))) return;
    const write = { key, permission: 'ADD_COMMENTS' } as const;
    await sendWrite(jira, write, z.unknown(), signal, sendComment(key, body));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(error.code, `${key} is now "${status}", but its comment is missing`, {
      why: error.what,
      try: 'add_comment, after a look at list_comments',
      cause: error,
    });
  }
}

const longest = 40_000;

async function isThere(jira: Jira, key: string, body: AdfDocument, signal: AbortSignal) {
  const page = { newestFirst: true, startAt: 0, limit: 5, maxChars: longest };
  const { comments } = await readComments(jira, key, page, signal);
  return comments.some((comment) => comment.body === flattenValue(body, longest));
}
