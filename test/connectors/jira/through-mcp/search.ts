import { expect, it } from 'vitest';
import { allWrites, freshData, openClient } from './open-client.ts';

/** A site with this many more bugs in OPS. */
function manyIssues(count: number) {
  const data = freshData();
  const [model] = data.issues.filter(({ key }) => key.startsWith('SHOP-'));
  if (!model) throw new Error('There is no issue to copy.');
  for (let index = 0; index < count; index += 1) {
    const number = 10_000 + index;
    const values = { ...model.values, summary: `Bulk ${index} ${'words '.repeat(15)}`.trim() };
    data.issues.push({
      ...structuredClone(model),
      id: `${90_000 + index}`,
      key: `SHOP-${number}`,
      oldKeys: [],
      values,
    });
  }
  return data;
}

const keysOf = ({ issues }: { issues?: { key: string }[] }) => (issues ?? []).map(({ key }) => key);

it('pages through all issues without a gap or a double, whatever fits an answer', async () => {
  await using jira = await openClient({}, { data: manyIssues(150) });
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const limit = keys.length === 0 ? 100 : 60;
    const args = { jql: 'summary ~ Bulk ORDER BY key', limit, ...(cursor && { cursor }) };
    const page = await jira.ask('search_issues', args);
    keys.push(...keysOf(page));
    expect(page.truncated).toBe(page.next_cursor !== undefined);
    cursor = page.next_cursor;
  } while (cursor);
  expect(keys).toHaveLength(150);
  expect(new Set(keys).size).toBe(150);
});

it('keeps what an answer cannot hold for its link, and says how to go on', async () => {
  await using jira = await openClient({}, { data: manyIssues(260) });
  const args = { jql: 'summary ~ Bulk ORDER BY key', limit: 250 };
  const answer = await jira.ask('search_issues', args);
  expect(answer.count).toBeLessThan(100);
  expect(answer).toMatchObject({
    truncated: true,
    notes: [expect.stringMatching(/of 250 issues read; the link has all/)],
  });
  const uri = await jira.link('search_issues', args);
  const [header, ...rows] = (await jira.read(uri ?? '')).trim().split('\n');
  expect(JSON.parse(header ?? '')).toMatchObject({
    row_count: 250,
    columns: expect.arrayContaining([{ name: 'summary', type: 'TEXT' }]),
  });
  expect(rows).toHaveLength(250);
});

it('refuses a cursor of another question', async () => {
  await using jira = await openClient({});
  const { next_cursor } = await jira.ask('search_issues', { jql: 'project = OPS', limit: 2 });
  const cursor = next_cursor;
  expect(await jira.refusal('search_issues', { jql: 'project = SUP', cursor })).toMatch(
    /another jql/,
  );
  expect(await jira.refusal('list_projects', { cursor })).toMatch(/belongs to another tool/);
  const forged = Buffer.from(
    JSON.stringify({ tool: 'search_issues', of: {}, after: '{"token":5}' }),
  );
  const made = { jql: 'project = OPS', cursor: forged.toString('base64url') };
  expect(await jira.refusal('search_issues', made)).toMatch(/^BAD_CURSOR/);
});

it('gives an empty page, and no more, where what was left is gone', async () => {
  await using jira = await openClient({}, { data: manyIssues(80) });
  const args = { jql: 'summary ~ Bulk ORDER BY key', limit: 80 };
  const { next_cursor } = await jira.ask('search_issues', args);
  for (const issue of jira.site.data.issues) issue.values.summary = 'Other';
  expect(await jira.ask('search_issues', { ...args, cursor: next_cursor })).toEqual({
    issues: [],
    count: 0,
    truncated: false,
  });
});

it('does not ask for ever where Jira gives empty pages', async () => {
  await using jira = await openClient();
  jira.site.fail({
    when: ({ path }) => path.endsWith('/search/jql'),
    times: 100,
    status: 200,
    body: '{"issues":[],"nextPageToken":"on and on","isLast":false}',
  });
  const answer = await jira.ask('search_issues', { jql: 'project = OPS' });
  expect(answer).toMatchObject({ count: 0, truncated: true });
});

it('stops where Jira gives the same page again and again', async () => {
  await using jira = await openClient({});
  const body = JSON.stringify({
    issues: [{ id: '1', key: 'OPS-1', fields: { summary: 'a' } }],
    nextPageToken: 'always the same',
    isLast: false,
  });
  const headers = { 'content-type': 'application/json' };
  jira.site.fail({
    when: ({ path }) => path.endsWith('/search/jql'),
    times: 100,
    status: 200,
    headers,
    body,
  });
  const answer = await jira.ask('search_issues', { jql: 'project = OPS', limit: 50 });
  expect(answer).toMatchObject({
    count: 1,
    truncated: true,
    notes: [expect.stringMatching(/same page/)],
  });
  expect(answer.next_cursor).toBeUndefined();
});

it('finds what it wrote a moment ago, although the index does not know it yet', async () => {
  await using jira = await openClient({ JIRA_ALLOW_WRITES: allWrites }, { indexLagMs: 60_000 });
  const { key } = await jira.ask('create_issue', {
    project_key: 'OPS',
    issue_type: 'Task',
    summary: 'Sweep the hall',
  });
  const found = await jira.ask('search_issues', {
    jql: 'project = OPS AND summary ~ "Sweep the hall"',
  });
  expect(keysOf(found)).toEqual([key]);
  const { notes } = await jira.ask('count_issues', { jql: 'project = OPS' });
  expect(notes).toEqual([expect.stringMatching(/may not be counted yet/)]);
});

it('counts by field beyond what it reads, by asking Jira for each value', async () => {
  await using jira = await openClient({}, { data: manyIssues(2_100) });
  const { count } = await jira.ask('count_issues', { jql: 'project = SHOP' });
  const grouped = await jira.ask('count_issues', { jql: 'project = SHOP', group_by: 'Issue Type' });
  expect(grouped).toMatchObject({ count, precision: 'estimate', notes: [expect.any(String)] });
  const sum = grouped.groups.reduce(
    (sum: number, group: { count: number }) => sum + group.count,
    0,
  );
  expect(sum).toBe(count);
});

it('asks for less at once when a page is too large', async () => {
  await using jira = await openClient();
  const body = `{"issues":[${'[],'.repeat(3_000_000)}[]]}`;
  jira.site.fail({ when: ({ path }) => path.endsWith('/search/jql'), status: 200, body });
  const { issues } = await jira.ask('search_issues', { jql: 'project = OPS', limit: 20 });
  expect(issues).toHaveLength(20);
  expect(new Set(keysOf({ issues })).size).toBe(20);
});
