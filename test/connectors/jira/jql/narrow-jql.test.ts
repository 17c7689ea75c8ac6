import { expect, it } from 'vitest';
import {
  narrowJql,
  projectClauses,
  quoteJql,
} from '../../../../src/connectors/jira/jql/narrow-jql.ts';

const only = projectClauses(['OPS', 'SHOP']);
const scope = 'project in ("OPS", "SHOP")';

it.each([
  ['status = Done', `${scope} AND (status = Done)`],
  ['status = Done OR project = SECRET', `${scope} AND (status = Done OR project = SECRET)`],
  ['status = Done ORDER BY created DESC', `${scope} AND (status = Done) ORDER BY created DESC`],
  ['order   by created', `${scope} order   by created`],
  ['', scope],
  ['summary ~ "a) OR (b" ORDER BY key', `${scope} AND (summary ~ "a) OR (b") ORDER BY key`],
  ["summary ~ 'order by \\' x' AND a = b", `${scope} AND (summary ~ 'order by \\' x' AND a = b)`],
  ['summary ~ "a\\") OR (b"', `${scope} AND (summary ~ "a\\") OR (b")`],
  ['a = x\\) AND b = y', `${scope} AND (a = x\\) AND b = y)`],
  ['assignee in (currentUser(), "Ada")', `${scope} AND (assignee in (currentUser(), "Ada"))`],
])('keeps %j within its projects', (jql, narrowed) => {
  expect(narrowJql(jql, only)).toBe(narrowed);
});

it.each<[jql: string, says: RegExp]>([
  ['a = b) OR (project = SECRET', /a parenthesis closes that was never opened, at character 6/],
  ['a = b) OR project = SECRET ORDER BY (key', /never opened/],
  ['(a = b', /a parenthesis is not closed/],
  ['a = "b) OR (project = SECRET', /a string is not closed, at character 5/],
  ["a = 'b", /a string is not closed/],
  ['a = "b\n") OR (c = "d', /a string is not closed/],
  ['a = b ORDER BY key) OR (a = c', /never opened/],
  ['a = b \\', /a string is not closed/],
  ['a = b\u0000) OR (c = d', /a character is none of JQL|never opened/],
  ['a = b /* ) */ ) OR (project = SECRET /* ( */', /"\/\*" needs quotes, at character 7/],
  ['a = b // )\n) OR (c = d', /needs quotes/],
  ['x'.repeat(20_001), /^TOO_LARGE/],
])('refuses %j, which could leave its parentheses', (jql, says) => {
  expect(() => narrowJql(jql, only)).toThrow(says);
});

it('leaves a query alone when there is nothing to add', () => {
  expect(narrowJql('status = Done ORDER BY key', [])).toBe('status = Done ORDER BY key');
});

it.each([
  ['In Progress', '"In Progress"'],
  ['a"b\\c', '"a\\"b\\\\c"'],
  ['a\nb', '"a b"'],
])('quotes %j', (value, quoted) => {
  expect(quoteJql(value)).toBe(quoted);
});
