import { code, toTable } from '../markdown.ts';
import { toList, toRecord } from '../schema.ts';
import { call, type Data, type Plan } from './plan.ts';
import { counted, toTime } from './say-list.ts';

const shown = [
  'type',
  'status',
  'resolution',
  'priority',
  'assignee',
  'reporter',
  'created',
  'updated',
  'due',
  'labels',
  'components',
  'parent',
  'sprint',
  'story_points',
];
const hidden = new Set([
  ...shown,
  'key',
  'summary',
  'description',
  'status_category',
  'url',
  'links',
  'comments',
]);

export function* showIssue(jira: string, issue: string): Plan {
  const data = yield* call(jira, 'get_issue', { issue_key: issue, include: ['links'] });
  const found = toRecord(data.issue);
  const names = [...shown, ...Object.keys(found).filter((name) => !hidden.has(name))];
  const rows = names
    .filter((name) => found[name] !== undefined)
    .map((name) => [name.replaceAll('_', ' '), toValue(name, found[name])]);
  const links = Array.isArray(found.links) ? found.links.map((link) => `- ${String(link)}`) : [];
  return [
    `**${code(String(found.key))}** ${String(found.summary)}`,
    '',
    toTable(['field', 'value'], rows),
    ...(found.description ? ['', quoted(String(found.description))] : []),
    ...(links.length > 0 ? ['', ...links] : []),
  ].join('\n');
}

function toValue(name: string, value: unknown): unknown {
  if (/^(created|updated|resolved)$|date/.test(name)) return toTime(value);
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' && value !== null
    ? String(toRecord(value).name ?? toRecord(value).key ?? JSON.stringify(value))
    : value;
}

/** What somebody wrote, so that it can be told from the answer. */
export const quoted = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

export function* changesOf(jira: string, issue: string): Plan {
  const found = yield* call(jira, 'get_changelog', { issue_key: issue, limit: 20 });
  const changes = toList(found.changes);
  if (changes.length === 0) return `Nothing has changed on ${code(issue)} since it was created.`;
  const rows = changes.map(({ at, by, field, from, to }) => [toTime(at), by, field, from, to]);
  const cut = found.truncated ? ', the newest first; there are older ones' : ', the newest first';
  return [
    `${code(issue)} has ${counted(changes.length, 'change')}${cut}:`,
    '',
    toTable(['when (UTC)', 'who', 'field', 'from', 'to'], rows),
  ].join('\n');
}

export function* commentsOn(jira: string, issue: string): Plan {
  const found = yield* call(jira, 'list_comments', { issue_key: issue, limit: 10 });
  const comments = toList(found.comments);
  if (comments.length === 0) return `There are no comments on ${code(issue)}.`;
  const total = Number(found.total ?? comments.length);
  const sentence =
    total > comments.length
      ? `The newest **${comments.length}** of ${total} comments on ${code(issue)}:`
      : `${code(issue)} has ${counted(total, 'comment')}, the newest first:`;
  return [
    sentence,
    ...comments.flatMap((one) => [
      '',
      `**${authorOf(one)}**, ${toTime(one.created)} UTC`,
      quoted(textOf(one)),
    ]),
  ].join('\n');
}

const authorOf = ({ author, by }: Data) => String(author ?? by ?? 'somebody');
const textOf = ({ body, text, markdown }: Data) => String(body ?? text ?? markdown ?? '');
