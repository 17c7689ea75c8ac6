import type { Change } from '../control-types.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * Keeps account of the channels that somebody sees, so that they hear of those that come into sight and go out of it: by
 * joining and leaving, by a conversion, by becoming a guest. Returns what a change means for their channels.
 */
export function watchChannels(
  { channels }: Workspace,
  me: string,
  sees: (channel: string) => boolean,
): (change: Change) => Change[] {
  const seen = new Set([...channels.keys()].filter(sees));
  const look = (id: string, always: boolean): Change[] => {
    const channel = channels.get(id);
    if (!channel || !sees(id))
      return seen.delete(id) ? [{ type: 'channel-gone', channel: id }] : [];
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew || always ? [{ type: 'channel', channel }] : [];
  };
  return (change) => {
    if (change.type === 'channel') return look(change.channel.id, true);
    if (change.type === 'channel-gone') return look(change.channel, false);
    // Whether somebody is a guest decides over every public channel.
    if (change.type === 'person' && change.person.id === me)
      return [...channels.keys()].flatMap((id) => look(id, false));
    return [];
  };
}
