import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { requireBoard } from './agile/boards.ts';
import { readSprints, showSprint } from './agile/sprints.ts';
import { toNumericId } from './agile/to-numeric-id.ts';
import { anyList, truncated } from './arguments.ts';
import type { Jira } from './jira.ts';
import { readOffset, toPaging } from './paging.ts';

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
    output: z.looseObject({ sprints: anyList, truncated }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const startAt = readOffset('list_sprints', args);
      const boardId = toNumericId(args.board_id, 'board', 'list_boards');
      await requireBoard(jira, boardId, signal);
      const all = await readSprints(jira, boardId, args.state, signal);
      const sprints = all.slice(startAt, startAt + args.limit);
      const end = startAt + sprints.length;
      return {
        sprints: sprints.map(showSprint),
        ...toPaging('list_sprints', args, sprints.length, end < all.length ? end : undefined),
      };
    },
  });
