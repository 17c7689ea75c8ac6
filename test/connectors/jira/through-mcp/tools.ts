import { afterAll, beforeAll, expect, it } from 'vitest';
import { type JiraClient, openClient } from './open-client.ts';

let jira: JiraClient;
beforeAll(async () => {
  jira = await openClient({});
});
afterAll(async () => {
  await jira[Symbol.asyncDispose]();
});

const firstKey = async (jql: string) =>
  (await jira.ask('search_issues', { jql, limit: 1 })).issues[0].key as string;

it('shows an issue of a list in a few words, without what is empty', async () => {
  const { issues } = await jira.ask('search_issues', {
    jql: 'project = SHOP AND sprint in openSprints() AND "Story Points" > 0 ORDER BY key',
    limit: 1,
  });
  expect(issues[0]).toMatchObject({
    key: expect.stringMatching(/^SHOP-/),
    summary: expect.any(String),
    type: expect.any(String),
    status: expect.any(String),
    status_category: expect.any(String),
    updated: expect.stringMatching(/^2026-.*Z$/),
    sprint: expect.stringMatching(/^SHOP Sprint 13 \(active\)$/),
    story_points: expect.any(Number),
  });
  expect(JSON.stringify(issues[0]).length).toBeLessThan(600);
  expect(JSON.stringify(issues)).not.toMatch(/null|customfield/);
});

it('shows the fields that were asked for by name instead', async () => {
  const { issues } = await jira.ask('search_issues', {
    jql: 'project = SUP AND "Order number" is not EMPTY',
    fields: ['Order number', 'due', 'type', 'customfield_10033'],
    limit: 1,
  });
  expect(Object.keys(issues[0])).toEqual([
    'key',
    'summary',
    'Order number',
    'type',
    'Customer e-mail',
  ]);
});

it('asks Jira for named fields only, and never for a list without them', async () => {
  await jira.ask('search_issues', { jql: 'project = OPS', limit: 1 });
  const request = jira.site.requests.findLast(({ path }) => path === '/rest/api/3/search/jql');
  const body = JSON.parse(String(request?.body));
  expect(body.fields).toContain('summary');
  expect(body.fields).not.toContain('*all');
});

it.each<[jql: string, says: RegExp]>([
  ['assigne = currentUser()', /Field 'assigne' does not exist.* Try: assignee/],
  [
    'status = "In Progres"',
    /'In Progres' does not exist for the field 'status'\. Try: In Progress/,
  ],
  ['assignee = "Ada Lindqvits"', /'Ada Lindqvits' does not exist.* Try: [\w:-]+ \(Ada Lindqvist\)/],
  ['"Story Pionts" > 3', /'Story Pionts' does not exist.* Try: Story Points/],
  ['sprint in openSprint()', /openSprint.* Try: openSprints\(\)/],
  ['ORDER BY created', /refuses a search through everything\. Try: a restriction/],
  ['project = OPS AND', /^INVALID_ARGUMENT: Jira does not understand this JQL\. Why: .+ Try: /],
  ['project = OPS) OR (project = SUP', /never opened/],
])('explains why %j is refused', async (jql, says) => {
  expect(await jira.refusal('search_issues', { jql })).toMatch(says);
  expect(await jira.refusal('count_issues', { jql })).toMatch(says);
});

it('checks JQL without running it', async () => {
  expect(await jira.ask('validate_jql', { jql: 'project = OPS' })).toEqual({
    valid: true,
    errors: [],
    suggestions: [],
  });
  const { valid, errors, suggestions } = await jira.ask('validate_jql', {
    jql: 'projct = OPS AND status = Don',
  });
  expect({ valid, errors: errors.length, suggestions }).toEqual({
    valid: false,
    errors: 2,
    suggestions: ['project', 'Done'],
  });
  const broken = await jira.ask('validate_jql', { jql: 'project = OPS AND AND' });
  expect(broken.errors[0]).toMatchObject({ position: expect.any(Number) });
});

