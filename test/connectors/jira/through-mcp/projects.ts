import { afterAll, beforeAll, expect, it } from 'vitest';
import { allWrites, freshData, type JiraClient, openClient } from './open-client.ts';

let jira: JiraClient;
beforeAll(async () => {
  const variables = { JIRA_PROJECTS: 'OPS', JIRA_ALLOW_WRITES: allWrites };
  const data = freshData();
  // Its parent and a link lead there, too.
  const issue = data.issues.find(({ key }) => key === 'OPS-1');
  const elsewhere = data.issues.find(({ key }) => key === 'SHOP-3');
  if (issue && elsewhere) {
    issue.values.parent = elsewhere.id;
    const typeId = data.linkTypes[0]?.id ?? '';
    data.links.push({ id: '9', typeId, from: issue.id, to: elsewhere.id });
  }
  // An issue that was moved out of the project still answers to its old key.
  data.issues.find(({ key }) => key === 'SHOP-3')?.oldKeys.push('OPS-900');
  jira = await openClient(variables, { data });
});
afterAll(async () => {
  await jira[Symbol.asyncDispose]();
});

it.each([
  'project = SHOP OR project = OPS',
  'project in (SHOP, SUP, OPS)',
  'created >= -400d ORDER BY created',
  'ORDER BY created',
  'summary ~ "a) OR (b" OR project = SHOP OR project = OPS',
])('finds nothing outside of its projects by %j', async (jql) => {
  const { issues } = await jira.ask('search_issues', { jql, limit: 50 });
  expect(issues.length).toBeGreaterThan(0);
  for (const { key } of issues) expect(key).toMatch(/^OPS-/);
  const { groups } = await jira.ask('count_issues', { jql, group_by: 'project' });
  expect(groups.map(({ value }: { value: string }) => value)).toEqual(['Operations']);
});

it.each([
  'project = OPS) OR (project = SHOP',
  'x = ")" ) OR (project = SHOP',
  "a = 'b) OR (project = SHOP",
])('sends nothing for %j', async (jql) => {
  jira.sent();
  expect(await jira.refusal('search_issues', { jql })).toMatch(
    /^INVALID_ARGUMENT: this JQL is not whole/,
  );
  expect(jira.sent().filter((request) => request.includes('search'))).toEqual([]);
});

it.each<[tool: string, args: Record<string, unknown>]>([
  ['get_issue', { issue_key: 'SHOP-1' }],
  ['get_issue', { issue_key: 'OPS-900' }],
  ['list_comments', { issue_key: 'OPS-900' }],
  ['get_changelog', { issue_key: 'OPS-900' }],
  ['get_transitions', { issue_key: 'OPS-900' }],
  ['add_comment', { issue_key: 'OPS-900', body: 'a' }],
  ['update_issue', { issue_key: 'OPS-900', set: { summary: 'a' } }],
  ['transition_issue', { issue_key: 'OPS-900', to: 'Done' }],
  ['create_issue', { project_key: 'SHOP', issue_type: 'Bug', summary: 'a' }],
  ['get_project', { project_key: 'SHOP' }],
  ['list_boards', { project: 'SHOP' }],
  ['list_sprints', { board_id: 1 }],
  ['get_sprint_issues', { sprint_id: 13 }],
  ['search_users', { query: 'a', assignable_to: 'SHOP' }],
])('refuses %s %j and changes nothing', async (tool, args) => {
  jira.sent();
  expect(await jira.refusal(tool, args)).toMatch(/^REFUSED: the project SHOP .* Try: OPS/);
  expect(jira.sent().filter((request) => /^(?:PUT|POST)/.test(request))).toEqual([]);
});

it.each([
  ['project = SHPO', ['Operations']],
  ['project = OPSS', ['OPS']],
  ['component = Chekout', []],
  ['status = "In Progres"', ['In Progress']],
])('names nothing of other projects to explain %j', async (jql, suggestions) => {
  expect((await jira.ask('validate_jql', { jql })).suggestions).toEqual(suggestions);
});

it('shows nothing where Jira answers with an issue of another project', async () => {
  const body = '{"issues":[{"id":"1","key":"SHOP-1","fields":{"summary":"a"}}],"isLast":true}';
  jira.site.fail({ when: ({ path }) => path.endsWith('/search/jql'), status: 200, body });
  const refusal = await jira.refusal('search_issues', { jql: 'project = OPS' });
  expect(refusal).toMatch(/^REFUSED: the project SHOP/);
});

it('lists its projects and boards only, in the digest too', async () => {
  const { projects } = await jira.ask('list_projects');
  expect(projects.map(({ key }: { key: string }) => key)).toEqual(['OPS']);
  const { boards } = await jira.ask('list_boards');
  expect(boards.map(({ project }: { project: string }) => project)).toEqual(['OPS']);
  const digest = await jira.read('jira://digest');
  expect(digest).toContain('OPS Operations');
  expect(digest).not.toMatch(/SHOP|Web shop/);
});

it('does not tell of issues elsewhere that are linked', async () => {
  const { issue } =
    jira.site.data.links
      .map(({ from, to }) =>
        [from, to].map((id) =>
          jira.site.data.issues.find((one) => one.id === id || one.key === id),
        ),
      )
      .map(([from, to]) => ({
        issue: from?.key.startsWith('OPS-') ? from : to,
        other: from?.key.startsWith('OPS-') ? to : from,
      }))
      .find(
        ({ issue, other }) => issue?.key.startsWith('OPS-') && !other?.key.startsWith('OPS-'),
      ) ?? {};
  expect(issue).toBeDefined();
  const answer = await jira.ask('get_issue', { issue_key: issue?.key, include: ['links'] });
  expect(JSON.stringify(answer.issue.links ?? [])).not.toMatch(/SHOP-|SUP-/);
});

it.each(['parent', 'issuelinks'])(
  'does not tell of issues elsewhere by groups of %s',
  async (by) => {
    const { groups } = await jira.ask('count_issues', { jql: 'key = OPS-1', group_by: by });
    expect(groups).toEqual([{ value: '(of a project that is not to be seen)', count: 1 }]);
  },
);

it('creates nothing in a project that is named a second time', async () => {
  const args = {
    project_key: 'OPS',
    issue_type: 'Task',
    summary: 'a',
    fields: { Project: 'SHOP' },
  };
  const refusal = await jira.refusal('create_issue', { ...args, dry_run: true });
  expect(refusal).toMatch(/^INVALID_ARGUMENT: "Project" can't be set/);
});

it('shows no sprint of which nobody knows the project', async () => {
  const body = '{"id":77,"name":"Elsewhere","state":"active","goal":"a"}';
  jira.site.fail({ when: ({ path }) => path.endsWith('/sprint/77'), status: 200, body });
  const refusal = await jira.refusal('get_sprint_issues', { sprint_id: 77 });
  expect(refusal).toMatch(/^REFUSED/);
});
