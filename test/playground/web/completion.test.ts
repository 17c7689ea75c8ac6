import { expect, it } from 'vitest';
import type { Person } from '../../../playground/slack/control-types.ts';
import { complete, completionAt } from '../../../playground/web/src/composer/completion.ts';

const person = (
  id: string,
  name: string,
  real_name: string,
  more: Partial<Person> = {},
): Person => ({
  id,
  team_id: 'T1',
  name,
  real_name,
  tz: 'UTC',
  is_bot: false,
  is_restricted: false,
  is_stranger: false,
  deleted: false,
  profile: { display_name: '', real_name },
  ...more,
});

const sources = {
  people: [
    person('U1', 'mara', 'Mara Winter'),
    person('U2', 'tomas', 'Tomás Okafor'),
    person('U3', 'gone', 'Gone Away', { deleted: true }),
    person('UB', 'connector', 'Connector', { is_bot: true }),
  ],
  app: 'UB',
  commands: [
    { command: '/datasource', description: 'Which source answers', usage_hint: 'mysql | auto' },
    { command: '/date', description: 'Another' },
  ],
};

const offered = (text: string, caret = text.length) =>
  completionAt(text, caret, sources)?.suggestions.map(({ insert }) => insert);

it.each([
  ['@', ['@connector', '@mara', '@tomas']],
  ['@con', ['@connector']],
  ['hello @OKA', ['@tomas']],
  ['(@tomás', ['@tomas']],
  ['@gone', undefined],
  ['mail me@mara', undefined],
  ['@mara ', undefined],
  ['@nobody', undefined],
  ['/', ['/datasource', '/date']],
  ['/datas', ['/datasource']],
  ['/datasource mysql', undefined],
  ['see /datas', undefined],
  ['', undefined],
])('after %j offers %j', (text, expected) => {
  expect(offered(text)).toEqual(expected);
});

it('looks only at what stands before the caret', () => {
  expect(offered('@con and more', 4)).toEqual(['@connector']);
  expect(offered('@con and more', 9)).toBeUndefined();
});

it.each([
  ['@con', 4, '@connector ', 11],
  ['ask @con how many', 8, 'ask @connector how many', 15],
  ['/da', 3, '/datasource ', 12],
])('completes %j at %i', (text, caret, expected, expectedCaret) => {
  const completion = completionAt(text, caret, sources);
  const [first] = completion?.suggestions ?? [];
  if (!completion || !first) throw new Error('nothing offered');
  expect(complete(text, caret, completion, first)).toEqual({
    text: expected,
    caret: expectedCaret,
  });
});
