import { expect, it } from 'vitest';
import { doc, mention, paragraph } from '../../../playground/jira/adf/write-adf.ts';
import { openJira } from './open-jira.ts';

const issuePath = '/rest/api/3/issue';
const long = 'x'.repeat(32_768);

it('finds an issue by key in any case, by id, and by the key from before it moved', async () => {
  await using jira = await openJira();
  const { body } = await jira.call('GET', `${issuePath}/SHOP-3?fields=summary`);
  for (const other of ['shop-3', body.id, 'WEB-3'])
    expect((await jira.call('GET', `${issuePath}/${other}?fields=summary`)).body).toEqual(body);
});

it('says the same of an issue that is not there and one that may not be seen', async () => {
  await using jira = await openJira();
  const missing = await jira.call('GET', `${issuePath}/SHOP-9999`);
  jira.deny('BROWSE_PROJECTS');
  const hidden = await jira.call('GET', `${issuePath}/SHOP-1`);
  expect(missing).toEqual(hidden);
  expect(missing.body.errorMessages).toEqual([
    'Issue does not exist or you do not have permission to see it.',
  ]);
});

it('creates an issue with the next number, in the first status, and shows it', async () => {
  await using jira = await openJira();
  const before = jira.data.issues.filter(({ key }) => key.startsWith('OPS-')).length;
  const { status, body } = await jira.call('POST', issuePath, {
    fields: {
      project: { key: 'OPS' },
      issuetype: { name: 'Incident' },
      summary: 'Fire',
      description: doc(paragraph('Smoke in the ', 'warehouse.')),
      customfield_10030: { value: 'SEV1' },
      labels: ['fire'],
      assignee: { accountId: jira.data.users[1]?.id },
    },
  });
  expect([status, body.key]).toEqual([201, `OPS-${before + 1}`]);
  const { body: seen } = await jira.call('GET', `${issuePath}/${body.key}`);
  expect(seen.fields).toMatchObject({
    status: { name: 'To Do' },
    priority: { name: 'Medium' },
    reporter: { accountId: jira.data.meId },
    customfield_10030: { value: 'SEV1' },
    resolution: null,
  });
});

const base = { project: { key: 'SHOP' }, issuetype: { name: 'Task' }, summary: 'S' };

it.each([
  ['no summary', { summary: ' ' }, 'summary', 'You must specify a summary of the issue.'],
  ['a long summary', { summary: 'x'.repeat(256) }, 'summary', /255/],
  ['a summary of two lines', { summary: 'a\nb' }, 'summary', /newline/],
  ['no such project', { project: { key: 'NONE' } }, 'project', 'Specify a valid project ID or key'],
  [
    'a type of another project',
    { issuetype: { name: 'Incident' } },
    'issuetype',
    'Specify a valid issue type',
  ],
  [
    'a sub-task without a parent',
    { issuetype: { name: 'Sub-task' } },
    'parentId',
    /parent issue key or id not specified/,
  ],
  [
    'plain text for a document',
    { description: 'Hello' },
    'description',
    /must be an Atlassian Document/,
  ],
  ['a long document', { description: doc(paragraph(long)) }, 'description', /32,767/],
  [
    'a field of another project',
    { customfield_10030: { value: 'SEV1' } },
    'customfield_10030',
    /cannot be set\. It is not on the appropriate screen, or unknown/,
  ],
  [
    'a label of two words',
    { labels: ['a b'] },
    'labels',
    "The label 'a b' contains spaces which is invalid.",
  ],
  [
    'no such priority',
    { priority: { name: 'Urgent' } },
    'priority',
    'The priority selected is invalid.',
  ],
  ['no such user', { assignee: { accountId: 'x' } }, 'assignee', "User 'x' does not exist."],
  [
    'a text for a number',
    { customfield_10016: '3' },
    'customfield_10016',
    'Operation value must be a number',
  ],
  ['a German date', { duedate: '31.12.2026' }, 'duedate', 'Error parsing date string: 31.12.2026'],
  [
    'a date that is none',
    { duedate: '2026-02-30' },
    'duedate',
    'Error parsing date string: 2026-02-30',
  ],
  [
    'a component of another project',
    { components: [{ name: 'Warehouse' }] },
    'components',
    "Component name 'Warehouse' is not valid",
  ],
])('refuses an issue with %s', async (_name, fields, field, message) => {
  await using jira = await openJira();
  const count = jira.data.issues.length;
  const { status, body } = await jira.call('POST', issuePath, { fields: { ...base, ...fields } });
  expect(status).toBe(400);
  expect(Object.keys(body.errors)).toEqual([field]);
  expect(body.errors[field]).toMatch(message);
  expect(jira.data.issues).toHaveLength(count);
});

