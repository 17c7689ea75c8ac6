import { expect, it } from 'vitest';
import type { AppInfo, Channel, Person } from '../../../playground/slack/control-types.ts';
import {
  type CompletionSources,
  complete,
  completionAt,
} from '../../../playground/web/src/composer/completion.ts';

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

const app = (id: string, more: Partial<AppInfo> = {}): AppInfo => ({
  id: `A${id}`,
  user: id,
  bot_id: `B${id}`,
  name: id.toLowerCase(),
  installed: true,
  online: true,
  home_tab: false,
  messages_tab: true,
  commands: [],
  shortcuts: [],
  stoppable: false,
  ...more,
});

const channel = (name: string, more: Partial<Channel> = {}): Channel => ({
  id: `C${name}`,
  name,
  kind: 'public',
  topic: '',
  members: [],
  external: false,
  archived: false,
  ...more,
});

const sources: CompletionSources = {
  people: [
    person('U1', 'mara', 'Mara Winter'),
    person('U2', 'tomas', 'Tomás Okafor'),
    person('U3', 'gone', 'Gone Away', { deleted: true }),
    person('UHELP', 'helper', 'Helper', { is_bot: true }),
    person('UBOT', 'connector', 'Connector', { is_bot: true }),
    person('UOLD', 'oldie', 'Oldie', { is_bot: true }),
  ],
  apps: [
    app('UBOT', {
      commands: [
        { command: '/datasource', description: 'Which source answers', usage_hint: 'mysql | auto' },
        { command: '/date', description: 'Another' },
      ],
    }),
    app('UHELP', { commands: [{ command: '/dare', description: 'Of another app' }] }),
    app('UOLD', { installed: false, commands: [{ command: '/dawn', description: 'Gone' }] }),
  ],
  channels: [
    channel('data'),
    channel('dance', { archived: true }),
    channel('daniel', { kind: 'direct' }),
  ],
  inThread: false,
};

const offered = (text: string, caret = text.length, more: Partial<CompletionSources> = {}) =>
  completionAt(text, caret, { ...sources, ...more })?.suggestions.map(({ insert }) => insert);

it.each([
  ['@', ['@connector', '@helper', '@mara', '@tomas', '@channel', '@here']],
  ['@con', ['@connector']],
  ['@he', ['@helper', '@here']],
  ['hello @OKA', ['@tomas']],
  ['(@tomás', ['@tomas']],
  ['@gone', undefined],
  ['@oldie', undefined],
  ['mail me@mara', undefined],
  ['@mara ', undefined],
  ['@nobody', undefined],
  ['/', ['/datasource', '/date', '/dare']],
  ['/datas', ['/datasource']],
  ['/daw', undefined],
  ['/datasource mysql', undefined],
  ['see /datas', undefined],
  ['see #da', ['#data']],
  ['#', ['#data']],
  ['issue#da', undefined],
  ['well done :tad', [':tada:', ':stadium:']],
  [':+1', [':+1:']],
  [':', undefined],
  [':t', undefined],
  ['at 10:30', undefined],
  ['note :( sad', undefined],
  ['', undefined],
])('after %j offers %j', (text, expected) => {
  expect(offered(text)).toEqual(expected);
});

it('offers the emoji of just that name first, and no more than eight', () => {
  const hearts = offered(':heart');
  expect(hearts?.[0]).toBe(':heart:');
  expect(hearts).toHaveLength(8);
});

it('offers no commands in a thread, where Slack has none', () => {
  expect(offered('/da', 3, { inThread: true })).toBeUndefined();
  expect(offered('@con', 4, { inThread: true })).toEqual(['@connector']);
});

it('looks only at what stands before the caret', () => {
  expect(offered('@con and more', 4)).toEqual(['@connector']);
  expect(offered('@con and more', 9)).toBeUndefined();
});

it.each([
  ['@con', 4, '@connector ', 11],
  ['ask @con how many', 8, 'ask @connector how many', 15],
  ['/da', 3, '/datasource ', 12],
  ['in #da', 6, 'in #data ', 9],
  [':tad!', 4, ':tada: !', 7],
])('completes %j at %i', (text, caret, expected, expectedCaret) => {
  const completion = completionAt(text, caret, sources);
  const [first] = completion?.suggestions ?? [];
  if (!completion || !first) throw new Error('nothing offered');
  expect(complete(text, caret, completion, first)).toEqual({
    text: expected,
    caret: expectedCaret,
  });
});
