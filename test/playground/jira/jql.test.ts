import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdfNode } from '../../../playground/jira/adf/adf-node.ts';
import { adfText } from '../../../playground/jira/adf/adf-text.ts';
import type { FieldValue, JiraIssue } from '../../../playground/jira/jira-data.ts';
import {
  jiraFieldIds,
  priorityIds,
  statusIds,
  typeIds,
} from '../../../playground/shop/jira/jira-site.ts';
import { openJira, today } from './open-jira.ts';

let jira: Awaited<ReturnType<typeof openJira>>;
beforeAll(async () => {
  jira = await openJira();
});
afterAll(() => jira[Symbol.asyncDispose]());

const day = 86_400_000;
const now = today.getTime();
const midnight = Date.parse('2026-11-22');
const { storyPoints, oldStoryPoints, sprint, orderNumber } = jiraFieldIds;
const textOf = ({ values, comments }: JiraIssue) =>
  [{ body: values.description as AdfNode | null }, ...comments]
    .map(({ body }) => adfText(body))
    .concat(String(values.summary))
    .join('\n');
const list = (value: FieldValue | undefined) => (Array.isArray(value) ? value : []);
const points = ({ values }: JiraIssue) =>
  Number(values[storyPoints] ?? 0) > 3 || Number(values[oldStoryPoints] ?? 0) > 3;
const movedTo = (issue: JiraIssue, status: string) =>
  issue.changes.filter(({ items }) =>
    items.some(({ fieldId, to }) => fieldId === 'status' && to === status),
  );

