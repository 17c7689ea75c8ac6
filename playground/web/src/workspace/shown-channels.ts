import type { Channel } from '../../../slack/control-types.ts';

/** The sidebar's conversations in its order: channels, then direct messages. Archived ones are gone. */
export function shownChannels(channels: Channel[]): { channels: Channel[]; direct: Channel[] } {
  const shown = channels.filter(({ archived }) => !archived);
  return {
    channels: shown.filter(({ kind }) => kind !== 'direct'),
    direct: shown.filter(({ kind }) => kind === 'direct'),
  };
}
