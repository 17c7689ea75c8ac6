import type { Channel, Message } from '../control-types.ts';
import type { Parts } from '../parts.ts';

/** What Slack itself writes into a channel about it, as its subtype goes on: `channel_join`. */
export type Notice =
  | 'join'
  | 'leave'
  | 'topic'
  | 'purpose'
  | 'name'
  | 'archive'
  | 'unarchive'
  | 'convert_to_private'
  | 'convert_to_public';

/** Writes a line about the channel into it, in the name of whoever did it, and tells the apps there. */
export function postNotice(
  { workspace, announcer }: Pick<Parts, 'workspace' | 'announcer'>,
  channel: Channel,
  user: string,
  what: Notice,
  text: string,
  fields: Pick<Message, 'inviter' | 'topic' | 'purpose' | 'name' | 'old_name'> = {},
): void {
  const { team_id } = workspace.person(user);
  const subtype = `${isOldGroup(channel) && !what.startsWith('convert') ? 'group' : 'channel'}_${what}`;
  announcer.posted(
    workspace.post({ channel: channel.id, user, team: team_id, subtype, text, ...fields }),
  );
}

/** Private channels from before March 2021 have ids and words of their own; one that was made private later keeps its. */
export const isOldGroup = ({ id }: Channel) => id.startsWith('G');