/** A query, and the same in code. */
const queries: [jql: string, holds: (issue: JiraIssue) => boolean][] = [
  ['project = SHOP', ({ key }) => key.startsWith('SHOP-')],
  ['project = "web shop"', ({ key }) => key.startsWith('SHOP-')],
  ['project in (OPS, 10003)', ({ key }) => !key.startsWith('SHOP-')],
  [
    'PROJECT = shop and TYPE = bug',
    ({ key, values }) => key.startsWith('SHOP-') && values.issuetype === typeIds.Bug,
  ],
  ['status = "In Progress"', ({ values }) => values.status === statusIds['In Progress']],
  ["status != 'Done'", ({ values }) => values.status !== statusIds.Done],
  ['statusCategory != Done', ({ values }) => !values.resolution],
  ['resolution = Unresolved', ({ values }) => !values.resolution],
  ['resolution is not EMPTY', ({ values }) => Boolean(values.resolution)],
  ['assignee is EMPTY', ({ values }) => !values.assignee],
  ['assignee = currentUser()', ({ values }) => values.assignee === jira.data.meId],
  // What nobody has is not unlike anybody.
  [
    'assignee != currentUser()',
    ({ values }) => Boolean(values.assignee) && values.assignee !== jira.data.meId,
  ],
  [
    'NOT assignee = currentUser()',
    ({ values }) => Boolean(values.assignee) && values.assignee !== jira.data.meId,
  ],
  [
    'assignee in (EMPTY, currentUser())',
    ({ values }) => !values.assignee || values.assignee === jira.data.meId,
  ],
  [
    'assignee = "ada.lindqvist@lindenwares.example"',
    ({ values }) => values.assignee === jira.data.meId,
  ],
  [
    'assignee in membersOf("support-team")',
    ({ values }) => jira.data.groups[1]?.userIds.includes(String(values.assignee)) ?? false,
  ],
  [
    'priority >= High',
    ({ values }) => [priorityIds.High, priorityIds.Highest].includes(values.priority as '1'),
  ],
  ['priority not in (Medium, Low)', ({ values }) => !['3', '4'].includes(String(values.priority))],
  ['labels = LOW-STOCK', ({ values }) => list(values.labels).includes('low-stock')],
  ['labels is EMPTY', ({ values }) => list(values.labels).length === 0],
  [
    'component in (Checkout, Search)',
    ({ values }) => list(values.components).some((id) => ['10200', '10202'].includes(id)),
  ],
  [
    'fixVersion in unreleasedVersions(SHOP)',
    ({ values }) => list(values.fixVersions).includes('10302'),
  ],
  ['created >= -30d', ({ values }) => Number(values.created) >= now - 30 * day],
  [
    'created >= "2026-11-01" AND created < "2026/11/15"',
    ({ values }) =>
      Number(values.created) >= Date.parse('2026-11-01') &&
      Number(values.created) < Date.parse('2026-11-15'),
  ],
  ['updated > startOfDay(-1)', ({ values }) => Number(values.updated) >= midnight - day + 60_000],
  [
    'due < 7d',
    ({ values }) =>
      typeof values.duedate === 'string' && Date.parse(values.duedate) < midnight + 7 * day,
  ],
  ['due is not null', ({ values }) => typeof values.duedate === 'string'],
  ['"Story Points" > 3', points],
  ['cf[10016] in (1, 2)', ({ values }) => [1, 2].includes(Number(values[storyPoints]))],
  ['customfield_10016 is EMPTY', ({ values }) => values[storyPoints] === undefined],
  ['sprint in openSprints()', ({ values }) => list(values[sprint]).includes('13')],
  ['sprint = "SHOP Sprint 12"', ({ values }) => list(values[sprint]).includes('12')],
  [
    'parent = SHOP-1',
    ({ values }) => values.parent === jira.data.issues.find(({ key }) => key === 'SHOP-1')?.id,
  ],
  ['text ~ "quillpay"', (issue) => /quillpay/i.test(textOf(issue))],
  ['"Order number" ~ 4977', ({ values }) => values[orderNumber] === '#4977'],
  ['summary ~ "coupons"', ({ values }) => /coupon/i.test(String(values.summary))],
  ['summary ~ "sear*"', ({ values }) => /\bsear/i.test(String(values.summary))],
  ['summary ~ "\\"product page\\""', ({ values }) => /product page/i.test(String(values.summary))],
  ['key in (SHOP-1, OPS-2)', ({ key }) => key === 'SHOP-1' || key === 'OPS-2'],
  ['key = WEB-3', ({ key }) => key === 'SHOP-3'],
  [
    'project = SHOP and key >= SHOP-10',
    ({ key }) => key.startsWith('SHOP-') && Number(key.slice(5)) >= 10,
  ],
  ['attachments is not EMPTY', ({ attachments }) => attachments.length > 0],
  ['watcher = currentUser()', ({ watcherIds }) => watcherIds.includes(jira.data.meId)],
  ['issuetype in subTaskIssueTypes()', ({ values }) => values.issuetype === typeIds['Sub-task']],
  [
    'status changed to Done after -60d',
    (issue) => movedTo(issue, statusIds.Done).some(({ created }) => created > now - 60 * day),
  ],
  ['status was "In Review"', (issue) => movedTo(issue, statusIds['In Review']).length > 0],
  [
    'status was not "In Progress"',
    (issue) => movedTo(issue, statusIds['In Progress']).length === 0,
  ],
  [
    'status changed by currentUser()',
    (issue) =>
      issue.changes.some(
        ({ authorId, items }) =>
          authorId === jira.data.meId && items.some(({ fieldId }) => fieldId === 'status'),
      ),
  ],
  [
    '(project = OPS OR project = SUP) && !(status = Done)',
    ({ key, values }) => !key.startsWith('SHOP') && values.status !== statusIds.Done,
  ],
  [
    'NOT (project = SHOP OR priority = Medium)',
    ({ key, values }) => !key.startsWith('SHOP') && values.priority !== '3',
  ],
];

it.each(queries)('finds what %s asks for', async (jql, holds) => {
  const right = jira.data.issues.filter(holds).map(({ key }) => key);
  expect(right.length).toBeGreaterThan(0);
  expect((await jira.find(jql)).toSorted()).toEqual(right.toSorted());
});

describe('order', () => {
  const found = async (order: string) => {
    const keys = await jira.find(`project = SHOP ORDER BY ${order}`);
    return keys.map((key) => jira.data.issues.find((issue) => issue.key === key) as JiraIssue);
  };

  it('goes by several fields, each its own way', async () => {
    const issues = await found('priority DESC, created ASC');
    const right = issues.toSorted(
      (a, b) =>
        Number(a.values.priority) - Number(b.values.priority) ||
        Number(a.values.created) - Number(b.values.created),
    );
    expect(issues).toEqual(right);
  });

  it('puts what is empty last', async () => {
    const issues = await found('duedate');
    const empty = issues.map(({ values }) => values.duedate === null);
    expect(empty).toEqual(empty.toSorted());
    expect(new Set(empty).size).toBe(2);
  });

  it('counts in keys', async () => {
    const keys = await jira.find('project = SHOP ORDER BY key ASC');
    expect(keys.slice(0, 3)).toEqual(['SHOP-1', 'SHOP-2', 'SHOP-3']);
  });
});

