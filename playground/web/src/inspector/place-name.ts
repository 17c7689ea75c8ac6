import { channelTitle, type Directory } from '../workspace/directory.tsx';

/** A channel for people: `#data`, in a DM the others' names; an id that this person can't see stays one. */
export function placeName(id: string, directory: Directory): string {
  const channel = directory.channels.get(id);
  if (!channel) return id;
  const isDirect = channel.kind === 'direct' || channel.kind === 'group';
  return `${isDirect ? '' : '#'}${channelTitle(channel, directory)}`;
}
