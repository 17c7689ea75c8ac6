import { describe, expect, it } from 'vitest';
import type { AppInfo, Channel, Person } from '../../../playground/slack/control-types.ts';
import { choicesOf, matching, optionsOf } from '../../../playground/web/src/blocks/options.ts';
import type { Directory } from '../../../playground/web/src/workspace/directory.tsx';

const person = (id: string, real_name: string, more: Partial<Person> = {}) =>
  ({ id, name: id.toLowerCase(), real_name, deleted: false, profile: {}, ...more }) as Person;
const channel = (id: string, kind: Channel['kind'], more: Partial<Channel> = {}) =>
  ({
    id,
    name: id.toLowerCase(),
    kind,
    members: [],
    external: false,
    archived: false,
    ...more,
  }) as Channel;
const byId = <T extends { id: string }>(list: T[]) => new Map(list.map((one) => [one.id, one]));

const directory: Directory = {
  me: person('U1', 'Ada'),
  apps: [{ id: 'A1', user: 'U3' } as AppInfo],
  people: byId([
    person('U1', 'Ada'),
    person('U2', 'Bo'),
    person('U3', 'Robot'),
    person('U4', 'Gone', { deleted: true }),
  ]),
  channels: byId([
    channel('C1', 'public'),
    channel('C2', 'private'),
    channel('C3', 'public', { external: true }),
    channel('C4', 'public', { archived: true }),
    channel('D1', 'direct', { members: ['U1', 'U2'] }),
    channel('D2', 'direct', { members: ['U1', 'U3'] }),
    channel('G1', 'group', { members: ['U1', 'U2', 'U3'] }),
  ]),
  usergroups: new Map(),
  timeZone: 'UTC',
};
const offered = (element: object) =>
  choicesOf(element, directory).flatMap(({ choices }) => choices.map(({ value }) => value));

describe('what a menu offers', () => {
  it.each<[object, string[]]>([
    [{ type: 'users_select' }, ['U1', 'U2', 'U3']],
    [{ type: 'multi_users_select' }, ['U1', 'U2', 'U3']],
    [{ type: 'channels_select' }, ['C1', 'C3']],
    [{ type: 'conversations_select' }, ['C1', 'C2', 'C3', 'D1', 'D2', 'G1']],
    [{ type: 'conversations_select', filter: { include: ['private', 'mpim'] } }, ['C2', 'G1']],
    [
      { type: 'multi_conversations_select', filter: { include: ['im'], exclude_bot_users: true } },
      ['D1'],
    ],
    [
      {
        type: 'conversations_select',
        filter: { include: ['public'], exclude_external_shared_channels: true },
      },
      ['C1'],
    ],
    [{ type: 'conversations_select', filter: 'public' }, ['C1', 'C2', 'C3', 'D1', 'D2', 'G1']],
    [{ type: 'static_select', options: [{ text: { text: 'A' }, value: 'a' }] }, ['a']],
    [{ type: 'static_select', options: 'none' }, []],
  ])('%j: %j', (element, values) => expect(offered(element)).toEqual(values));

  it('names channels by their sign, and DMs by who is in them', () => {
    const labels = choicesOf({ type: 'conversations_select' }, directory)
      .flatMap(({ choices }) => choices)
      .map(({ label }) => label);
    expect(labels).toEqual(['#c1', '#c2', '#c3', 'Bo', 'Robot', 'Bo, Robot']);
  });
});

describe('typing into a menu', () => {
  const groups = optionsOf({
    option_groups: [
      {
        label: { text: 'Fruit' },
        options: ['Apple', 'Pear'].map((text) => ({ text: { text }, value: text })),
      },
      { label: { text: 'Trees' }, options: [{ text: { text: 'Élm' }, value: 'elm' }] },
    ],
  });

  it.each([
    ['', ['Apple', 'Pear', 'Élm']],
    ['P', ['Apple', 'Pear']],
    [' pea ', ['Pear']],
    ['éL', ['Élm']],
    ['(', []],
  ])('%j finds %j', (typed, labels) => {
    const found = matching(groups, typed);
    expect(found.flatMap(({ choices }) => choices.map(({ label }) => label))).toEqual(labels);
    expect(found.every(({ choices }) => choices.length > 0)).toBe(true);
  });
});