const operators =
  "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";

/** Faulty queries, and what Jira says. */
const faults: [jql: string, ...messages: string[]][] = [
  ['assigne = x', "Field 'assigne' does not exist or you do not have permission to view it."],
  ['status = Doing', "The value 'Doing' does not exist for the field 'status'."],
  [
    'a = 1 OR b = 2',
    "Field 'a' does not exist or you do not have permission to view it.",
    "Field 'b' does not exist or you do not have permission to view it.",
  ],
  ['status ~ Done', "The operator '~' is not supported by the 'status' field."],
  ['summary = cart', "The operator '=' is not supported by the 'summary' field."],
  [
    'status = (Done, "To Do")',
    "Operator '=' does not support the list value '(\"Done\", \"To Do\")' for field 'status'.",
  ],
  [
    'status in Done',
    "Operator 'in' does not support the non-list value '\"Done\"' for field 'status'.",
  ],
  [
    'created > soon',
    "Date value 'soon' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
  ],
  ['assignee = me()', "Unable to find JQL function 'me()'."],
  ['assignee = currentUser(1)', "Function 'currentUser' expected '0' arguments but received '1'."],
  ['status = now()', "A value provided by the function 'now' is invalid for the field 'status'."],
  ['key = SHOP-9999', "An issue with key 'SHOP-9999' does not exist for field 'key'."],
  ['Severity = SEV9', "The option 'SEV9' for field 'Severity' does not exist."],
  ['text ~ "*pay"', "The text query '*pay' for field 'text' is not allowed to start with '*'."],
  ['project = SHOP ORDER BY comment', "Not able to sort using field 'comment'."],
  ['project = SHOP AND', 'Error in the JQL Query: Expecting a field name at the end of the query.'],
  [
    'project SHOP',
    `Error in the JQL Query: Expecting operator but got 'SHOP'. ${operators} (line 1, character 9)`,
  ],
  [
    'project',
    `Error in the JQL Query: Expecting operator before the end of the query. ${operators}`,
  ],
  [
    'project =',
    'Error in the JQL Query: Expecting either a value, list or function before the end of the query.',
  ],
  [
    'project = SHOP\n  status = Done',
    "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'status'. (line 2, character 3)",
  ],
  ['(project = SHOP', "Error in the JQL Query: Expecting ')' before the end of the query."],
  [
    'project = "SHOP',
    "Error in the JQL Query: The quoted string 'SHOP' has not been completed. (line 1, character 11)",
  ],
  [
    'labels = a@b',
    "Error in the JQL Query: The character '@' is a reserved JQL character. You must enclose it in a string or use the escape '\\u0040' instead. (line 1, character 11)",
  ],
  [
    'labels = select',
    "Error in the JQL Query: 'select' is a reserved JQL word. You must surround it in quotation marks to use it in a query. (line 1, character 10)",
  ],
  [`${'('.repeat(5000)}project = SHOP`, 'Error in the JQL Query: The query is too complex.'],
  [`project in ${'('.repeat(5000)}SHOP`, 'Error in the JQL Query: The query is too complex.'],
  [
    '',
    'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
  ],
  [
    'ORDER BY created',
    'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
  ],
  [
    `project = SHOP ORDER BY ${Array.from({ length: 8 }, () => 'created').join(', ')}`,
    'The ORDER BY clause has 8 fields. The maximum is 7.',
  ],
];

it.each(faults)('refuses %.60s', async (jql, ...messages) => {
  expect(await jira.find(jql)).toEqual(messages);
});

it('says what is wrong with each of several queries', async () => {
  const queries = ['project = SHOP', 'assigne = x', 'project ='];
  const { body } = await jira.call('POST', '/rest/api/3/jql/parse?validation=strict', { queries });
  expect(body.queries.map(({ errors }: { errors?: string[] }) => errors?.length ?? 0)).toEqual([
    0, 1, 1,
  ]);
  expect(body.queries[0].structure.where).toMatchObject({
    field: { name: 'project' },
    operator: '=',
  });
});