it('refuses someone who has left as an assignee', async () => {
  await using jira = await openJira();
  const gone = jira.data.users.find(({ active }) => !active);
  const { status, body } = await jira.call('PUT', `${issuePath}/SHOP-1/assignee`, {
    accountId: gone?.id,
  });
  expect(status).toBe(400);
  expect(body.errors.assignee).toBe(`User '${gone?.name}' cannot be assigned issues.`);
});

it('edits by fields and by operations, and writes down what changed', async () => {
  await using jira = await openJira();
  await jira.call('PUT', `${issuePath}/SHOP-1`, { fields: { labels: ['one', 'two'] } });
  const { status } = await jira.call('PUT', `${issuePath}/SHOP-1`, {
    fields: { priority: { name: 'Low' } },
    update: { labels: [{ add: 'three' }, { remove: 'one' }] },
  });
  expect(status).toBe(204);
  const { body } = await jira.call('GET', `${issuePath}/SHOP-1?expand=changelog`);
  expect(body.fields.labels).toEqual(['two', 'three']);
  const [{ items, author }] = body.changelog.histories;
  expect(author.accountId).toBe(jira.data.meId);
  expect(items).toMatchObject([
    { field: 'priority', fromString: 'High', toString: 'Low' },
    { field: 'labels', fromString: 'one two', toString: 'two three' },
  ]);
});

it('writes nothing down for an edit that changes nothing', async () => {
  await using jira = await openJira();
  const steps = jira.data.issues.find(({ key }) => key === 'SHOP-1')?.changes.length;
  await jira.call('PUT', `${issuePath}/SHOP-1`, { fields: { priority: { name: 'High' } } });
  const { body } = await jira.call('GET', `${issuePath}/SHOP-1/changelog`);
  expect(body.total).toBe(steps);
});

it('edits all of it or nothing', async () => {
  await using jira = await openJira();
  const { body: before } = await jira.call('GET', `${issuePath}/SHOP-1`);
  const { body } = await jira.call('PUT', `${issuePath}/SHOP-1`, {
    fields: { summary: 'New', priority: { name: 'Urgent' }, nonsense: 1 },
  });
  expect(Object.keys(body.errors)).toEqual(['priority', 'nonsense']);
  expect((await jira.call('GET', `${issuePath}/SHOP-1`)).body).toEqual(before);
});

it('describes a create screen, however much may be chosen', async () => {
  await using jira = await openJira();
  const { body: types } = await jira.call('GET', `${issuePath}/createmeta/OPS/issuetypes`);
  const task = types.issueTypes.find(({ name }: { name: string }) => name === 'Task');
  const { body } = await jira.call('GET', `${issuePath}/createmeta/OPS/issuetypes/${task.id}`);
  const field = (name: string) => body.fields.find((each: { name: string }) => each.name === name);
  expect(field('Summary')).toMatchObject({ required: true, fieldId: 'summary' });
  expect(field('Warehouse bin').allowedValues).toHaveLength(640);
  expect(field('Severity').allowedValues[0]).toMatchObject({ value: 'SEV1' });
});

