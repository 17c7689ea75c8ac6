import type { Args } from '../args.ts';
import type { Channel } from '../control-types.ts';
import { page } from '../paging.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { apiTypes, present, toConversation } from '../workspace/conversation-object.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

const MAX_DM_USERS = 8;

const info: Method = ({ workspace }, args, app) => {
  const channel = visible(app, workspace.channel(args.text('channel')));
  const shown = toConversation(workspace, app, channel);
  const locale = args.flag('include_locale') && { locale: 'en-US' };
  const num_members = args.flag('include_num_members') && {
    num_members: present(workspace, channel).length,
  };
  return { channel: { ...shown, ...locale, ...num_members } };
};

const list: Method = ({ workspace }, args, app) => {
  const found = [...workspace.channels.values()].filter(
    (channel) => isListed(args, channel) && (channel.kind === 'public' || isIn(app, channel)),
  );
  const { items, response_metadata } = page(found, args, 100);
  return {
    channels: items.map((one) => toConversation(workspace, app, one)),
    response_metadata,
  };
};

/** Whose conversations: a person's, as far as the app may know of them, or the app's own. */
const listOfUser: Method = ({ workspace }, args, app) => {
  const { id } = workspace.person(args.text('user') || app.user);
  const found = [...workspace.channels.values()].filter(
    (channel) =>
      isListed(args, channel) &&
      channel.members.includes(id) &&
      (channel.kind === 'public' || isIn(app, channel)),
  );
  const { items, response_metadata } = page(found, args, 100);
  return {
    channels: items.map((one) => toConversation(workspace, app, one)),
    response_metadata,
  };
};

const members: Method = ({ workspace }, args, app) => {
  const channel = visible(app, workspace.channel(args.text('channel')));
  const { items, response_metadata } = page(present(workspace, channel), args, 100);
  return { members: items, response_metadata };
};

const open: Method = (parts, args, app) => {
  const { workspace } = parts;
  const id = args.text('channel');
  const members = id ? direct(parts, app, id).members : participants(parts, args, app);
  const known = workspace.findDirect(members);
  // A guess: no error is documented for what is not there and may not be made.
  if (!known && args.flag('prevent_creation')) throw new Refusal('channel_not_found');
  const channel = known ?? workspace.directChannel(...members);
  return {
    ...(known && { no_op: true, already_open: true }),
    channel: args.flag('return_im') ? toConversation(workspace, app, channel) : { id: channel.id },
  };
};

/** What an app closes is only gone from its own list, which nobody sees. */
const close: Method = (parts, args, app) => {
  direct(parts, app, args.text('channel'));
  return {};
};

export const conversationMethods: Methods = {
  'conversations.info': info,
  'conversations.list': list,
  'users.conversations': listOfUser,
  'conversations.members': members,
  'conversations.open': open,
  'conversations.close': close,
};

const isIn = (app: InstalledApp, { members }: Channel) => members.includes(app.user);

/** A channel that the app may know of. @throws Refusal `channel_not_found`. */
export function visible(app: InstalledApp, channel: Channel): Channel {
  if (channel.kind !== 'public' && !isIn(app, channel)) throw new Refusal('channel_not_found');
  return channel;
}

/** Whether a list that is asked for takes a conversation by its kind and state. @throws Refusal `invalid_types`. */
function isListed(args: Args, { kind, archived }: Channel): boolean {
  const types = (args.text('types') || apiTypes.public).split(',').map((type) => type.trim());
  const known: string[] = Object.values(apiTypes);
  if (!types.every((type) => known.includes(type))) throw new Refusal('invalid_types');
  return types.includes(apiTypes[kind]) && !(archived && args.flag('exclude_archived'));
}

/** @throws Refusal `channel_not_found`, `method_not_supported_for_channel_type`. */
function direct({ workspace }: Parts, app: InstalledApp, id: string | undefined): Channel {
  const channel = visible(app, workspace.channel(id));
  if (channel.kind !== 'direct' && channel.kind !== 'group')
    throw new Refusal('method_not_supported_for_channel_type');
  return channel;
}

/** Whom the app wants to talk with, and itself. */
function participants({ workspace }: Parts, args: Args, app: InstalledApp): string[] {
  const users = new Set((args.text('users') ?? '').split(',').map((id) => id.trim()));
  users.delete('');
  users.delete(app.user);
  if (users.size === 0) throw new Refusal('users_list_not_supplied');
  if (users.size > MAX_DM_USERS) throw new Refusal('too_many_users');
  for (const id of users) {
    const person = workspace.person(id);
    if (person.deleted) throw new Refusal('user_disabled');
    // Not documented here, but what Slack says to an app that writes to another.
    if (person.is_bot && users.size === 1) throw new Refusal('cannot_dm_bot');
  }
  return [...users, app.user];
}
