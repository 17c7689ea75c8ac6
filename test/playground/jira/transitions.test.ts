import { expect, it } from 'vitest';
import { openJira } from './open-jira.ts';

const path = (key: string) => `/rest/api/3/issue/${key}/transitions`;

/** A new one, where its project begins. */
async function open(project: string, type: string) {
  const jira = await openJira();
  const { body } = await jira.call('POST', '/rest/api/3/issue', {
    fields: { project: { key: project }, issuetype: { name: type }, summary: 'New' },
  });
  const key: string = body.key;
  const names = async () => {
    const { body: answer } = await jira.call('GET', path(key));
    return answer.transitions.map(({ name }: { name: string }) => name);
  };
  const go = (id: string, more = {}) =>
    jira.call('POST', path(key), { transition: { id }, ...more });
  const fields = async () => (await jira.call('GET', `/rest/api/3/issue/${key}`)).body.fields;
  return Object.assign(jira, { key, names, go, fields });
}

it('offers what the workflow allows from a status, and no more', async () => {
  await using jira = await open('SHOP', 'Task');
  expect(await jira.names()).toEqual(['Start', 'Close']);
  expect((await jira.go('11')).status).toBe(204);
  expect(await jira.names()).toEqual(['Send to review', 'Close']);
  const { status, body } = await jira.go('11');
  expect(status).toBe(400);
  expect(body.errorMessages[0]).toMatch(/not valid for the current state of this issue/);
});

it('resolves what is done, and takes that back when it is reopened', async () => {
  await using jira = await open('SHOP', 'Task');
  await jira.go('31');
  expect(await jira.fields()).toMatchObject({
    status: { name: 'Done' },
    resolution: { name: 'Done' },
  });
  await jira.go('51');
  expect(await jira.fields()).toMatchObject({
    status: { name: 'To Do' },
    resolution: null,
    resolutiondate: null,
  });
});

it('wants what a screen requires, and takes nothing that is not on it', async () => {
  await using jira = await open('SUP', 'Support request');
  const { body } = await jira.call('GET', `${path(jira.key)}?expand=transitions.fields`);
  const resolve = body.transitions.find(({ name }: { name: string }) => name === 'Resolve');
  expect(resolve.fields.resolution).toMatchObject({ required: true, name: 'Resolution' });
  expect((await jira.go('31')).body.errors).toEqual({ resolution: 'Resolution is required.' });
  const strange = await jira.go('31', { fields: { resolution: { name: 'Done' }, summary: 'x' } });
  expect(Object.keys(strange.body.errors)).toEqual(['summary']);
  expect((await jira.go('31', { fields: { resolution: { name: 'Duplicate' } } })).status).toBe(204);
  expect(await jira.fields()).toMatchObject({
    status: { name: 'Resolved' },
    resolution: { name: 'Duplicate' },
  });
});

it('takes a text of one’s own, and a comment along', async () => {
  await using jira = await open('OPS', 'Task');
  expect((await jira.go('41')).body.errors).toEqual({ customfield_10031: 'Reason is required.' });
  const body = {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Waiting' }] }],
  };
  await jira.go('41', {
    fields: { customfield_10031: 'No answer yet' },
    update: { comment: [{ add: { body } }] },
  });
  const { status, comment, customfield_10031 } = await jira.fields();
  expect([status.name, comment.total, customfield_10031]).toEqual(['Blocked', 1, 'No answer yet']);
  const { body: screens } = await jira.call('GET', `${path(jira.key)}?expand=transitions.fields`);
  expect(JSON.stringify(screens)).not.toContain('"comment"');
});

it.each(['11', '21'])('drops a comment silently where the screen of %s has none', async (id) => {
  await using jira = await open('SHOP', 'Task');
  if (id === '21') await jira.go('11');
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'On it' }] };
  const body = { type: 'doc', version: 1, content: [paragraph] };
  expect((await jira.go(id, { update: { comment: [{ add: { body } }] } })).status).toBe(204);
  expect((await jira.fields()).comment.total).toBe(0);
});

it.each([
  ['no transition', {}, "Missing 'transition' identifier"],
  ['a name for an id', { transition: { id: 'Start' } }, 'Invalid transition id: Start.'],
])('refuses %s', async (_name, request, message) => {
  await using jira = await openJira();
  const { status, body } = await jira.call('POST', path('SHOP-1'), request);
  expect([status, body.errorMessages]).toEqual([400, [message]]);
});