it('finds near options of a field as well, of which Jira says it in another way', async () => {
  const errors = ["The option 'SEV11' for field 'Severity' does not exist."];
  const body = JSON.stringify({ queries: [{ query: '', errors }] });
  jira.site.fail({ when: ({ path }) => path.endsWith('/jql/parse'), status: 200, body });
  const { suggestions } = await jira.ask('validate_jql', { jql: 'Severity = SEV11' });
  expect(suggestions).toContain('SEV1');
});

it('counts, in all and by a field', async () => {
  const { count } = await jira.ask('count_issues', { jql: 'project = SHOP' });
  const expected = jira.site.data.issues.filter(({ key }) => key.startsWith('SHOP-')).length;
  expect(count).toBe(expected);
  const groups = await jira.ask('count_issues', { jql: 'project = SHOP', group_by: 'status' });
  expect(groups).toMatchObject({ count, precision: 'exact' });
  const moments = await jira.ask('count_issues', { jql: 'project = SHOP', group_by: 'created' });
  expect(moments.notes).toEqual([`${count - 20} more values, none of more issues.`]);
  const sum = groups.groups.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  expect(sum).toBe(count);
});

it('counts those without a value, and people by their names', async () => {
  const { groups } = await jira.ask('count_issues', {
    jql: 'project = SHOP',
    group_by: 'assignee',
  });
  const values = groups.map(({ value }: { value: string | null }) => value);
  expect(values).toContain(null);
  expect(values).toContain('Ada Lindqvist');
});

it('reads an issue within 600 tokens, its description in Markdown', async () => {
  const key = await firstKey(
    'project = OPS AND issuetype = Incident AND text ~ "Quillpay" ORDER BY created DESC',
  );
  const { issue } = await jira.ask('get_issue', { issue_key: key.toLowerCase() });
  expect(issue).toMatchObject({
    key,
    type: 'Incident',
    url: expect.stringMatching(`/browse/${key}$`),
  });
  expect(issue.description).toContain('> [!');
  expect(JSON.stringify(issue).length).toBeLessThan(2_500);
});

it('reads what stands beside an issue when asked', async () => {
  const key = await firstKey('project = SUP AND issueLinkType is not EMPTY ORDER BY created DESC');
  const include = [
    'comments',
    'links',
    'subtasks',
    'attachments',
    'transitions',
    'changelog',
    'worklogs',
  ];
  const { issue } = await jira.ask('get_issue', { issue_key: key, include });
  expect(issue).toMatchObject({
    links: [expect.stringMatching(/[A-Z]+-\d+ .*\(.+\)$/)],
    comments: [{ author: expect.any(String), body: expect.any(String) }],
    transitions: expect.arrayContaining([
      expect.objectContaining({ to_status: expect.any(String) }),
    ]),
    changes: expect.arrayContaining([expect.objectContaining({ field: 'status' })]),
    worklogs: expect.any(Array),
  });
});

it('cuts a long description, and gives it whole when it is named', async () => {
  const issue = jira.site.data.issues.find(({ key }) => key.startsWith('SHOP-'));
  const long = 'word '.repeat(1_000);
  const content = [{ type: 'paragraph', content: [{ type: 'text', text: long }] }];
  if (issue) issue.values.description = { type: 'doc', version: 1, content } as never;
  const short = await jira.ask('get_issue', { issue_key: issue?.key });
  expect(short.issue.description).toMatch(/…\(\+3799 chars\)$/);
  const whole = await jira.ask('get_issue', { issue_key: issue?.key, fields: ['Description'] });
  expect(whole.issue.description).toBe(long.trim());
  expect(Object.keys(whole.issue)).toEqual(['key', 'summary', 'description', 'url']);
  expect(await jira.ask('get_issue', { issue_key: issue?.key, fields: [] })).toEqual(short);
});

