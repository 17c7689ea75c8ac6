import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import { JiraRefusal } from '../api/jira-refusal.ts';
import type { Jira } from '../jira.ts';
import { requireAllowed } from '../names/find-project.ts';

const board = z.object({
  id: z.number(),
  name: z.string().catch(''),
  type: z.string().catch(''),
  location: z.object({ projectKey: z.string().optional() }).optional().catch(undefined),
});

export type Board = z.output<typeof board>;

const page = z.object({
  values: z.array(board),
  isLast: z.boolean().nullish(),
  total: z.number().nullish(),
});

export interface BoardQuery {
  /** The key of a project. */
  project?: string | undefined;
  name?: string | undefined;
  startAt: number;
  limit: number;
}

/** Boards of projects that may be seen, and how many were looked at for them. */
export async function readBoards(
  jira: Jira,
  { project, name, startAt, limit }: BoardQuery,
  signal: AbortSignal,
): Promise<{ boards: Board[]; seen: number; hasMore: boolean }> {
  const { values, isLast, total } = await jira.ask(page, signal, (client) =>
    jiraJs.getAllBoards(client, {
      startAt,
      maxResults: limit,
      ...(project && { projectKeyOrId: project }),
      ...(name && { name }),
    }),
  );
  const seen = values.length;
  const hasMore = seen > 0 && (isLast === false || startAt + seen < (total ?? 0));
  return { boards: values.filter((board) => isVisible(jira, board)), seen, hasMore };
}

const isVisible = (jira: Jira, { location }: Board) =>
  jira.allowedProjects.length === 0 || jira.isAllowed(location?.projectKey ?? '');

/**
 * Lets pass what is on a board that may be seen; where only some may, what is on none may not.
 *
 * @throws ToolError `NOT_FOUND` for a board that there is not, `REFUSED` for one of a project that is not to be seen.
 */
export async function requireBoard(
  jira: Jira,
  id: number | null | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (jira.allowedProjects.length === 0) return;
  if (!id) return requireAllowed(jira, '?');
  const found = await askOf('board', id, () =>
    jira.ask(board, signal, (client) => jiraJs.getBoard(client, { boardId: id })),
  );
  requireAllowed(jira, found.location?.projectKey ?? '?');
}

/** Asks for something of a board or a sprint, and says which one there is not. */
export async function askOf<Answer>(
  what: 'board' | 'sprint',
  id: number,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof JiraRefusal)) throw error;
    const words = error.messages.join(' ');
    if (error.status === 400 && /sprint/i.test(words))
      throw new ToolError('INVALID_ARGUMENT', `the board ${id} has no sprints`, {
        why: outsideText(words, 200).replace(/\.$/, ''),
        try: 'search_issues; sprints are of boards of the type scrum',
        cause: error,
      });
    if (error.status !== 404) throw error;
    throw new ToolError(
      'NOT_FOUND',
      `there is no ${what} ${id}, or the account of this bot may not see it`,
      { try: what === 'board' ? 'list_boards' : 'list_sprints', cause: error },
    );
  }
}
