import type { Args } from '../args.ts';
import type { Message } from '../control-types.ts';
import { toApiMessage } from '../messages/message-object.ts';
import { react } from '../messages/react.ts';
import { page } from '../paging.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

const add: Method = (parts, args, app) => {
  const name = args.text('name') ?? '';
  react(parts, app.user, target(parts, args, app), name, false);
  return {};
};

const remove: Method = (parts, args, app) => {
  const name = args.text('name') ?? '';
  react(parts, app.user, target(parts, args, app), name, true);
  return {};
};

const get: Method = (parts, args, app) => {
  const message = target(parts, args, app);
  return { type: 'message', channel: message.channel, message: toApiMessage(message) };
};

/** What somebody reacted to, newest first, in conversations that the app is in. */
const list: Method = ({ workspace }, args, app) => {
  const { id } = workspace.person(args.text('user') || app.user);
  const found = [...workspace.channels.values()]
    .filter(({ members }) => members.includes(app.user))
    .flatMap((channel) => workspace.messages(channel.id))
    .filter(({ reactions }) => reactions?.some(({ users }) => users.includes(id)))
    .sort((a, b) => Number(b.ts) - Number(a.ts));
  const { items, response_metadata } = page(found, args, 100);
  return {
    items: items.map((message) => ({
      type: 'message',
      channel: message.channel,
      message: toApiMessage(message),
    })),
    response_metadata,
  };
};

export const reactionMethods: Methods = {
  'reactions.add': add,
  'reactions.remove': remove,
  'reactions.get': get,
  'reactions.list': list,
};

/** The message that is meant. @throws Refusal `no_item_specified`, `bad_timestamp`, `message_not_found`, `channel_not_found`, … */
function target({ workspace }: Parts, args: Args, app: InstalledApp): Message {
  const ts = args.text('timestamp');
  if (!args.has('channel') || !ts) throw new Refusal('no_item_specified');
  if (!/^\d+\.\d+$/.test(ts)) throw new Refusal('bad_timestamp');
  const channel = workspace.channelOfApp(app, args.text('channel'));
  const message = workspace.message(channel.id, ts);
  if (message.ephemeral_to) throw new Refusal('message_not_found');
  return message;
}
