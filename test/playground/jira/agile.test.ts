import { expect, it } from 'vitest';
import { openJira } from './open-jira.ts';

it('lists boards by project, kind and name', async () => {
  await using jira = await openJira();
  const names = async (query: string) => {
    const { body } = await jira.call('GET', `/rest/agile/1.0/board?${query}`);
    return body.values.map(({ name }: { name: string }) => name);
  };
  expect(await names('')).toEqual(['SHOP board', 'OPS board', 'SUP board']);
  expect(await names('type=scrum')).toEqual(['SHOP board']);
  expect(await names('projectKeyOrId=OPS')).toEqual(['OPS board']);
  expect(await names('name=sup')).toEqual(['SUP board']);
});

it('has one sprint going, and pages through the others', async () => {
  await using jira = await openJira();
  const list = async (query: string) =>
    (await jira.call('GET', `/rest/agile/1.0/board/1/sprint?${query}`)).body;
  const active = await list('state=active');
  expect(active.values).toMatchObject([{ name: 'SHOP Sprint 13', originBoardId: 1 }]);
  const first = await list('maxResults=10');
  const second = await list('maxResults=10&startAt=10');
  expect([first.isLast, second.isLast, first.values.length + second.values.length]).toEqual([
    false,
    true,
    14,
  ]);
  expect((await jira.call('GET', '/rest/agile/1.0/board/2/sprint')).body.errorMessages).toEqual([
    'The board does not support sprints',
  ]);
});

it('gives a sprint’s issues by number and by token, narrowed by a query', async () => {
  await using jira = await openJira();
  const right = await jira.find('sprint = 13 AND status = "In Progress" ORDER BY key');
  const jql = encodeURIComponent('status = "In Progress" ORDER BY key');
  const { body } = await jira.call(
    'GET',
    `/rest/agile/1.0/sprint/13/issue?jql=${jql}&fields=summary`,
  );
  expect(body.issues.map(({ key }: { key: string }) => key)).toEqual(right);
  const keys: string[] = [];
  let token = '';
  do {
    const { body: page } = await jira.call(
      'GET',
      `/rest/software/1.0/sprint/13/issue?jql=${jql}&maxResults=2&nextPageToken=${token}`,
    );
    keys.push(...page.issues.map(({ key }: { key: string }) => key));
    token = page.nextPageToken ?? '';
  } while (token);
  expect(keys).toEqual(right);
});

it('moves issues into a sprint that is not over', async () => {
  await using jira = await openJira();
  const [key] = await jira.find('project = SHOP AND sprint is EMPTY');
  const move = (sprint: number) =>
    jira.call('POST', `/rest/agile/1.0/sprint/${sprint}/issue`, { issues: [key] });
  expect((await move(13)).status).toBe(204);
  expect(await jira.find(`key = ${key} AND sprint in openSprints()`)).toEqual([key]);
  expect((await move(1)).status).toBe(400);
});
