import { isRateLimitError, isScopeError } from 'jira.js';
import { expect, it } from 'vitest';
import { captchaAsked, jiraRateLimited, missingScope } from '../../../playground/jira/faults.ts';
import { openJira } from './open-jira.ts';
import { openSdk } from './open-sdk.ts';

const hello = {
  body: {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hi' }] }],
  },
};

it.each([
  ['no credentials', {}],
  ['a wrong token', { authorization: `Basic ${btoa('ada.lindqvist@lindenwares.example:wrong')}` }],
  ['a bearer token', { authorization: 'Bearer jira-stand-in-token' }],
])('lets nobody in with %s', async (_name, headers) => {
  await using jira = await openJira();
  const response = await fetch(`${jira.url}/rest/api/3/myself`, { headers });
  expect(response.status).toBe(401);
  expect(response.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED');
  expect(await response.json()).toMatchObject({
    errorMessages: ['Client must be authenticated to access this resource.'],
  });
});

it('tells anybody what kind of Jira it is', async () => {
  await using jira = await openJira();
  const response = await fetch(`${jira.url}/rest/api/3/serverInfo`);
  expect(await response.json()).toMatchObject({ deploymentType: 'Cloud' });
});

it.each([
  ['ADD_COMMENTS', 'POST', '/rest/api/3/issue/SHOP-1/comment', hello, 403],
  ['EDIT_ISSUES', 'PUT', '/rest/api/3/issue/SHOP-1', { fields: { summary: 'x' } }, 403],
  [
    'CREATE_ISSUES',
    'POST',
    '/rest/api/3/issue',
    { fields: { project: { key: 'SHOP' }, issuetype: { name: 'Task' }, summary: 'x' } },
    400,
  ],
  [
    'TRANSITION_ISSUES',
    'POST',
    '/rest/api/3/issue/SHOP-1/transitions',
    { transition: { id: '31' } },
    400,
  ],
  ['BROWSE_PROJECTS', 'GET', '/rest/api/3/project/SHOP', undefined, 404],
  ['USER_PICKER', 'GET', '/rest/api/3/user/search?query=ada', undefined, 403],
  ['WORK_ON_ISSUES', 'POST', '/rest/api/3/issue/SHOP-1/worklog', { timeSpent: '1h' }, 403],
  ['ASSIGN_ISSUES', 'PUT', '/rest/api/3/issue/SHOP-1/assignee', { accountId: null }, 403],
] as const)(
  'keeps those out who lack %s, and says so',
  async (permission, method, path, body, status) => {
    await using jira = await openJira();
    jira.deny(permission);
    expect((await jira.call(method, path, body)).status).toBe(status);
    const { body: mine } = await jira.call(
      'GET',
      `/rest/api/3/mypermissions?permissions=${permission}`,
    );
    expect(mine.permissions[permission].havePermission).toBe(false);
  },
);

it('asks which permissions are meant', async () => {
  await using jira = await openJira();
  expect((await jira.call('GET', '/rest/api/3/mypermissions')).status).toBe(400);
  expect((await jira.call('GET', '/rest/api/3/mypermissions?permissions=FLY')).status).toBe(400);
});

it('shows only the addresses that people show, and one’s own', async () => {
  await using jira = await openJira();
  const { body } = await jira.call('GET', '/rest/api/3/user/search?query=');
  const shown = body.filter(({ emailAddress }: { emailAddress?: string }) => emailAddress);
  expect(shown).toHaveLength(jira.data.users.filter(({ showsEmail }) => showsEmail).length);
  expect(shown.length).toBeLessThan(body.length);
  const { body: me } = await jira.call('GET', '/rest/api/3/myself');
  expect(me.emailAddress).toBe(jira.env.JIRA_EMAIL);
});

it('fails as Jira does, in the SDK’s eyes too', async () => {
  await using jira = await openJira();
  const { cloud } = openSdk(jira);
  jira.fail(jiraRateLimited(7));
  const limited = await cloud.myself.getCurrentUser().catch((error: unknown) => error);
  expect(isRateLimitError(limited) && limited.retryAfterMs).toBe(7000);
  jira.fail(missingScope);
  expect(isScopeError(await cloud.myself.getCurrentUser().catch((error: unknown) => error))).toBe(
    true,
  );
  jira.fail(captchaAsked);
  const response = await fetch(`${jira.url}/rest/api/3/myself`);
  expect(response.headers.get('x-authentication-denied-reason')).toContain('CAPTCHA_CHALLENGE');
  expect((await jira.call('GET', '/rest/api/3/myself')).status).toBe(200);
});

it.each([
  ['a path that is none', 'GET', '/rest/api/3/nothing', undefined, 404],
  ['the old wiki API', 'POST', '/rest/api/2/issue/SHOP-1/comment', { body: 'h1. Hi' }, 404],
  ['a method that is none', 'PATCH', '/rest/api/3/issue/SHOP-1', {}, 405],
  ['a list for a body', 'PUT', '/rest/api/3/issue/SHOP-1', [], 400],
  ['half a page number', 'GET', '/rest/api/3/project/search?startAt=1x', undefined, 400],
  ['half an escape', 'GET', '/rest/api/3/issue/%E0', undefined, 400],
  ['a path with a slash inside', 'GET', '/rest/api/3/issue/SHOP-1%2Fcomment', undefined, 404],
])('refuses %s', async (_name, method, path, body, status) => {
  await using jira = await openJira();
  expect((await jira.call(method, path, body)).status).toBe(status);
});