it.each<[tool: string, args: Record<string, unknown>, says: RegExp]>([
  ['get_issue', { issue_key: 'OPPS-1' }, /no project OPPS to be seen\. Try: OPS-1/],
  ['get_issue', { issue_key: 'OPS-99999' }, /OPS-99999 does not exist, or .* may not see it/],
  ['get_issue', { issue_key: 'see OPS 7 please' }, /is not an issue key\. Try: OPS-7/],
  [
    'get_issue',
    { issue_key: 'OPS-1', fields: ['Assignes'] },
    /no field "Assignes"\. Try: Assignee/,
  ],
  [
    'get_issue',
    { issue_key: 'OPS-1', fields: Array(41).fill('Assignee') },
    /41 fields are more than 40/,
  ],
  ['list_comments', { issue_key: 'OPS-99999' }, /^NOT_FOUND: OPS-99999/],
  ['get_changelog', { issue_key: 'OPS-99999' }, /^NOT_FOUND: OPS-99999/],
  ['get_transitions', { issue_key: 'OPS-99999' }, /^NOT_FOUND: OPS-99999/],
  ['get_project', { project_key: 'OPZ' }, /^NOT_FOUND: .*Try: OPS \(Operations\)/],
  ['get_project', { project_key: 'Web shp' }, /^NOT_FOUND: .*Try: SHOP \(Web shop\)/],
  ['list_boards', { project: 'OPZ' }, /^NOT_FOUND: there is no project "OPZ".*Try: OPS/],
  ['list_sprints', { board_id: 999 }, /there is no board 999.* Try: list_boards/],
  ['list_sprints', { board_id: 2 }, /board 2 has no sprints/],
  ['get_sprint_issues', { sprint_id: 999 }, /there is no sprint 999.* Try: list_sprints/],
  ['get_sprint_issues', { sprint_id: 1.5 }, /"1\.5" is not the id of a sprint/],
  ['count_issues', { jql: 'project = OPS', group_by: 'asignee' }, /Try: Assignee/],
  ['search_issues', { jql: 'project = OPS', cursor: 'x' }, /^BAD_CURSOR/],
  ['search_users', { query: '' }, /^INVALID_ARGUMENT/],
])('answers %s %j with a way out', async (tool, args, says) => {
  expect(await jira.refusal(tool, args)).toMatch(says);
});

it.each([
  '../../3/myself',
  'OPS-1/comment',
  'OPS-1?expand=*',
  'OPS-1%2F..',
  'https://evil.example/OPS-1',
  'OPS-0',
  '',
  'x'.repeat(100_000),
])('never puts %.20j into an address', async (issue_key) => {
  jira.sent();
  const tools = ['get_issue', 'list_comments', 'get_changelog', 'get_transitions'];
  for (const tool of tools)
    expect(await jira.refusal(tool, { issue_key })).toMatch(/is not an issue key/);
  expect(jira.sent()).toEqual([]);
});

it('pages through comments, the newest first', async () => {
  const issue = jira.site.data.issues.find(({ comments }) => comments.length >= 3);
  const args = { issue_key: issue?.key, limit: 2 };
  const first = await jira.ask('list_comments', args);
  expect(first).toMatchObject({ count: 2, truncated: true, total: issue?.comments.length });
  const second = await jira.ask('list_comments', { ...args, cursor: first.next_cursor });
  const ids = [...first.comments, ...second.comments].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(first.comments[0].created >= first.comments[1].created).toBe(true);
});

it('pages through the history in both directions', async () => {
  const issue = jira.site.data.issues.find(({ changes }) => changes.length >= 3);
  for (const order of ['newest', 'oldest']) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const args = { issue_key: issue?.key, order, limit: 2, ...(cursor && { cursor }) };
      const page = await jira.ask('get_changelog', args);
      seen.push(...page.changes.map(({ at, field }: Record<string, string>) => `${at} ${field}`));
      cursor = page.next_cursor;
    } while (cursor);
    const count = issue?.changes.flatMap(({ items }) => items).length;
    expect(seen).toHaveLength(count ?? 0);
    const times = seen.map((line) => line.split(' ')[0] ?? '');
    expect(times).toEqual(order === 'oldest' ? times.toSorted() : times.toSorted().reverse());
  }
});