it('comments with a document, newest or oldest first, page by page', async () => {
  await using jira = await openJira();
  const comments = `${issuePath}/SHOP-2/comment`;
  for (const text of ['first', 'second', 'third'])
    await jira.call('POST', comments, { body: doc(paragraph(text)) });
  const { body: newest } = await jira.call('GET', `${comments}?orderBy=-created&maxResults=2`);
  const { body: all } = await jira.call('GET', comments);
  expect(newest.comments).toHaveLength(2);
  expect(newest.total).toBe(all.total);
  expect(all.comments.at(-1).body.content[0].content[0].text).toBe('third');
});

it.each([
  ['plain text', 'Hello', { errors: { comment: 'Comment body is not valid!' } }],
  ['no document', { type: 'paragraph' }, { errorMessages: ['INVALID_INPUT'] }],
  ['a node that is none', doc({ type: 'banner' }), { errorMessages: ['INVALID_INPUT'] }],
  ['an empty document', doc(), { errors: { comment: 'Comment body can not be empty!' } }],
  ['too many characters', doc(paragraph(long)), { errorMessages: ['CONTENT_LIMIT_EXCEEDED'] }],
])('refuses a comment of %s', async (_name, body, refusal) => {
  await using jira = await openJira();
  const answer = await jira.call('POST', `${issuePath}/SHOP-1/comment`, { body });
  expect([answer.status, answer.body]).toMatchObject([400, refusal]);
});

it('lets a comment be edited by whoever wrote it, or may edit all', async () => {
  await using jira = await openJira();
  const other = jira.data.issues.find(({ comments }) =>
    comments.some(({ authorId }) => authorId !== jira.data.meId),
  );
  const comment = other?.comments.find(({ authorId }) => authorId !== jira.data.meId);
  const path = `${issuePath}/${other?.key}/comment/${comment?.id}`;
  const body = doc(paragraph('Edited for ', mention(jira.data.users[1] ?? { id: '', name: '' })));
  expect((await jira.call('PUT', path, { body })).status).toBe(200);
  jira.deny('EDIT_ALL_COMMENTS');
  expect((await jira.call('PUT', path, { body })).status).toBe(400);
});

it('links two issues, seen from both', async () => {
  await using jira = await openJira();
  const link = {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'OPS-1' },
    outwardIssue: { key: 'SHOP-1' },
  };
  expect(await jira.call('POST', '/rest/api/3/issueLink', link)).toEqual({
    status: 201,
    body: undefined,
  });
  const linksOf = async (key: string) =>
    (await jira.call('GET', `${issuePath}/${key}?fields=issuelinks`)).body.fields.issuelinks;
  expect(await linksOf('OPS-1')).toMatchObject([
    { type: { outward: 'blocks' }, outwardIssue: { key: 'SHOP-1' } },
  ]);
  expect(await linksOf('SHOP-1')).toMatchObject([
    { type: { inward: 'is blocked by' }, inwardIssue: { key: 'OPS-1' } },
  ]);
});

it('sends whoever wants an attachment on to where it is, or gives a range at once', async () => {
  await using jira = await openJira();
  const attached = jira.data.issues.flatMap(({ attachments }) => attachments)[0];
  const content = Buffer.from(attached?.content ?? []).toString();
  const authorization = `Basic ${Buffer.from(`${jira.env.JIRA_EMAIL}:${jira.env.JIRA_API_TOKEN}`).toString('base64')}`;
  const url = `${jira.url}/rest/api/3/attachment/content/${attached?.id}`;
  const moved = await fetch(url, { headers: { authorization }, redirect: 'manual' });
  expect(moved.status).toBe(303);
  expect(await (await fetch(moved.headers.get('location') ?? '')).text()).toBe(content);
  const part = await fetch(`${url}?redirect=false`, {
    headers: { authorization, range: 'bytes=5-9' },
  });
  expect([part.status, await part.text()]).toEqual([206, content.slice(5, 10)]);
});
