import { expect, it } from 'vitest';
import { jiraEnv } from '../../../src/connectors/jira/env.ts';

const needed = {
  JIRA_URL: 'https://acme.atlassian.net',
  JIRA_EMAIL: 'bot@example.com',
  JIRA_API_TOKEN: 'a-token-of-ours',
};
const cloud = 'https://api.atlassian.com/ex/jira/5b3c0c0e-1111-4222-8333-944455556666';

it.each([
  ['https://acme.atlassian.net', 'https://acme.atlassian.net'],
  ['https://acme.atlassian.net/jira/software/projects/OPS/boards/1', 'https://acme.atlassian.net'],
  ['acme.atlassian.net', 'https://acme.atlassian.net'],
  [`${cloud}/`, cloud],
])('takes %s as the site', (JIRA_URL, site) => {
  expect(jiraEnv.parse({ ...needed, JIRA_URL }).JIRA_URL).toBe(site);
});

it.each<[variable: string, value: string, says: RegExp]>([
  ['JIRA_URL', 'http://acme.atlassian.net', /must be https:\/\/<site>\.atlassian\.net/],
  ['JIRA_URL', 'https://atlassian.net.evil.example', /must be https/],
  ['JIRA_URL', 'https://me:secret@acme.atlassian.net', /must be https/],
  ['JIRA_URL', 'https://acme.atlassian.net:8443', /must be https/],
  ['JIRA_URL', 'https://jira.internal', /must be https/],
  ['JIRA_URL', 'https://api.atlassian.com/ex/jira/..', /must be https/],
  ['JIRA_EMAIL', 'bot', /is not an e-mail address/],
  ['JIRA_API_TOKEN', 'two words\n', /is not an API token/],
  ['JIRA_PROJECTS', 'OPS, 1x', /"1X" is not a project key/],
  ['JIRA_ALLOW_WRITES', 'create_isue', /did you mean create_issue/],
  ['JIRA_API_URL', 'http://10.0.0.1:80', /must be http:\/\/127\.0\.0\.1/],
])('refuses %s=%s', (variable, value, says) => {
  const result = jiraEnv.safeParse({ ...needed, [variable]: value });
  expect(result.error?.issues[0]?.path).toEqual([variable]);
  expect(result.error?.issues[0]?.message).toMatch(says);
});

it('reads lists with spaces and in any case', () => {
  const env = jiraEnv.parse({
    ...needed,
    JIRA_PROJECTS: 'ops, Shop',
    JIRA_ALLOW_WRITES: 'add_comment',
  });
  expect(env).toMatchObject({ JIRA_PROJECTS: ['OPS', 'SHOP'], JIRA_ALLOW_WRITES: ['add_comment'] });
});
