import { unixSeconds } from '../clock.ts';
import type { Channel } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { checkedName, freshChannelId } from './channel-name.ts';
import { type Notice, postNotice } from './channel-notice.ts';
import { addMember } from './membership.ts';
import { channel, partnerTeam, team } from './people.ts';

const MAX_TOPIC = 250;

/** Makes a channel with its creator in it. @throws Refusal `invalid_name…`, `name_taken`. */
export function createChannel(
  parts: Parts,
  creator: string,
  name: string,
  isPrivate: boolean,
): Channel {
  const { workspace, announcer } = parts;
  const id = freshChannelId(workspace, checkedName(workspace, name));
  const created = workspace.putChannel(
    channel(id, name, [], {
      kind: isPrivate ? 'private' : 'public',
      creator,
      created: unixSeconds(),
    }),
  );
  if (!isPrivate) announcer.toAll({ type: 'channel_created', channel: toCreated(created) });
  return addMember(parts, created, creator);
}

/** @throws Refusal `is_archived`, `invalid_name…`, `name_taken`. */
export function renameChannel(parts: Parts, old: Channel, user: string, name: string): Channel {
  const channel = living(old);
  const renamed = parts.workspace.putChannel({
    ...channel,
    name: checkedName(parts.workspace, name),
    previous_names: [channel.name, ...(channel.previous_names ?? [])].slice(0, 5),
  });
  const { id, created } = renamed;
  const is_channel = channel.kind === 'public';
  const event = { id, name, name_normalized: name, created, is_channel, is_mpim: false };
  parts.announcer.aboutChannel(renamed, { type: typeOf(channel, 'rename'), channel: event });
  const text = `<@${user}> has renamed the channel from "${channel.name}" to "${name}"`;
  postNotice(parts, renamed, user, 'name', text, { name, old_name: channel.name });
  return renamed;
}

/** Sets the topic, or the purpose that people know as description. @throws Refusal `is_archived`, `too_long`. */
export function describeChannel(
  parts: Parts,
  channel: Channel,
  user: string,
  what: 'topic' | 'purpose',
  text: string,
): Channel {
  if (parts.limits.sizes && [...text].length > MAX_TOPIC) throw new Refusal('too_long');
  const described = parts.workspace.putChannel({ ...living(channel), [what]: text });
  const said = text ? `set the channel ${what}: ${text}` : `cleared the channel ${what}`;
  postNotice(parts, described, user, what, `<@${user}> ${said}`, { [what]: text });
  return described;
}

/** @throws Refusal `already_archived`, `cant_archive_general`. */
export function archiveChannel(parts: Parts, channel: Channel, user: string): Channel {
  ofMany(channel);
  if (channel.archived) throw new Refusal('already_archived');
  if (channel.name === 'general') throw new Refusal('cant_archive_general');
  return turn(parts, { ...channel, archived: true }, user, 'archive');
}

/** @throws Refusal `not_archived`. */
export function unarchiveChannel(parts: Parts, channel: Channel, user: string): Channel {
  ofMany(channel);
  if (!channel.archived) throw new Refusal('not_archived');
  return turn(parts, { ...channel, archived: false }, user, 'unarchive');
}

/** Makes a channel private or public; its id stays. @throws Refusal `is_archived`, `channel_type_not_supported`. */
export function convertChannel(
  parts: Parts,
  channel: Channel,
  user: string,
  kind: 'private' | 'public',
): void {
  living(channel);
  if (channel.kind === kind || channel.name === 'general')
    throw new Refusal('channel_type_not_supported');
  const converted = parts.workspace.putChannel({ ...channel, kind });
  const text = {
    private: 'made this channel *private*. Now, it can only be viewed or joined by invitation.',
    public: 'made this channel *public*. Any member in this workspace can see and join it.',
  }[kind];
  postNotice(parts, converted, user, `convert_to_${kind}`, text);
}

/** Shares a channel with the partner organisation, whose people may then be invited. @throws Refusal `is_archived`, `already_shared`. */
export function shareChannel(parts: Parts, channel: Channel): void {
  if (living(channel).external) throw new Refusal('already_shared');
  const shared = parts.workspace.putChannel({ ...channel, external: true });
  const connected_team_id = partnerTeam.id;
  const event = { type: 'channel_shared', connected_team_id, channel: channel.id };
  parts.announcer.aboutChannel(shared, event);
}

/** Ends that, and takes the partner's people out. @throws Refusal `not_shared`. */
export function unshareChannel(parts: Parts, channel: Channel): void {
  const { workspace, announcer } = parts;
  if (!living(channel).external) throw new Refusal('not_shared');
  const members = channel.members.filter((one) => !workspace.person(one).is_stranger);
  const unshared = workspace.putChannel({ ...channel, external: false, members });
  announcer.aboutChannel(unshared, {
    type: 'channel_unshared',
    previously_connected_team_id: partnerTeam.id,
    channel: channel.id,
    is_ext_shared: false,
  });
}

/** Deletes a channel with everything in it. @throws Refusal `cant_delete_general`. */
export function deleteChannel({ workspace, announcer }: Parts, channel: Channel, user: string) {
  ofMany(channel);
  if (channel.name === 'general') throw new Refusal('cant_delete_general');
  const { id, kind } = channel;
  const date_deleted = unixSeconds();
  announcer.aboutChannel(
    channel,
    kind === 'public'
      ? { type: 'channel_deleted', channel: id }
      : { type: 'group_deleted', channel: id, date_deleted, actor_id: user },
  );
  workspace.removeChannel(id);
}

function turn(parts: Parts, channel: Channel, user: string, what: Notice & `${string}archive`) {
  const turned = parts.workspace.putChannel(channel);
  const type = typeOf(turned, what);
  const moved = what === 'archive' && { is_moved: 0 };
  const who = type === 'group_unarchive' ? { actor_id: user } : { user };
  parts.announcer.aboutChannel(turned, { type, channel: turned.id, ...who, ...moved });
  postNotice(parts, turned, user, what, `<@${user}> ${what}d the channel`);
  return turned;
}

const typeOf = ({ kind }: Channel, what: string) =>
  `${kind === 'private' ? 'group' : 'channel'}_${what}`;

/** @throws Refusal `method_not_supported_for_channel_type` for DMs. */
function ofMany(channel: Channel): Channel {
  if (channel.kind === 'direct' || channel.kind === 'group')
    throw new Refusal('method_not_supported_for_channel_type');
  return channel;
}

function living(channel: Channel): Channel {
  if (ofMany(channel).archived) throw new Refusal('is_archived');
  return channel;
}

const toCreated = ({ id, name, created, creator }: Channel) => ({
  id,
  is_channel: true,
  name,
  name_normalized: name,
  created,
  creator,
  is_shared: false,
  is_org_shared: false,
  context_team_id: team.id,
  is_archived: false,
  is_frozen: false,
  is_general: false,
  is_group: false,
  is_private: false,
  is_ext_shared: false,
  is_im: false,
  is_mpim: false,
  is_pending_ext_shared: false,
});
