import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { anyList, issueKeyArgument, truncated } from './arguments.ts';
import { readChanges } from './issues/changes.ts';
import { reachIssue } from './issues/issue-key.ts';
import type { Jira } from './jira.ts';
import { readOffset, toPaging } from './paging.ts';

export const getChangelog = (jira: Jira) =>
  defineTool({
    name: 'get_changelog',
    description: 'Read who changed which field of an issue, when, from what to what.',
    input: z.object({
      issue_key: issueKeyArgument,
      order: z.enum(['newest', 'oldest']).default('newest'),
      limit: limitArgument(50, 100),
      cursor: cursorArgument,
    }),
    output: z.looseObject({ changes: anyList, truncated }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const place = args.cursor === undefined ? undefined : readOffset('get_changelog', args);
      const key = await reachIssue(jira, args.issue_key, signal);
      const { limit } = args;
      const oldestFirst = args.order === 'oldest';
      const range = oldestFirst ? { oldestFirst, start: place } : { end: place };
      const found = await readChanges(jira, key, { limit, ...range }, signal);
      const { items: entries } = fitItems(found.entries);
      const next = oldestFirst ? found.start + entries.length : found.end - entries.length;
      const hasMore = entries.length > 0 && (oldestFirst ? next < found.total : next > 0);
      const changes = entries.flat();
      return {
        changes,
        ...toPaging('get_changelog', args, changes.length, hasMore ? next : undefined),
      };
    },
  });
