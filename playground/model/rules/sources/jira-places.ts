import { toNumber, toTable } from '../markdown.ts';
import { toList, toRecord } from '../schema.ts';
import { issueTable } from './jira-lists.ts';
import { call, callAll, NoAnswer, type Plan } from './plan.ts';
import { counted, listed } from './say-list.ts';

export function* listProjects(jira: string): Plan {
  const { projects, truncated } = yield* call(jira, 'list_projects', {});
  const all = toList(projects);
  if (all.length === 0) return 'I see no projects in Jira.';
  const rows = all.map(({ key, name, type, lead }) => [key, name, type, lead]);
  return [
    `There ${all.length === 1 ? 'is' : 'are'} ${counted(all.length, 'project')}${truncated ? ', and more' : ''}:`,
    '',
    toTable(['key', 'name', 'type', 'lead'], rows),
  ].join('\n');
}

/** More boards are not looked at. */
const mostBoards = 4;

/** The sprint that is going on, on the only board that has one. */
export function* showSprint(jira: string, project: string | undefined): Plan {
  const { boards } = yield* call(jira, 'list_boards', project ? { project } : {});
  const scrum = toList(boards)
    .filter(({ type }) => type !== 'kanban')
    .slice(0, mostBoards);
  if (scrum.length === 0)
    throw new NoAnswer(`There is no board with sprints${project ? ` in ${project}` : ''}.`);
  const found = yield* callAll(
    scrum.map(({ id }) => ({
      source: jira,
      tool: 'list_sprints',
      input: { board_id: id, state: ['active'] },
    })),
  );
  const sprints = found.flatMap((data) => toList(data.sprints));
  const [sprint, ...others] = sprints;
  if (!sprint) return 'No sprint is active right now.';
  if (others.length > 0)
    return `Several sprints are active: ${listed(sprints.map(({ name }) => String(name)))}. Ask for one project, e.g. “the sprint of SHOP”.`;
  const data = yield* call(jira, 'get_sprint_issues', { sprint_id: sprint.id, limit: 50 });
  const issues = toList(data.issues);
  const totals = toRecord(data.totals);
  const { name, goal, start, end } = { ...sprint, ...toRecord(data.sprint) } as Record<
    string,
    unknown
  >;
  const points =
    totals.points === undefined ? '' : `, **${totals.points_done}** of ${totals.points} points`;
  const dates =
    start && end ? ` (${String(start).slice(0, 10)} to ${String(end).slice(0, 10)})` : '';
  return [
    `**${name}**${dates}${goal ? `: ${goal}` : ''}. **${toNumber(totals.done ?? 0)}** of ${toNumber(totals.issues ?? issues.length)} issues are done${points}.`,
    '',
    issueTable(issues),
  ].join('\n');
}
