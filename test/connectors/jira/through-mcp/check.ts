import { expect, it } from 'vitest';
import { allWrites, openClient } from './open-client.ts';

interface Health {
  ok: boolean;
  lines: { ok: boolean; what: string; fix?: string }[];
}

const health = async (jira: { read(uri: string): Promise<string> }): Promise<Health> =>
  JSON.parse(await jira.read('jira://health'));

it('says who is signed in, and what can be seen and written', async () => {
  await using jira = await openClient({ JIRA_ALLOW_WRITES: 'add_comment' });
  const { ok, lines } = await health(jira);
  expect(ok).toBe(true);
  expect(lines.map(({ what }) => what)).toEqual([
    'Jira Cloud answers',
    'Signed in as Ada Lindqvist',
    'It sees 3 projects',
    'It can write by add_comment',
  ]);
});

it('offers no tool that writes unless it is named', async () => {
  await using reader = await openClient();
  const { tools } = await reader.client.listTools();
  expect(tools).toHaveLength(14);
  expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint)).toEqual([]);
  expect(await reader.refusal('create_issue', {})).toMatch(/there is no tool "create_issue"/);
  await using writer = await openClient({ JIRA_ALLOW_WRITES: 'add_comment' });
  const names = (await writer.client.listTools()).tools.map(({ name }) => name);
  expect(names.slice(14)).toEqual(['add_comment']);
});

it.each<[what: string, variables: Record<string, string>, says: RegExp, fix: RegExp]>([
  [
    'a wrong token',
    { JIRA_API_TOKEN: 'not-the-token' },
    /does not accept/,
    /JIRA_API_TOKEN, and the e-mail .* JIRA_EMAIL/,
  ],
  ['no such project', { JIRA_PROJECTS: 'NOPE' }, /does not see NOPE/, /JIRA_PROJECTS/],
])('finds %s, and says how to mend it', async (_, variables, says, fix) => {
  await using jira = await openClient(variables);
  const { ok, lines } = await health(jira);
  expect(ok).toBe(false);
  expect(lines.at(-1)?.what ?? '').toMatch(/./);
  const broken = lines.find((line) => !line.ok);
  expect(broken?.what).toMatch(says);
  expect(broken?.fix).toMatch(fix);
});

it('works with a token with scopes, also while Jira does not say where its site is', async () => {
  const gateway = 'https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555';
  await using jira = await openClient({ JIRA_URL: gateway, JIRA_ALLOW_WRITES: allWrites });
  const task = { project_key: 'OPS', issue_type: 'Task', summary: 'Sweep the hall' };
  jira.site.fail({ when: ({ path }) => path.endsWith('/serverInfo'), status: 500 });
  const { key, url } = await jira.ask('create_issue', task);
  expect(url).toBeUndefined();
  const { issue } = await jira.ask('get_issue', { issue_key: key });
  expect(issue.url).toBe(`${jira.site.env.JIRA_URL}/browse/${key}`);
  expect((await health(jira)).ok).toBe(true);
});

it('warns of writes that Jira would refuse, and of a server that is no Cloud', async () => {
  await using jira = await openClient({ JIRA_ALLOW_WRITES: allWrites });
  jira.site.deny('CREATE_ISSUES');
  const denied = await health(jira);
  expect(denied.ok).toBe(true);
  expect(denied.lines.at(-1)).toMatchObject({
    what: 'Jira will refuse create_issue',
    fix: expect.stringMatching(/CREATE_ISSUES/),
  });
  jira.site.fail({
    when: ({ path }) => path.endsWith('/serverInfo'),
    status: 200,
    body: '{"deploymentType":"Server"}',
  });
  expect((await health(jira)).lines[0]?.what).toMatch(/Jira Server, and only Jira Cloud/);
});
