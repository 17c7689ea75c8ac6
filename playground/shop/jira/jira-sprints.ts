import type { JiraSprint } from '../../jira/jira-data.ts';
import { days, minutes } from '../moment.ts';

const goals = [
  'Faster search',
  'A checkout of one page',
  'Reviews on the product page',
  'Fewer failed payments',
  'Gift wrapping',
  'Accessibility of the catalogue',
];
/** Finished ones. */
const closed = 12;
const length = days(14);

/** Two-week sprints: twelve are over, one is on its sixth day, one is planned. */
export const jiraSprints = (midnight: number): JiraSprint[] =>
  Array.from({ length: closed + 2 }, (_, at) => {
    const start = midnight - days(6) + minutes(480) + (at - closed) * length;
    const common = {
      id: at + 1,
      name: `SHOP Sprint ${at + 1}`,
      boardId: 1,
      goal: goals[at % goals.length] ?? '',
    };
    if (at > closed) return { ...common, state: 'future' };
    if (at === closed) return { ...common, state: 'active', start, end: start + length };
    return { ...common, state: 'closed', start, end: start + length, completed: start + length };
  });

/** The id of the sprint that was going on then, as an issue keeps it. */
export const sprintAt = (sprints: JiraSprint[], ms: number): string[] =>
  sprints
    .filter(({ start = Number.POSITIVE_INFINITY, end = 0 }) => start <= ms && ms < end)
    .map(({ id }) => String(id));