it('lists projects, boards, sprints and people', async () => {
  const { projects } = await jira.ask('list_projects', { limit: 2 });
  expect(projects.map(({ key }: { key: string }) => key)).toEqual(['OPS', 'SHOP']);
  const named = await jira.ask('list_projects', { query: 'shop' });
  expect(named).toMatchObject({ projects: [{ key: 'SHOP', name: 'Web shop' }], truncated: false });
  const { project } = await jira.ask('get_project', {
    project_key: 'web shop',
    include: ['statuses', 'components', 'versions'],
  });
  expect(project).toMatchObject({ key: 'SHOP', statuses: { 'In Review': 'In Progress' } });
  const { boards } = await jira.ask('list_boards', { project: 'SHOP' });
  expect(boards).toEqual([{ id: 1, name: 'SHOP board', type: 'scrum', project: 'SHOP' }]);
  const closed = await jira.ask('list_sprints', { board_id: 1, state: ['closed'], limit: 2 });
  expect(closed.sprints.map(({ id }: { id: number }) => id)).toEqual([12, 11]);
  const more = await jira.ask('list_sprints', {
    board_id: 1,
    state: ['closed'],
    limit: 2,
    cursor: closed.next_cursor,
  });
  expect(more.sprints.map(({ id }: { id: number }) => id)).toEqual([10, 9]);
  const { users } = await jira.ask('search_users', { query: 'Ada', assignable_to: 'SHOP' });
  expect(users).toMatchObject([{ display_name: 'Ada Lindqvist', active: true }]);
});

it('sums up a sprint, also where its issues are listed in part', async () => {
  const first = await jira.ask('get_sprint_issues', { sprint_id: 13, limit: 2 });
  const inSprint = await jira.ask('count_issues', { jql: 'sprint = 13' });
  expect(first).toMatchObject({
    sprint: { name: 'SHOP Sprint 13', state: 'active', goal: expect.any(String) },
    totals: {
      issues: inSprint.count,
      done: expect.any(Number),
      points: expect.any(Number),
      complete: true,
    },
    count: 2,
    truncated: true,
  });
  const rest = await jira.ask('get_sprint_issues', {
    sprint_id: 13,
    limit: 2,
    cursor: first.next_cursor,
  });
  expect(rest.totals).toBeUndefined();
  expect(rest.issues[0].key).not.toBe(first.issues[0].key);
  const done = await jira.ask('get_sprint_issues', { sprint_id: 13, jql: 'statusCategory = Done' });
  expect(done.count).toBe(first.totals.done);
});

it('finds fields by a part of their name, and near ones', async () => {
  const { fields } = await jira.ask('search_fields', { query: 'point' });
  expect(fields.map(({ id }: { id: string }) => id)).toEqual([
    'customfield_10016',
    'customfield_10026',
  ]);
  const near = await jira.ask('search_fields', { query: 'Severty' });
  expect(near).toMatchObject({
    fields: [{ name: 'Severity' }],
    notes: ['None matches; these are near.'],
  });
});

it('tells in its digest what queries need, in 4 kB', async () => {
  const digest = await jira.read('jira://digest');
  expect(Buffer.byteLength(digest)).toBeLessThanOrEqual(4_000);
  for (const word of [
    'SHOP Web shop: Epic, Story',
    'In Review',
    'Story Points (number',
    '1 SHOP board (scrum)',
  ])
    expect(digest).toContain(word);
});

it('reads at most what is asked: the list of fields is read once', async () => {
  jira.sent();
  await jira.ask('search_issues', { jql: 'project = OPS', limit: 1 });
  expect(jira.sent()).toEqual(['POST /rest/api/3/search/jql']);
});

it('stays small when an issue has long fields, many comments and many links', async () => {
  const { site } = jira;
  const issue = site.data.issues.find(({ key }) => key === 'SHOP-7');
  const long = { type: 'text', text: 'Ünïcödé '.repeat(2_000) };
  const body = {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [long] }],
  } as never;
  const comment = { authorId: site.data.meId, body, created: 0, updated: 0 };
  issue?.comments.push(...Array.from({ length: 60 }, (_, id) => ({ ...comment, id: String(id) })));
  if (issue) issue.values.description = body;
  const include = ['comments', 'links', 'subtasks', 'transitions', 'changelog', 'worklogs'];
  const args = { issue_key: 'SHOP-7', include, comment_limit: 50 };
  expect((await jira.ask('get_issue', args)).issue.comments_count).toBeGreaterThanOrEqual(60);
  await jira.ask('get_issue', { ...args, fields: ['Description', 'Summary'] });
  await jira.ask('list_comments', { issue_key: 'SHOP-7', limit: 100, max_chars: 2_000 });
});
