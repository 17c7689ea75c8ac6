import { z } from 'zod';
import { outsideLines, outsideText } from '../../../outside-text.ts';
import { jiraJs } from '../api/jira-js.ts';
import { toMoment } from '../issues/flatten-value.ts';
import type { Jira } from '../jira.ts';
import { askOf } from './boards.ts';

const sprint = z.object({
  id: z.number(),
  name: z.string().catch(''),
  state: z.string().catch(''),
  goal: z.string().nullish().catch(undefined),
  startDate: z.string().nullish().catch(undefined),
  endDate: z.string().nullish().catch(undefined),
  completeDate: z.string().nullish().catch(undefined),
  originBoardId: z.number().nullish().catch(undefined),
});

export type Sprint = z.output<typeof sprint>;

const page = z.object({ values: z.array(sprint), isLast: z.boolean().nullish() });

/** As it is shown: what is empty is left out. */
export const showSprint = ({
  id,
  name,
  state,
  goal,
  startDate,
  endDate,
  completeDate,
}: Sprint) => ({
  id,
  name: outsideText(name, 100),
  state,
  ...(goal && { goal: outsideLines(goal, 300) }),
  ...(startDate && { start: toMoment(startDate) }),
  ...(endDate && { end: toMoment(endDate) }),
  ...(completeDate && { completed: toMoment(completeDate) }),
});

const pageSize = 50;
const maxPages = 20;

/** The sprints of a board in these states, the latest first, 1,000 at most: Jira gives the oldest first, and no total. */
export async function readSprints(
  jira: Jira,
  boardId: number,
  states: readonly string[],
  signal: AbortSignal,
): Promise<Sprint[]> {
  const all: Sprint[] = [];
  for (let round = 0; round < maxPages; round += 1) {
    const { values, isLast } = await askOf('board', boardId, () =>
      jira.ask(page, signal, (client) =>
        jiraJs.getAllSprints(client, {
          boardId,
          startAt: round * pageSize,
          maxResults: pageSize,
          state: states.join(','),
        }),
      ),
    );
    all.push(...values);
    if (values.length === 0 || (isLast ?? values.length < pageSize)) break;
  }
  return all.sort((a, b) => begin(b) - begin(a) || b.id - a.id);
}

/** A sprint without a date is still to come. */
const begin = ({ startDate }: Sprint) => (startDate ? Date.parse(startDate) || 0 : Infinity);

export const readSprint = (jira: Jira, id: number, signal: AbortSignal): Promise<Sprint> =>
  askOf('sprint', id, () =>
    jira.ask(sprint, signal, (client) => jiraJs.getSprint(client, { sprintId: id })),
  );
