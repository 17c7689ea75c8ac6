import { code, toNumber, toTable } from '../markdown.ts';
import { toList } from '../schema.ts';
import type { IssueWish } from './jira-wish.ts';
import { call, callAll, type Data, NoAnswer, type Plan, type Steps } from './plan.ts';
import { listed, thing, toTime } from './say-list.ts';

export function* listIssues(jira: string, wish: IssueWish): Plan {
  const jql = yield* withPeople(jira, wish);
  const [found, counts] = yield* callAll([
    { source: jira, tool: 'search_issues', input: { jql, limit: wish.limit } },
    { source: jira, tool: 'count_issues', input: { jql } },
  ]);
  const issues = toList(found?.issues);
  if (issues.length === 0) return `I found no ${saidOf(wish, 0)}.`;
  const total = Math.max(Number(counts?.count ?? 0), issues.length);
  const isPart = found?.truncated === true || total > issues.length;
  const sentence = isPart
    ? `Here are **${issues.length}** of ${aboutOf(counts)}${toNumber(total)} ${saidOf(wish, total)}${orderOf(jql)}:`
    : `There ${issues.length === 1 ? 'is' : 'are'} **${issues.length}** ${saidOf(wish, total)}:`;
  return [sentence, '', issueTable(issues)].join('\n');
}

/** Counts of everything are estimates of Jira; so many are surely right, since it looks at each. */
const aboutOf = (counts: Data | undefined) => (counts?.precision === 'exact' ? '' : 'about ');

const orderOf = (jql: string) => {
  const [, field, direction] = /ORDER BY (created|updated) (ASC|DESC)$/.exec(jql) ?? [];
  if (!field) return '';
  return direction === 'ASC'
    ? `, the oldest first`
    : field === 'updated'
      ? ', the last changed first'
      : ', the newest first';
};

/** "open issues of type Bug in SHOP". */
function saidOf({ said, isVerbatim, jql }: IssueWish, count: number): string {
  const noun = count === 1 ? 'issue' : 'issues';
  return isVerbatim ? `${noun} for ${code(jql)}` : thing(noun, said);
}

export const issueTable = (issues: Data[]): string =>
  toTable(
    ['key', 'summary', 'status', 'priority', 'assignee', 'created'],
    issues.map((one) => [
      one.key,
      one.summary,
      one.status,
      one.priority,
      one.assignee,
      toTime(one.created).slice(0, 10),
    ]),
  );

export function* countIssues(jira: string, wish: IssueWish, group: string | undefined): Plan {
  const jql = (yield* withPeople(jira, wish)).replace(/\s*ORDER BY .*$/, '');
  const found = yield* call(jira, 'count_issues', { jql, ...(group && { group_by: group }) });
  const count = Number(found.count);
  const sentence = `There ${count === 1 ? 'is' : 'are'} ${aboutOf(group ? found : { precision: 'exact' })}**${toNumber(count)}** ${saidOf(wish, count)}`;
  const groups = toList(found.groups);
  if (!group || groups.length === 0) return `${sentence}.`;
  const rows = groups.map(({ value, count: of }) => [value ?? '(none)', of]);
  const note = Array.isArray(found.notes) ? ` ${found.notes.map(String).join(' ')}` : '';
  return [`${sentence}, by ${group}:${note}`, '', toTable([group, 'issues'], rows)].join('\n');
}

/** Puts accounts in the place of names. @throws NoAnswer where somebody is unknown, or one of several. */
function* withPeople(jira: string, { jql, people = [] }: IssueWish): Steps<string> {
  let whole = jql;
  for (const [at, person] of people.entries()) {
    const { users } = yield* call(jira, 'search_users', { query: person });
    const found = toList(users);
    const exact = found.filter(
      ({ display_name }) => String(display_name).toLowerCase() === person.toLowerCase(),
    );
    const [one, ...others] = exact.length > 0 ? exact : found;
    if (!one) throw new NoAnswer(`Jira knows nobody called “${person}”.`);
    if (others.length > 0)
      throw new NoAnswer(
        `Whom do you mean: ${listed(
          [one, ...others].map(({ display_name }) => String(display_name)),
          'or',
        )}?`,
      );
    whole = whole.replace(`{${at}}`, () => `"${String(one.account_id)}"`);
  }
  return whole;
}
