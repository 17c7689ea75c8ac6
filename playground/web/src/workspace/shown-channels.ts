import type { AppInfo, Channel } from '../../../slack/control-types.ts';
import { appOfDirect } from './directory.tsx';

export interface ShownChannels {
  channels: Channel[];
  /** DMs with people, of two and of more. */
  direct: Channel[];
  /** DMs with apps. */
  apps: Channel[];
}

/** The sidebar's conversations in its order. Archived ones are gone, except the one that is `open`. */
export function shownChannels(
  channels: Channel[],
  apps: AppInfo[],
  open: string | undefined,
): ShownChannels {
  const shown = channels.filter(({ archived, id }) => !archived || id === open);
  const isDirect = ({ kind }: Channel) => kind === 'direct' || kind === 'group';
  const withApp = (channel: Channel) => appOfDirect(channel, apps) !== undefined;
  return {
    channels: shown.filter((channel) => !isDirect(channel)),
    direct: shown.filter((channel) => isDirect(channel) && !withApp(channel)),
    apps: shown.filter(withApp),
  };
}
