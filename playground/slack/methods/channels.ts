import type { Channel } from '../control-types.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import {
  archiveChannel,
  createChannel,
  describeChannel,
  renameChannel,
  unarchiveChannel,
} from '../workspace/channel-life.ts';
import { present, toConversation } from '../workspace/conversation-object.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { addMember, removeMember } from '../workspace/membership.ts';
import { visible } from './conversations.ts';

const MAX_INVITED = 100;

const create: Method = (parts, args, app) => {
  const name = args.text('name') ?? '';
  return answer(parts, app, createChannel(parts, app.user, name, args.flag('is_private')));
};

const join: Method = (parts, args, app) => {
  const channel = visible(app, parts.workspace.channel(args.text('channel')));
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.members.includes(app.user))
    return {
      ...answer(parts, app, channel),
      warning: 'already_in_channel',
      response_metadata: { warnings: ['already_in_channel'] },
    };
  return answer(parts, app, addMember(parts, channel, app.user));
};

const leave: Method = (parts, args, app) => {
  const { workspace } = parts;
  const channel = ofMany(visible(app, workspace.channel(args.text('channel'))));
  if (!channel.members.includes(app.user)) return { not_in_channel: true };
  if (channel.name === 'general') throw new Refusal('cant_leave_general');
  if (present(workspace, channel).length === 1) throw new Refusal('last_member');
  removeMember(parts, channel, app.user);
  return {};
};

/** With `force` those who can be invited are, else all or none. */
const invite: Method = (parts, args, app) => {
  const { workspace } = parts;
  const channel = ofMany(workspace.channelOfApp(app, args.text('channel')));
  if (channel.archived) throw new Refusal('is_archived');
  const users = [...new Set((args.text('users') ?? '').split(',').map((id) => id.trim()))];
  if (users.join('') === '') throw new Refusal('no_user');
  // The word is a guess: only the number is documented.
  if (users.length > MAX_INVITED) throw new Refusal('too_many_users');
  const errors = users.flatMap((user) => {
    const error = obstacle(parts, channel, app, user);
    return error ? [{ user, ok: false, error }] : [];
  });
  const [first] = errors;
  const refused = new Set(errors.map(({ user }) => user));
  if (first && (!args.flag('force') || refused.size === users.length))
    throw new Refusal(first.error, [], { errors });
  for (const user of users) if (!refused.has(user)) addMember(parts, channel, user, app.user);
  return {
    ...answer(parts, app, workspace.channel(channel.id)),
    ...(first && { errors }),
  };
};

const kick: Method = (parts, args, app) => {
  const channel = ofMany(parts.workspace.channelOfApp(app, args.text('channel')));
  const { id } = parts.workspace.person(args.text('user'));
  if (id === app.user) throw new Refusal('cant_kick_self');
  if (channel.name === 'general') throw new Refusal('cant_kick_from_general');
  removeMember(parts, channel, id, app.user);
  return {};
};

/** Only whoever made a channel may rename it, as long as they are no admin. */
const rename: Method = (parts, args, app) => {
  const channel = ofMany(parts.workspace.channelOfApp(app, args.text('channel')));
  if (channel.creator !== app.user) throw new Refusal('not_authorized');
  return answer(parts, app, renameChannel(parts, channel, app.user, args.text('name') ?? ''));
};

const describe =
  (what: 'topic' | 'purpose'): Method =>
  (parts, args, app) => {
    const channel = parts.workspace.channelOfApp(app, args.text('channel'));
    const text = args.text(what) ?? '';
    const described = describeChannel(parts, channel, app.user, what, text);
    return { [what]: text, ...answer(parts, app, described) };
  };

const archive: Method = (parts, args, app) => {
  archiveChannel(parts, parts.workspace.channelOfApp(app, args.text('channel')), app.user);
  return {};
};

const unarchive: Method = (parts, args, app) => {
  unarchiveChannel(parts, parts.workspace.channelOfApp(app, args.text('channel')), app.user);
  return {};
};

/** Nobody sees what an app has read. */
const mark: Method = ({ workspace }, args, app) => {
  workspace.channelOfApp(app, args.text('channel'));
  if (!/^\d+(\.\d+)?$/.test(args.text('ts') ?? '')) throw new Refusal('invalid_timestamp');
  return {};
};

export const channelMethods: Methods = {
  'conversations.create': create,
  'conversations.join': join,
  'conversations.leave': leave,
  'conversations.invite': invite,
  'conversations.kick': kick,
  'conversations.rename': rename,
  'conversations.setTopic': describe('topic'),
  'conversations.setPurpose': describe('purpose'),
  'conversations.archive': archive,
  'conversations.unarchive': unarchive,
  'conversations.mark': mark,
};

const answer = ({ workspace }: Parts, app: InstalledApp, channel: Channel) => ({
  channel: toConversation(workspace, app, channel),
});

/** @throws Refusal `method_not_supported_for_channel_type` for DMs. */
function ofMany(channel: Channel): Channel {
  if (channel.kind === 'direct' || channel.kind === 'group')
    throw new Refusal('method_not_supported_for_channel_type');
  return channel;
}

/** Slack's word for why an app cannot invite somebody. */
function obstacle(
  { workspace }: Parts,
  { members, external }: Channel,
  app: InstalledApp,
  user: string,
): string | undefined {
  const person = workspace.people.get(user);
  if (!person) return 'user_not_found';
  if (user === app.user) return 'cant_invite_self';
  if (members.includes(user)) return 'already_in_channel';
  if (person.deleted || (person.is_stranger && !external)) return 'cant_invite';
  return undefined;
}
