import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { readsOnly } from './annotations.ts';
import { anything, cursorArgument, issueKeyArgument, limitArgument, paging } from './arguments.ts';
import { readComments } from './issues/comments.ts';
import { reachIssue } from './issues/issue-key.ts';
import type { Jira } from './jira.ts';

export const listComments = (jira: Jira) =>
  defineTool({
    name: 'list_comments',
    description: 'Read the comments of an issue as Markdown, the newest first.',
    input: z.object({
      issue_key: issueKeyArgument,
      order: z.enum(['newest', 'oldest']).default('newest'),
      max_chars: z.number().int().min(100).max(16_000).default(2_000),
      limit: limitArgument(20, 100),
      cursor: cursorArgument,
    }),
    output: z.object({ comments: z.array(anything), ...paging, total: z.number() }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const startAt = Number(readCursor('list_comments', args, args.cursor) ?? 0) || 0;
      const key = await reachIssue(jira, args.issue_key, signal);
      const { order, limit, max_chars: maxChars } = args;
      const page = { newestFirst: order === 'newest', startAt, limit, maxChars };
      const { comments, total } = await readComments(jira, key, page, signal);
      const { items } = fitItems(comments);
      const end = startAt + items.length;
      const truncated = items.length > 0 && end < total;
      return {
        comments: items,
        count: items.length,
        truncated,
        total,
        ...(truncated && { next_cursor: toCursor('list_comments', args, String(end)) }),
      };
    },
  });
