import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { anyList, issueKeyArgument, truncated } from './arguments.ts';
import { readComments } from './issues/comments.ts';
import { reachIssue } from './issues/issue-key.ts';
import type { Jira } from './jira.ts';
import { readOffset, toPaging } from './paging.ts';

export const listComments = (jira: Jira) =>
  defineTool({
    name: 'list_comments',
    description: 'Read the comments of an issue as Markdown.',
    input: z.object({
      issue_key: issueKeyArgument,
      order: z.enum(['newest', 'oldest']).default('newest'),
      max_chars: z.number().int().min(100).max(16_000).default(2_000),
      limit: limitArgument(20, 100),
      cursor: cursorArgument,
    }),
    output: z.looseObject({ comments: anyList, truncated }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const startAt = readOffset('list_comments', args);
      const key = await reachIssue(jira, args.issue_key, signal);
      const { order, limit, max_chars: maxChars } = args;
      const page = { newestFirst: order === 'newest', startAt, limit, maxChars };
      const { comments, total } = await readComments(jira, key, page, signal);
      const { items } = fitItems(comments);
      const end = startAt + items.length;
      const hasMore = items.length > 0 && end < total;
      return {
        comments: items,
        total,
        ...toPaging('list_comments', args, items.length, hasMore ? end : undefined),
      };
    },
  });
