import type { Args } from '../args.ts';
import type { Channel, Message } from '../control-types.ts';
import { toApiMessage } from '../message-object.ts';
import { page } from '../paging.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { app, team } from '../people.ts';
import { Refusal } from '../refusal.ts';

const info: Method = ({ workspace }, args) => {
  const channel = visible(workspace.channel(args.text('channel')));
  const num_members = args.flag('include_num_members') && { num_members: channel.members.length };
  return { channel: { ...toConversation(channel), ...num_members } };
};

const list: Method = ({ workspace }, args) => {
  const types = (args.text('types') || 'public_channel').split(',').map((type) => type.trim());
  const found = [...workspace.channels.values()].filter(
    (channel) =>
      types.includes(apiTypes[channel.kind]) &&
      (channel.kind === 'public' || isIn(channel)) &&
      !(channel.archived && args.flag('exclude_archived')),
  );
  const { items, ...rest } = page(found, args, 100);
  return { channels: items.map(toConversation), ...rest };
};

const replies: Method = ({ workspace }, args) => {
  const channel = workspace.channelOfApp(args.text('channel'));
  const named = workspace.messages(channel.id).find((one) => one.ts === args.text('ts'));
  if (!named || named.ephemeral_to) throw new Refusal('thread_not_found');
  const [root, ...rest] = workspace.thread(channel.id, named.thread_ts ?? named.ts);
  const found = between(rest, args);
  const { items, ...paging } = page(found, args, 1000);
  // The root stands first on every page.
  const shown = root ? [root, ...items] : items;
  return { messages: shown.map(toShown(args)), ...paging };
};

const history: Method = ({ workspace }, args) => {
  const channel = workspace.channelOfApp(args.text('channel'));
  const roots = workspace
    .messages(channel.id)
    .filter(
      (one) =>
        !one.ephemeral_to &&
        (!one.thread_ts || one.thread_ts === one.ts || one.subtype === 'thread_broadcast'),
    );
  const { items, ...paging } = page(between(roots, args).reverse(), args, 100);
  return { messages: items.map(toShown(args)), pin_count: 0, ...paging };
};

const members: Method = ({ workspace }, args) => {
  const channel = visible(workspace.channel(args.text('channel')));
  const { items, ...rest } = page(channel.members, args, 100);
  return { members: items, ...rest };
};

const open: Method = ({ workspace }, args) => {
  const id = args.text('channel');
  const users = (args.text('users') ?? '').split(',').filter(Boolean);
  if (!id && users.length !== 1)
    throw new Refusal(
      users.length > 1 ? 'method_not_supported_for_channel_type' : 'users_list_not_supplied',
    );
  const channel = id ? workspace.channelOfApp(id) : workspace.directChannel(users[0]);
  const shown = args.flag('return_im') ? toConversation(channel) : { id: channel.id };
  return { no_op: true, already_open: true, channel: shown };
};

const join: Method = (parts, args) => {
  const channel = parts.workspace.channel(args.text('channel'));
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (isIn(channel)) return { channel: toConversation(channel), warning: 'already_in_channel' };
  return { channel: toConversation(addMember(parts, channel, app.user)) };
};

export const conversationMethods: Methods = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.replies': replies,
  'conversations.history': history,
  'conversations.members': members,
  'conversations.open': open,
  'conversations.join': join,
};

/** Brings somebody into a channel: members, the line in the channel, and the event. */
export function addMember(
  { workspace, announcer }: Parts,
  channel: Channel,
  user: string,
): Channel {
  const joined = workspace.setMembers(channel.id, [...channel.members, user]);
  announcer.joined(joined, user);
  const text = `<@${user}> has joined the channel`;
  announcer.posted(workspace.post({ channel: channel.id, user, subtype: 'channel_join', text }));
  return joined;
}

/** Takes somebody out of a channel. */
export function removeMember({ workspace, announcer }: Parts, channel: Channel, user: string) {
  const members = channel.members.filter((one) => one !== user);
  const left = workspace.setMembers(channel.id, members);
  announcer.left(left, user);
  return left;
}

const apiTypes = { public: 'public_channel', private: 'private_channel', direct: 'im' } as const;
const isIn = (channel: Channel) => channel.members.includes(app.user);

function visible(channel: Channel): Channel {
  if (channel.kind !== 'public' && !isIn(channel)) throw new Refusal('channel_not_found');
  return channel;
}

/** A channel as Slack's API gives it. */
export function toConversation(channel: Channel): Record<string, unknown> {
  const direct = channel.kind === 'direct';
  return {
    id: channel.id,
    created: 1_750_000_000,
    is_archived: channel.archived,
    is_im: direct,
    is_mpim: false,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_private: channel.kind !== 'public',
    is_shared: channel.external,
    is_ext_shared: channel.external,
    is_org_shared: false,
    is_pending_ext_shared: false,
    context_team_id: team.id,
    ...(direct
      ? { user: channel.members.find((one) => one !== app.user), is_user_deleted: false }
      : {
          name: channel.name,
          name_normalized: channel.name,
          is_general: channel.name === 'general',
          is_member: isIn(channel),
          topic: { value: channel.topic, creator: '', last_set: 0 },
          purpose: { value: '', creator: '', last_set: 0 },
        }),
  };
}

/** Messages within `oldest` and `latest`, whose edges count only when `inclusive`. */
function between(messages: Message[], args: Args): Message[] {
  const oldest = Number(args.text('oldest') || 0);
  const latest = Number(args.text('latest') || Number.POSITIVE_INFINITY);
  const edge = args.flag('inclusive');
  return messages.filter((one) => {
    const ts = Number(one.ts);
    return edge ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
  });
}

const toShown = (args: Args) => (message: Message) =>
  toApiMessage(message, { metadata: args.flag('include_all_metadata') });
