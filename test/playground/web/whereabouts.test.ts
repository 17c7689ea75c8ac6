import { expect, it } from 'vitest';
import type { AppInfo, Channel, State } from '../../../playground/slack/control-types.ts';
import type { Place } from '../../../playground/web/src/workspace/place.ts';
import { whereabouts } from '../../../playground/web/src/workspace/whereabouts.ts';

const channel = (id: string, members: string[], more: Partial<Channel> = {}): Channel => ({
  id,
  name: id,
  kind: id.startsWith('D') ? 'direct' : 'public',
  topic: '',
  members,
  external: false,
  archived: false,
  ...more,
});

const app = (name: string, home_tab: boolean, installed = true) =>
  ({ id: `A${name}`, user: `U${name}`, home_tab, installed }) as AppInfo;

const state = {
  me: 'U1',
  apps: [app('OLD', true, false), app('BOT', true), app('PLAIN', false)],
  channels: [
    channel('C1', ['U2', 'UBOT']),
    channel('C2', ['U1', 'UBOT'], { archived: true }),
    channel('C3', ['U1', 'UOLD']),
    channel('C4', ['U1', 'UBOT']),
    channel('D1', ['U1', 'UBOT']),
    channel('D2', ['U1', 'UPLAIN']),
    channel('D3', ['U1', 'U2']),
  ],
} as State;

it.each<[string, Place, object]>([
  ['the first own channel with an app', {}, { channel: 'C4' }],
  ['that, for a channel that is not there', { channel: 'C9', thread: '1.1' }, { channel: 'C4' }],
  ['a channel', { channel: 'C1' }, { channel: 'C1' }],
  ['a thread', { channel: 'C1', thread: '1.1' }, { channel: 'C1', thread: '1.1' }],
  ['an archived channel, when asked for', { channel: 'C2' }, { channel: 'C2' }],
  ["an app's messages", { channel: 'D1' }, { channel: 'D1', app: 'ABOT' }],
  ["an app's Home", { channel: 'D1', tab: 'home' }, { channel: 'D1', app: 'ABOT', tab: 'home' }],
  [
    'no Home of an app without one',
    { channel: 'D2', tab: 'home' },
    { channel: 'D2', app: 'APLAIN' },
  ],
  [
    'what there is to know about such an app',
    { channel: 'D2', tab: 'about' },
    { channel: 'D2', app: 'APLAIN', tab: 'about' },
  ],
  ['no Home of a person', { channel: 'D3', tab: 'home' }, { channel: 'D3' }],
])('leads to %s', (_where, place, expected) => {
  const { channel: found, app: its, ...rest } = whereabouts(state, place);
  expect({ channel: found?.id, ...(its && { app: its.id }), ...rest }).toEqual(expected);
});

it('leads nowhere in a workspace without channels', () => {
  expect(whereabouts({ ...state, channels: [] }, { channel: 'C1' })).toEqual({});
});
