import { expect, it } from 'vitest';
import { jiraEnv } from '../../../../src/connectors/jira/env.ts';
import { Jira } from '../../../../src/connectors/jira/jira.ts';
import type { FieldMeta } from '../../../../src/connectors/jira/writes/field-meta.ts';
import { toFieldValue } from '../../../../src/connectors/jira/writes/to-field-value.ts';
import { doc, paragraph } from '../adf/write-adf.ts';

const openJira = (JIRA_PROJECTS = '') =>
  new Jira(
    jiraEnv.parse({
      JIRA_PROJECTS,
      JIRA_URL: 'https://acme.atlassian.net',
      JIRA_EMAIL: 'bot@example.com',
      JIRA_API_TOKEN: 'no-such-token',
      JIRA_API_URL: 'http://127.0.0.1:1',
    }),
  );
const jira = openJira();
const place = { jira, project: 'OPS', signal: new AbortController().signal };

const field = (type: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  id: 'customfield_1',
  name: 'Thing',
  required: false,
  hasDefault: false,
  type,
  items: '',
  kind: '',
  allowed: undefined,
  ...more,
});

const priorities = {
  allowed: [
    { id: '1', name: 'High' },
    { id: '2', name: 'Low' },
  ],
};
const bins = { allowed: [{ id: '1', value: 'Hall 2', children: [{ id: '7', value: 'Shelf 7' }] }] };
const account = '712020:6b1f0c0e-5a7d-4c3b-9e21-8d4f7a0b1c20';

it.each<[what: string, FieldMeta, value: unknown, sent: unknown]>([
  ['nothing', field('string'), null, null],
  ['a text', field('string'), 'a', 'a'],
  ['rich text', field('string', { kind: 'textarea' }), 'a', doc(paragraph('a'))],
  ['rich text as it is', field('string', { kind: 'description' }), doc(), doc()],
  ['a number', field('number'), 3, 3],
  ['a number in a text', field('number'), '3.5', 3.5],
  ['a day', field('date'), '2026-12-24', '2026-12-24'],
  ['a moment', field('datetime'), '2026-12-24T18:00:00Z', '2026-12-24T18:00:00.000+0000'],
  ['a choice in any case', field('priority', priorities), 'high', { id: '1' }],
  ['a choice as an object', field('priority', priorities), { name: 'Low' }, { id: '2' }],
  [
    'a choice of many',
    field('array', { items: 'option', ...priorities }),
    ['High', 'Low'],
    [{ id: '1' }, { id: '2' }],
  ],
  [
    'a choice below another',
    field('option-with-child', bins),
    'hall 2 > shelf 7',
    { id: '1', child: { id: '7' } },
  ],
  ['a choice that Jira does not list', field('version'), '1.0', { name: '1.0' }],
  ['labels', field('array', { items: 'string', kind: 'labels' }), ['a', 'b'], ['a', 'b']],
  ['one label', field('array', { items: 'string', kind: 'labels' }), 'a', ['a']],
  ['somebody by account', field('user'), account, { accountId: account }],
  ['a parent', field('issuelink'), 'ops-7', { key: 'OPS-7' }],
  ['a sprint', field('array', { items: 'json', kind: 'gh-sprint' }), 13, [13]],
  [
    'what nobody knows',
    field('timetracking'),
    { originalEstimate: '2h' },
    { originalEstimate: '2h' },
  ],
])('sends %s', async (_, meta, value, sent) => {
  expect(await toFieldValue(meta, value, place)).toEqual(sent);
});

it.each<[meta: FieldMeta, value: unknown, says: RegExp]>([
  [field('number'), 'three', /the field "Thing" can't be "three"\. Try: a number/],
  [field('number'), Number.NaN, /can't be null\. Try: a number/],
  [field('date'), '24.12.2026', /Try: a day such as 2026-12-24/],
  [field('date'), '2026-02-30', /Try: a day/],
  [field('datetime'), 'noon', /Try: a moment/],
  [field('string'), { a: 1 }, /Try: a text/],
  [field('priority', priorities), 'Hihg', /"Hihg" is not a value of the field "Thing"\. Try: High/],
  [field('priority', priorities), 'zzz', /Try: High, Low/],
  [
    field('array', { items: 'string', kind: 'labels' }),
    ['two words'],
    /Try: labels without spaces/,
  ],
  [field('issuelink'), '../../etc', /is not an issue key/],
  [field('array', { items: 'json', kind: 'gh-sprint' }), 'next', /Try: the id of a sprint/],
])('refuses a wrong value with what is right (%#)', async (meta, value, says) => {
  await expect(toFieldValue(meta, value, place)).rejects.toThrow(says);
});

const links = field('array', { id: 'issuelinks', items: 'issuelinks' });
const type = { id: '10000' };

it.each<[meta: FieldMeta, value: unknown]>([
  [links, [{ type, outwardIssue: { key: 'SHOP-3' } }]],
  [links, [{ type, outwardIssue: { key: ' shop-3 ' } }]],
  [links, [{ type, inwardIssue: { id: '30006' } }]],
  [links, [{ type, inwardIssue: { id: '30006', key: 'OPS-1' } }]],
  [links, [{ type, inwardIssue: { key: 'OPS-1', fields: {}, id: '30006' } }]],
  [field('any', { kind: 'gh-epic-link' }), 'SHOP-3'],
  [field('issuelink'), 'SHOP-3'],
])('refuses what leads out of the projects that are to be seen: %#', async (meta, value) => {
  await expect(
    (async () => toFieldValue(meta, value, { ...place, jira: openJira('OPS') }))(),
  ).rejects.toThrow(/^REFUSED|by their keys/);
});

it.each<[meta: FieldMeta, value: unknown]>([
  [links, [{ type, outwardIssue: { key: 'OPS-3' } }]],
  [field('any', { kind: 'gh-epic-link' }), 'OPS-3'],
  [field('any'), { id: '1', words: 'as in SHOP-3' }],
])('lets pass what does not: %#', async (meta, value) => {
  expect(await toFieldValue(meta, value, { ...place, jira: openJira('OPS') })).toEqual(value);
});
