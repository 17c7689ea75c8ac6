import { expect, it } from 'vitest';
import { openJira } from './open-jira.ts';

const path = '/rest/api/3/search/jql';

interface Page {
  issues: { id: string; key?: string; fields?: Record<string, unknown> }[];
  nextPageToken?: string;
  isLast: boolean;
}

it('gives ids alone unless fields are asked for', async () => {
  await using jira = await openJira();
  const { body } = await jira.call('GET', `${path}?jql=${encodeURIComponent('key = SHOP-1')}`);
  expect(body).toEqual({ issues: [{ id: expect.any(String) }], isLast: true });
});

it('pages by token to the end, without a total', async () => {
  await using jira = await openJira();
  const keys: string[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    const { body } = await jira.call('POST', path, {
      jql: 'project = SHOP ORDER BY key ASC',
      fields: ['summary'],
      maxResults: 25,
      ...(token ? { nextPageToken: token } : {}),
    });
    const page = body as Page;
    keys.push(...page.issues.map(({ key }) => key ?? ''));
    token = page.nextPageToken;
    pages += 1;
    expect(page.isLast).toBe(token === undefined);
    expect(page).not.toHaveProperty('total');
  } while (token);
  expect(pages).toBe(3);
  expect(keys).toEqual(await jira.find('project = SHOP ORDER BY key ASC'));
});

it.each([
  ['another query', { jql: 'project = OPS' }],
  ['other fields', { fields: ['status'] }],
  ['other issues to reconcile', { reconcileIssues: [1] }],
  ['a token of nobody', { nextPageToken: 'bm9uZQ' }],
])('takes no token with %s', async (_name, change) => {
  await using jira = await openJira();
  const request = { jql: 'project = SHOP', fields: ['summary'], maxResults: 2 };
  const { body } = await jira.call('POST', path, request);
  const next = { ...request, nextPageToken: body.nextPageToken, ...change };
  const refused = await jira.call('POST', path, next);
  expect([refused.status, refused.body.errorMessages]).toEqual([
    400,
    ['The provided nextPageToken is invalid or expired.'],
  ]);
});

it.each([
  [['id'], 146],
  [['key'], 146],
  [['summary'], 100],
  [['*all'], 50],
])('gives %s in pages of %i at most', async (fields, size) => {
  await using jira = await openJira();
  const { body } = await jira.call('POST', path, {
    jql: 'created > -1000d',
    fields,
    maxResults: 5000,
  });
  expect(body.issues).toHaveLength(size);
});

it('gives the fields that were asked for, without what was not wanted', async () => {
  await using jira = await openJira();
  const fieldsOf = async (...fields: string[]) => {
    const { body } = await jira.call('POST', path, { jql: 'key = SHOP-1', fields });
    return Object.keys((body as Page).issues[0]?.fields ?? {});
  };
  expect((await fieldsOf('summary', 'status', 'nonsense')).toSorted()).toEqual([
    'status',
    'summary',
  ]);
  expect(await fieldsOf('*all')).toContain('comment');
  expect(await fieldsOf('*navigable')).not.toContain('comment');
  expect(await fieldsOf('*all', '-comment')).not.toContain('comment');
});

it.each([
  ['GET', 'GET', '/rest/api/3/search?jql=project%3DSHOP', undefined],
  ['POST', 'POST', '/rest/api/3/search', { jql: 'project = SHOP' }],
])('says that the old search by %s is gone', async (_name, method, old, request) => {
  await using jira = await openJira();
  const { status, body } = await jira.call(method, old, request);
  expect(status).toBe(410);
  expect(body.errorMessages[0]).toMatch(/^The requested API has been removed\. Please migrate/);
});

it.each([
  ['a field that is none', { jql: 'project = SHOP', startAt: 5 }],
  ['fields as a text', { jql: 'project = SHOP', fields: 'summary' }],
  ['a number for a query', { jql: 7 }],
])('refuses a request with %s', async (_name, request) => {
  await using jira = await openJira();
  const { status, body } = await jira.call('POST', path, request);
  expect([status, body.errorMessages]).toEqual([
    400,
    ['Invalid request payload. Refer to the REST API documentation and try again.'],
  ]);
});

it('counts, and not without a restriction', async () => {
  await using jira = await openJira();
  const count = (jql: string) => jira.call('POST', '/rest/api/3/search/approximate-count', { jql });
  expect((await count('project = OPS')).body.count).toBe((await jira.find('project = OPS')).length);
  expect((await count('')).status).toBe(400);
});

it('finds a change only when the index has heard of it, or was told to look', async () => {
  await using jira = await openJira({ indexLagMs: 60_000 });
  const { body: made } = await jira.call('POST', '/rest/api/3/issue', {
    fields: { project: { key: 'SHOP' }, issuetype: { name: 'Bug' }, summary: 'Zebra' },
  });
  const search = async (reconcileIssues: number[]) => {
    const jql = 'project = SHOP AND summary ~ zebra';
    const { body } = await jira.call('POST', path, { jql, fields: ['key'], reconcileIssues });
    return (body as Page).issues.map(({ key }) => key);
  };
  expect(await search([])).toEqual([]);
  expect(await search([Number(made.id)])).toEqual([made.key]);
  expect((await jira.call('GET', `/rest/api/3/issue/${made.key}`)).status).toBe(200);
});

it('shows an edited issue as it was until the index has caught up', async () => {
  await using jira = await openJira({ indexLagMs: 150 });
  await jira.call('PUT', '/rest/api/3/issue/SHOP-1', { fields: { labels: ['zebra'] } });
  expect(await jira.find('labels = zebra')).toEqual([]);
  await expect.poll(() => jira.find('labels = zebra')).toEqual(['SHOP-1']);
});
