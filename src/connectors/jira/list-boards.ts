import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { type Board, readBoards } from './agile/boards.ts';
import { JiraRefusal } from './api/jira-refusal.ts';
import { anyList, projectArgument, truncated } from './arguments.ts';
import type { Jira } from './jira.ts';
import { findProject, refuseProject } from './names/find-project.ts';
import { readOffset, toPaging } from './paging.ts';

export const listBoards = (jira: Jira) =>
  defineTool({
    name: 'list_boards',
    description: 'List the boards; their ids give list_sprints.',
    input: z.object({
      project: projectArgument.optional(),
      name: z.string().optional().describe('Part of it'),
      limit: limitArgument(50, 50),
      cursor: cursorArgument,
    }),
    output: z.looseObject({ boards: anyList, truncated }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const startAt = readOffset('list_boards', args);
      const { name, limit } = args;
      const project =
        args.project === undefined ? undefined : await findProject(jira, args.project, signal);
      const query = { project, name, startAt, limit };
      const { boards, seen, hasMore } = await readBoards(jira, query, signal).catch((error) =>
        error instanceof JiraRefusal && project && (error.status === 400 || error.status === 404)
          ? refuseProject(jira, project, signal)
          : Promise.reject(error),
      );
      return {
        boards: boards.map(showBoard),
        ...toPaging('list_boards', args, boards.length, hasMore ? startAt + seen : undefined),
      };
    },
  });

const showBoard = ({ id, name, type, location }: Board) => ({
  id,
  name: outsideText(name, 100),
  type,
  ...(location?.projectKey && { project: location.projectKey }),
});
