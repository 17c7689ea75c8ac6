import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { readsOnly } from './annotations.ts';
import { anything, cursorArgument, issueKeyArgument, limitArgument, paging } from './arguments.ts';
import { readChanges } from './issues/changes.ts';
import { reachIssue } from './issues/issue-key.ts';
import type { Jira } from './jira.ts';

export const getChangelog = (jira: Jira) =>
  defineTool({
    name: 'get_changelog',
    description:
      'Read who changed which field of an issue, when, from what to what; the newest first.',
    input: z.object({
      issue_key: issueKeyArgument,
      order: z.enum(['newest', 'oldest']).default('newest'),
      limit: limitArgument(50, 100).describe('Entries; one may hold several changes'),
      cursor: cursorArgument,
    }),
    output: z.object({ changes: z.array(anything), ...paging }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const after = readCursor('get_changelog', args, args.cursor);
      const place = after === undefined ? undefined : Number(after) || 0;
      const key = await reachIssue(jira, args.issue_key, signal);
      const { limit } = args;
      const oldestFirst = args.order === 'oldest';
      const range = oldestFirst ? { oldestFirst, start: place } : { end: place };
      const { changes, start, end, total } = await readChanges(
        jira,
        key,
        { limit, ...range },
        signal,
      );
      const { items, truncated: isCut } = fitItems(changes);
      const hasMore = oldestFirst ? end > start && end < total : start > 0;
      const next = String(oldestFirst ? end : start);
      return {
        changes: items,
        count: items.length,
        truncated: isCut || hasMore,
        ...(hasMore && !isCut && { next_cursor: toCursor('get_changelog', args, next) }),
        ...(isCut && { notes: ['Not all changes of these entries fit: use a smaller limit.'] }),
      };
    },
  });
