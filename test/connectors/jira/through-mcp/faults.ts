import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { captchaAsked, jiraRateLimited, missingScope } from '../../../../playground/jira/faults.ts';
import {
  brokenConnection,
  emptyBody,
  type Fault,
  failing,
  halfJson,
  webPage,
} from '../../../../playground/stand-in/fault.ts';
import { allWrites, type JiraClient, openClient } from './open-client.ts';

let jira: JiraClient;
beforeAll(async () => {
  jira = await openClient({ JIRA_ALLOW_WRITES: allWrites });
});
afterAll(async () => {
  await jira[Symbol.asyncDispose]();
});
afterEach(() => jira.site.heal());

const search = { jql: 'project = OPS', limit: 1 };
const json = { 'content-type': 'application/json' };

it.each<[what: string, fault: Fault, says: RegExp]>([
  ['a web page', webPage, /^UPSTREAM_ERROR: Jira gave a web page where data belongs/],
  ['half an answer', halfJson, /^UPSTREAM_ERROR: Jira gave half an answer/],
  ['nothing', emptyBody, /^UPSTREAM_ERROR: Jira gave nothing/],
  [
    'another shape',
    { status: 200, headers: json, body: '{"issues":7}' },
    /^UPSTREAM_ERROR: Jira answers with something else than was asked for\. Why: issues/,
  ],
  [
    'a list of nonsense',
    { status: 200, headers: json, body: '{"issues":[null,{}]}' },
    /^UPSTREAM_ERROR: Jira answers with something else/,
  ],
  ['500', failing(500), /^UPSTREAM_ERROR: Jira failed \(500\)/],
  [
    '401',
    { status: 401, headers: json, body: '{}' },
    /^AUTH_FAILED: .*JIRA_API_TOKEN is wrong or expired/,
  ],
  ['a captcha', captchaAsked, /^AUTH_FAILED/],
  [
    'a stranger’s answer',
    {
      status: 200,
      headers: { ...json, 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
      body: '{"issues":[]}',
    },
    /^AUTH_FAILED/,
  ],
  ['a missing scope', missingScope, /^MISSING_PERMISSION: JIRA_API_TOKEN lacks the scope/],
  [
    '403',
    { status: 403, headers: json, body: '{"errorMessages":["No."]}' },
    /^MISSING_PERMISSION: .* Why: No\. Try: /,
  ],
  ['a page with 403', { ...failing(500), status: 403 }, /^MISSING_PERMISSION/],
  [
    '410',
    { status: 410, headers: json, body: '{"errorMessages":["Gone."]}' },
    /^UPSTREAM_ERROR: Jira does not do this \(410\)\. Why: Gone/,
  ],
  [
    'another address',
    { status: 302, headers: { location: 'https://evil.example/' } },
    /sends this request elsewhere, which is not followed/,
  ],
  ['429 for long', jiraRateLimited(900), /^RATE_LIMITED: .* in 900 s/],
  [
    'a huge answer',
    { status: 200, headers: json, body: `{"issues":[${'[],'.repeat(3_000_000)}[]]}` },
    /^TOO_LARGE: Jira answers with more than 8 MB\. Try: fewer/,
  ],
])('says so when Jira gives %s, and works again after it', async (_, fault, says) => {
  jira.site.fail({ ...fault, when: ({ path }) => path.endsWith('/search/jql') });
  expect(await jira.refusal('search_issues', search)).toMatch(says);
  expect((await jira.ask('search_issues', search)).count).toBe(1);
});

it.each<[what: string, fault: Fault]>([
  ['429', jiraRateLimited(0)],
  ['503', { ...failing(503), headers: { 'retry-after': '0' } }],
])('tries again after %s', async (_, fault) => {
  jira.site.fail(fault);
  expect((await jira.ask('search_issues', search)).count).toBe(1);
});

it('does not write twice when the connection breaks, and says what to look at', async () => {
  jira.site.fail({ ...brokenConnection, when: ({ method }) => method === 'POST' });
  jira.sent();
  const refusal = await jira.refusal('add_comment', { issue_key: 'OPS-1', body: 'a' });
  expect(refusal).toMatch(
    /^UPSTREAM_ERROR: .*it may have happened all the same\. Try: looking at OPS-1/,
  );
  expect(jira.sent()).toEqual(['POST /rest/api/3/issue/OPS-1/comment']);
});

it('ends the request when the caller no longer wants the answer', async () => {
  jira.site.fail({ when: ({ path }) => path.endsWith('/search/jql'), delayMs: 20_000 });
  const stop = new AbortController();
  const call = jira.client.callTool({ name: 'search_issues', arguments: search }, undefined, {
    signal: stop.signal,
  });
  const isThere = () => jira.site.requests.at(-1);
  await expect.poll(() => isThere()?.status).toBe(0);
  stop.abort();
  await expect(call).rejects.toThrow();
  await expect.poll(() => isThere()?.aborted).toBe(true);
});

it('names the permission that a write lacks', async () => {
  await using strict = await openClient({ JIRA_ALLOW_WRITES: allWrites });
  strict.site.deny('ADD_COMMENTS');
  expect(await strict.refusal('add_comment', { issue_key: 'OPS-1', body: 'a' })).toMatch(
    /^MISSING_PERMISSION: .*"Add Comments" \(ADD_COMMENTS\) in OPS/,
  );
  strict.site.deny('BROWSE_PROJECTS');
  expect(await strict.refusal('get_issue', { issue_key: 'OPS-1' })).toMatch(
    /^NOT_FOUND: OPS-1 .*may not see it/,
  );
});
