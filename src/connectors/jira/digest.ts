import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { fitItems } from '../fit-items.ts';
import { readBoards } from './agile/boards.ts';
import { jiraJs } from './api/jira-js.ts';
import type { Jira } from './jira.ts';
import type { Field } from './names/field-index.ts';

/** Of the whole text. */
const maxBytes = 4_000;

/**
 * What a model needs to write a right query at the first try: projects with issue types, statuses, the fields that
 * people added, boards.
 */
export async function readDigest(jira: Jira, signal: AbortSignal): Promise<string> {
  const [projects, index, statuses, boards] = await Promise.all([
    jira.projects(signal),
    jira.fields(signal),
    jira.ask(statusList, signal, (client) => jiraJs.getStatuses(client)),
    // A site without Jira Software has no boards.
    readBoards(jira, { startAt: 0, limit: 50 }, signal).catch(() => ({ boards: [] })),
  ]);
  const lines = [
    hints,
    ...toLines(
      'Projects',
      projects,
      40,
      ({ key, name, issueTypes }) =>
        `${key} ${name}${issueTypes.length > 0 ? `: ${issueTypes.map(({ name }) => name).join(', ')}` : ''}`,
    ),
    ...toLines('Statuses', groupStatuses(statuses), 4, (text) => text),
    ...toLines('Custom fields', index.all.filter(isAsked), 40, toFieldText),
    ...toLines('Boards', boards.boards, 25, ({ id, name, type }) => `${id} ${name} (${type})`),
  ];
  // What comes first matters most.
  const { items, truncated } = fitItems(lines, maxBytes - 4);
  return [...items, ...(truncated ? ['…'] : [])].join('\n');
}

const hints =
  'JQL: project = KEY, statusCategory in ("To Do", "In Progress", Done), assignee = currentUser(), created >= -7d, due <= endOfWeek(), sprint in openSprints(), text ~ "words", ORDER BY created DESC. Counts: count_issues.';

const statusList = z.array(
  z.object({
    name: z.string(),
    statusCategory: z.object({ name: z.string() }).optional().catch(undefined),
  }),
);

/** `To Do: Open, Backlog`: projects of teams have statuses of the same names. */
function groupStatuses(statuses: z.output<typeof statusList>): string[] {
  const groups = Map.groupBy(statuses, ({ statusCategory }) => statusCategory?.name ?? 'Other');
  return [...groups].map(([category, members]) => {
    const names = [...new Set(members.map(({ name }) => name))];
    const more = names.length > 25 ? `, and ${names.length - 25} more` : '';
    return `${category}: ${names.slice(0, 25).join(', ')}${more}`;
  });
}

/** Kinds of fields that Jira and its apps fill in for themselves. */
const machinery =
  /rank|development|vulnerability|gh-epic|gh-lexo|request-?feedback|sd-|forms|approv|chart|lastcomment|parent|team-?type|design/i;

const isAsked = ({ custom, kind, jqlNames }: Field) =>
  custom && jqlNames.length > 0 && !machinery.test(kind);

const toFieldText = ({ name, type, id }: Field) => `${name} (${type}, ${id})`;

function toLines<Item>(
  title: string,
  items: readonly Item[],
  most: number,
  toText: (item: Item) => string,
): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, most).map((item) => `- ${outsideText(toText(item), 300)}`);
  const more = items.length > most ? [`- and ${items.length - most} more`] : [];
  return [`${title}:`, ...shown, ...more];
}
