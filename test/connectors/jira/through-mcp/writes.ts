import { afterAll, beforeAll, expect, it } from 'vitest';
import { allWrites, type JiraClient, openClient } from './open-client.ts';

let jira: JiraClient;
beforeAll(async () => {
  jira = await openClient({ JIRA_ALLOW_WRITES: allWrites });
});
afterAll(async () => {
  await jira[Symbol.asyncDispose]();
});

const bug = { project_key: 'SHOP', issue_type: 'Bug', summary: 'Basket is lost' };

async function createdBug(more: Record<string, unknown> = {}): Promise<string> {
  const { key } = await jira.ask('create_issue', { ...bug, ...more });
  return key;
}

const writes = () => jira.sent().filter((request) => /^(?:PUT|POST)/.test(request));

it('creates an issue of names and Markdown', async () => {
  const { key, url } = await jira.ask('create_issue', {
    ...bug,
    description: 'It **vanishes**:\n\n- log in\n- reload',
    assignee: 'me',
    priority: 'high',
    labels: ['basket'],
    fields: { due: '2026-12-24', 'story points': 3 },
  });
  expect(url).toMatch(new RegExp(`/browse/${key}$`));
  const { issue } = await jira.ask('get_issue', { issue_key: key });
  expect(issue).toMatchObject({
    summary: 'Basket is lost',
    type: 'Bug',
    assignee: 'Ada Lindqvist',
    priority: 'High',
    labels: ['basket'],
    description: 'It **vanishes**:\n\n- log in\n- reload',
  });
});

it.each<[tool: string, args: Record<string, unknown>, method: string, path: RegExp]>([
  ['create_issue', bug, 'POST', /\/issue$/],
  ['update_issue', { issue_key: 'SHOP-4', set: { Priority: 'Low' } }, 'PUT', /\/issue\/SHOP-4$/],
  ['add_comment', { issue_key: 'SHOP-4', body: 'Hello' }, 'POST', /\/issue\/SHOP-4\/comment$/],
])('shows the request of %s in a dry run, and sends nothing', async (tool, args, method, path) => {
  writes();
  const { request } = await jira.ask(tool, { ...args, dry_run: true });
  expect(request).toMatchObject({
    method,
    path: expect.stringMatching(path),
    body: expect.anything(),
  });
  expect(writes()).toEqual([]);
  await jira.ask(tool, args);
  const sent = jira.site.requests.findLast(({ method }) => method !== 'GET');
  expect(JSON.parse(String(sent?.body))).toEqual(request.body);
  writes();
});

it('shows the request of a transition in a dry run', async () => {
  const key = await createdBug();
  writes();
  const { transitions } = await jira.ask('get_transitions', { issue_key: key });
  const { to_status } = transitions[0];
  const dry = await jira.ask('transition_issue', { issue_key: key, to: to_status, dry_run: true });
  expect(dry).toMatchObject({
    from: 'To Do',
    to: to_status,
    request: { body: { transition: { id: transitions[0].id } } },
  });
  expect(writes()).toEqual([]);
});

