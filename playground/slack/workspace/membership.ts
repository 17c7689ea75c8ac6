import type { Channel } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { isOldGroup, postNotice } from './channel-notice.ts';

/**
 * Brings somebody into a channel: the members, the line in the channel, and the events. `inviter` when it was not themselves.
 *
 * @throws Refusal `method_not_supported_for_channel_type`, `is_archived`, `already_in_channel`, `cant_invite`.
 */
export function addMember(parts: Parts, { id }: Channel, user: string, inviter?: string): Channel {
  const { workspace } = parts;
  const channel = mutable(workspace.channel(id));
  const person = workspace.person(user);
  if (channel.members.includes(user)) throw new Refusal('already_in_channel');
  // Strangers come only into what is shared with them; the word is a guess.
  if (person.deleted || (person.is_stranger && !channel.external)) throw new Refusal('cant_invite');
  const joined = workspace.setMembers(id, [...channel.members, user]);
  announce(parts, 'member_joined_channel', joined, user, inviter);
  const invited = inviter && { inviter };
  postNotice(parts, joined, user, 'join', `<@${user}> has joined the channel`, { ...invited });
  return joined;
}

/**
 * Takes somebody out of a channel, by themselves or by the `actor`. An app that was taken out hears of that, too.
 *
 * @throws Refusal `method_not_supported_for_channel_type`, `is_archived`, `not_in_channel`.
 */
export function removeMember(
  parts: Parts,
  { id }: Channel,
  user: string,
  actor: string = user,
): Channel {
  const { workspace, apps, announcer } = parts;
  const channel = mutable(workspace.channel(id));
  if (!channel.members.includes(user)) throw new Refusal('not_in_channel');
  const left = workspace.setMembers(
    id,
    channel.members.filter((one) => one !== user),
  );
  announce(parts, 'member_left_channel', left, user);
  const app = apps.byUser(user);
  const type = channel.kind === 'private' ? 'group_left' : 'channel_left';
  if (app) announcer.toApp(app, { type, channel: id, actor_id: actor });
  postNotice(parts, left, user, 'leave', `<@${user}> has left the channel`);
  return left;
}

function mutable(channel: Channel): Channel {
  if (channel.kind === 'direct' || channel.kind === 'group')
    throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refusal('is_archived');
  return channel;
}

function announce(
  { workspace, announcer }: Parts,
  type: string,
  channel: Channel,
  user: string,
  inviter?: string,
): void {
  const event = {
    type,
    user,
    channel: channel.id,
    channel_type: isOldGroup(channel) ? 'G' : 'C',
    team: workspace.person(user).team_id,
    ...(inviter && { inviter }),
  };
  announcer.inChannel(channel.id, event, user);
}
