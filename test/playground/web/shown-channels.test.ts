import { expect, it } from 'vitest';
import type { AppInfo, Channel } from '../../../playground/slack/control-types.ts';
import { shownChannels } from '../../../playground/web/src/workspace/shown-channels.ts';

const channel = (id: string, kind: Channel['kind'], more: Partial<Channel> = {}): Channel => ({
  id,
  name: id,
  kind,
  topic: '',
  members: [],
  external: false,
  archived: false,
  ...more,
});

const apps = [{ user: 'UBOT' }] as AppInfo[];
const channels = [
  channel('D1', 'direct', { members: ['U1', 'UBOT'] }),
  channel('C1', 'public'),
  channel('D2', 'direct', { members: ['U1', 'U2'] }),
  channel('C2', 'public', { archived: true }),
  channel('G1', 'private'),
  channel('G2', 'group', { members: ['U1', 'U2', 'UBOT'] }),
];

const idsOf = (open?: string) => {
  const { channels: named, direct, apps: withApps } = shownChannels(channels, apps, open);
  return [named, direct, withApps].map((list) => list.map(({ id }) => id));
};

it('puts channels, DMs and DMs with apps apart, and leaves out what is archived', () => {
  expect(idsOf()).toEqual([['C1', 'G1'], ['D2', 'G2'], ['D1']]);
});

it('keeps the archived channel that is open', () => {
  expect(idsOf('C2')[0]).toEqual(['C1', 'C2', 'G1']);
});