it.each<[args: Record<string, unknown>, says: RegExp]>([
  [{ issue_type: 'Bugg' }, /SHOP has no issue type "Bugg"\. Try: Bug/],
  [{ project_key: 'SHPO' }, /there is no project "SHPO".* Try: SHOP/],
  [{ priority: 'Hihg' }, /"Hihg" is not a value of the field "Priority"\. Try: High/],
  [
    { assignee: 'Ada Lindqvits' },
    /nobody called "Ada Lindqvits" can be given work in SHOP\. Try: Ada Lindqvist \(/,
  ],
  [{ assignee: 'Lindqvist' }, /several people match "Lindqvist"\. Try: an account id: /],
  [
    { fields: { Storypoints: 3 } },
    /"Storypoints" can't be set when a Bug is created in SHOP\. Try: /,
  ],
  [{ summary: 'a\nb' }, /more than one line/],
  [{ summary: 'x'.repeat(256) }, /256 characters, and Jira takes 255/],
  [{ description: 'a <u>b</u>' }, /can't hold HTML/],
  [{ parent: '../1' }, /is not an issue key/],
])('refuses to create with %j, before anything is sent', async (args, says) => {
  writes();
  expect(await jira.refusal('create_issue', { ...bug, ...args })).toMatch(says);
  expect(writes()).toEqual([]);
});

it('names the fields that must be filled in, and what they take', async () => {
  const subtask = { project_key: 'OPS', issue_type: 'Sub-task', summary: 'a' };
  expect(await jira.refusal('create_issue', subtask)).toMatch(
    /"Parent" must be filled in when a Sub-task is created in OPS\. Try: in fields: "Parent" \(/,
  );
});

it('changes fields and lists, and shows them before and after', async () => {
  const key = await createdBug({ labels: ['a', 'b'] });
  const args = {
    issue_key: key,
    set: { Priority: 'Low', summary: 'Basket' },
    add: { labels: ['c'] },
    remove: { Labels: ['a'] },
  };
  const { before, after } = await jira.ask('update_issue', args);
  expect(before).toMatchObject({ summary: 'Basket is lost', labels: ['a', 'b'] });
  expect(after).toMatchObject({ summary: 'Basket', priority: 'Low', labels: ['b', 'c'] });
});

it('finds fields by what its answers call them', async () => {
  const key = await createdBug({ fields: { story_points: 3 } });
  const args = { issue_key: key, set: { story_points: 5, due: '2026-12-24' } };
  const { after } = await jira.ask('update_issue', args);
  expect(after).toMatchObject({ due: '2026-12-24' });
  expect((await jira.ask('get_issue', { issue_key: key })).issue.story_points).toBe(5);
});

it('tells of a change also where it cannot be read afterwards', async () => {
  const key = await createdBug();
  let isWritten = false;
  jira.site.fail({
    when: ({ method }) => {
      const isAfter = isWritten && method === 'GET';
      isWritten ||= method === 'PUT';
      return isAfter;
    },
    status: 500,
  });
  const answer = await jira.ask('update_issue', { issue_key: key, set: { summary: 'Lost' } });
  expect(answer).toMatchObject({ key, notes: [expect.stringMatching(/was changed/)] });
});

it('writes only while the issue is as it was read', async () => {
  const key = await createdBug();
  const { issue } = await jira.ask('get_issue', { issue_key: key });
  await jira.ask('update_issue', {
    issue_key: key,
    set: { Priority: 'Low' },
    expected_updated: issue.updated,
  });
  writes();
  for (const [tool, args] of [
    ['update_issue', { set: { Priority: 'High' } }],
    ['transition_issue', { to: 'In Progress' }],
  ] as const)
    expect(
      await jira.refusal(tool, {
        issue_key: key,
        ...args,
        expected_updated: '2026-11-22T08:00:00Z',
      }),
    ).toMatch(/^CONFLICT: .* was changed since it was read/);
  expect(writes()).toEqual([]);
});

it.each<[args: Record<string, unknown>, says: RegExp]>([
  [{}, /there is nothing to change\. Try: set/],
  [{ set: { Summry: 'Done' } }, /can't be set by an edit of this issue\. Try: Summary/],
  [{ set: { Status: 'Done' } }, /^INVALID_ARGUMENT: "Status" .*Try: transition_issue/],
  [{ set: { assignee: 'unassigned' } }, /nobody called "unassigned".* null/],
  [{ add: { Priority: ['High'] } }, /holds one value, no list\. Try: set/],
  [{ set: { labels: ['a'] }, add: { Labels: ['b'] } }, /both replaced and added to/],
  [{ set: { summary: '' } }, /the summary is empty/],
  [{ set: { summary: 'a' }, expected_updated: 'yesterday' }, /"yesterday" is no moment/],
])('refuses to update with %j', async (args, says) => {
  expect(await jira.refusal('update_issue', { issue_key: 'SHOP-4', ...args })).toMatch(says);
});

it('does not replace a description that holds more than Markdown, unless told', async () => {
  const { issues } = await jira.ask('search_issues', {
    jql: 'project = SHOP ORDER BY key',
    limit: 1,
  });
  const { key } = issues[0];
  const issue = jira.site.data.issues.find((issue) => issue.key === key);
  const panel = { type: 'panel', attrs: { panelType: 'custom' }, content: [] };
  if (issue) issue.values.description = { type: 'doc', version: 1, content: [panel] } as never;
  const args = { issue_key: key, set: { description: 'new' } };
  expect(await jira.refusal('update_issue', args)).toMatch(
    /^REFUSED: .* a panel of its own.* Try: add_comment/,
  );
  const { after } = await jira.ask('update_issue', { ...args, allow_lossy_description: true });
  expect(after.description).toBe('new');
});

it('moves an issue by the name of the status or of the transition, in any case', async () => {
  const key = await createdBug();
  expect(
    await jira.ask('transition_issue', { issue_key: key, to: 'in progress', comment: 'On it' }),
  ).toEqual({
    key,
    from: 'To Do',
    to: 'In Progress',
  });
  const { issue } = await jira.ask('get_issue', { issue_key: key, include: ['comments'] });
  expect(issue).toMatchObject({ status: 'In Progress', comments: [{ body: 'On it' }] });
});

it.each<[screen: string, bug: Record<string, unknown>, way: string[], fields?: object]>([
  ['no screen', {}, ['In Progress']],
  ['a screen without comments', {}, ['In Progress', 'In Review']],
  [
    'a screen with comments',
    { project_key: 'OPS', issue_type: 'Task' },
    ['Blocked'],
    { Reason: 'No answer' },
  ],
])('brings a comment along once, through %s', async (_, more, way, fields) => {
  const key = await createdBug(more);
  for (const to of way) {
    const comment = to === way.at(-1) ? { comment: 'On **it**' } : {};
    await jira.ask('transition_issue', {
      issue_key: key,
      to,
      ...comment,
      ...(fields && { fields }),
    });
  }
  const { comments } = await jira.ask('list_comments', { issue_key: key });
  expect(comments).toMatchObject([{ body: 'On **it**' }]);
});

it('shows the comment of a transition in a dry run, wherever it will be sent', async () => {
  const args = { issue_key: await createdBug(), to: 'Start', comment: 'On it', dry_run: true };
  const { request, then } = await jira.ask('transition_issue', args);
  expect(request.body).toEqual({ transition: { id: '11' } });
  expect(then).toMatchObject({ method: 'POST', path: expect.stringMatching(/\/comment$/) });
});

it('says that an issue was moved where its comment was not taken', async () => {
  const key = await createdBug();
  jira.site.fail({
    when: ({ method, path }) => method === 'POST' && path.endsWith('/comment'),
    status: 400,
    body: '{"errorMessages":["Too much."]}',
  });
  const args = { issue_key: key, to: 'In Progress', comment: 'On it' };
  expect(await jira.refusal('transition_issue', args)).toMatch(
    /^INVALID_ARGUMENT: .* is now "In Progress", but its comment is missing\. Why: .*Too much\. Try: add_comment/,
  );
});

it('names the ways that are open, and what they need', async () => {
  const refusal = await jira.refusal('transition_issue', { issue_key: 'SUP-60', to: 'Finished' });
  expect(refusal).toMatch(
    /"Finished" is not a transition of SUP-60 \(now "In Progress"\)\. Try: one of .*"Resolve" \(→ Resolved, id 31, needs "Resolution"\)/,
  );
  expect(await jira.refusal('transition_issue', { issue_key: 'SUP-60', to: 'Resolved' })).toMatch(
    /the transition "Resolve" needs "Resolution"\. Try: in fields: "Resolution" \(Done/,
  );
  const moved = await jira.ask('transition_issue', {
    issue_key: 'SUP-60',
    to: 'Resolved',
    fields: { resolution: 'done' },
  });
  expect(moved).toMatchObject({ from: 'In Progress', to: 'Resolved' });
});

it('comments in Markdown, with mentions, also for colleagues alone', async () => {
  const account = jira.site.data.meId;
  const { id, url } = await jira.ask('add_comment', {
    issue_key: 'SUP-59',
    body: `[~accountid:${account}] see **this**`,
  });
  expect(url).toMatch(new RegExp(`/browse/SUP-59\\?focusedCommentId=${id}$`));
  const { comments } = await jira.ask('list_comments', { issue_key: 'SUP-59', limit: 1 });
  expect(comments).toMatchObject([
    { id, author: 'Ada Lindqvist', body: expect.stringMatching(/^@.* see \*\*this\*\*$/) },
  ]);
  const { request } = await jira.ask('add_comment', {
    issue_key: 'SUP-59',
    body: 'a',
    internal: true,
    dry_run: true,
  });
  expect(request.body.properties).toEqual([
    { key: 'sd.public.comment', value: { internal: true } },
  ]);
});

it('shows a long request as text, cut', async () => {
  const body = 'word '.repeat(6_000);
  const { request } = await jira.ask('add_comment', { issue_key: 'SHOP-4', body, dry_run: true });
  expect(request.body).toMatch(/^\{"body":.*…\(\+\d+ chars\)$/);
});
