import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { requireBoard } from './agile/boards.ts';
import { readSprints, showSprint } from './agile/sprints.ts';
import { readsOnly } from './annotations.ts';
import { anything, cursorArgument, limitArgument, paging } from './arguments.ts';
import type { Jira } from './jira.ts';
import { toNumericId } from './to-numeric-id.ts';

export const listSprints = (jira: Jira) =>
  defineTool({
    name: 'list_sprints',
    description: 'List the sprints of a board with goal and dates, the latest first.',
    input: z.object({
      board_id: z.number(),
      state: z.array(z.enum(['active', 'future', 'closed'])).default(['active', 'future']),
      limit: limitArgument(20, 50),
      cursor: cursorArgument,
    }),
    output: z.object({ sprints: z.array(anything), ...paging }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const startAt = Number(readCursor('list_sprints', args, args.cursor) ?? 0) || 0;
      const boardId = toNumericId(args.board_id, 'board', 'list_boards');
      await requireBoard(jira, boardId, signal);
      const all = await readSprints(jira, boardId, args.state, signal);
      const sprints = all.slice(startAt, startAt + args.limit);
      const end = startAt + sprints.length;
      const truncated = end < all.length;
      return {
        sprints: sprints.map(showSprint),
        count: sprints.length,
        truncated,
        ...(truncated && { next_cursor: toCursor('list_sprints', args, String(end)) }),
      };
    },
  });
