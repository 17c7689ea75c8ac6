import type { Args } from '../args.ts';
import type { Channel, Message } from '../control-types.ts';
import { readContent, truncationWarning } from '../message-content.ts';
import { toApiMessage } from '../message-object.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { app, team } from '../people.ts';
import { Refusal } from '../refusal.ts';

const postMessage: Method = (parts, args) => {
  const channel = writable(parts, args);
  const content = readContent(args, 'post');
  const thread_ts = args.text('thread_ts');
  const username = args.text('username');
  const broadcast = thread_ts && args.flag('reply_broadcast');
  const message = parts.workspace.post({
    channel: channel.id,
    user: app.user,
    bot_id: app.bot_id,
    app_id: app.id,
    ...content,
    ...(thread_ts && { thread_ts }),
    // Slack marks messages under another name in its older way.
    ...(username && { username, subtype: 'bot_message' }),
    ...(broadcast && { subtype: 'thread_broadcast' }),
  });
  parts.announcer.posted(message);
  return {
    channel: channel.id,
    ts: message.ts,
    message: toApiMessage(message),
    ...truncationWarning(args),
  };
};

const update: Method = (parts, args) => {
  const channel = writable(parts, args);
  const previous = ownMessage(parts, channel, args, 'cant_update_message');
  const content = readContent(args, 'update');
  const message = parts.workspace.change(channel.id, previous.ts, {
    blocks: undefined,
    attachments: undefined,
    ...content,
    // Slack shows "(edited)" only for updates without blocks.
    edited: content.blocks
      ? previous.edited
      : { user: app.user, ts: parts.workspace.nextTs(channel.id) },
  });
  parts.announcer.changed(previous, message);
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: toApiMessage(message),
  };
};

const remove: Method = (parts, args) => {
  const channel = parts.workspace.channelOfApp(args.text('channel'));
  const { ts } = ownMessage(parts, channel, args, 'cant_delete_message');
  const { previous, tombstone } = parts.workspace.remove(channel.id, ts);
  if (tombstone) parts.announcer.changed(previous, tombstone);
  else parts.announcer.deleted(previous);
  return { channel: channel.id, ts };
};

const postEphemeral: Method = (parts, args) => {
  const channel = writable(parts, args);
  const user = args.required('user');
  if (!channel.members.includes(user)) throw new Refusal('user_not_in_channel');
  const thread_ts = args.text('thread_ts');
  const message = parts.workspace.post({
    channel: channel.id,
    user: app.user,
    bot_id: app.bot_id,
    app_id: app.id,
    ephemeral_to: user,
    ...readContent(args, 'post'),
    ...(thread_ts && { thread_ts }),
  });
  return { message_ts: message.ts };
};

const getPermalink: Method = ({ workspace }, args) => {
  const channel = workspace.channel(args.text('channel'));
  const { ts, thread_ts } = workspace.message(channel.id, args.text('message_ts'));
  const query = thread_ts && thread_ts !== ts ? `?thread_ts=${thread_ts}&cid=${channel.id}` : '';
  const permalink = `https://${team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${query}`;
  return { channel: channel.id, permalink };
};

export const chatMethods: Methods = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};

/** The channel to write to: an id, a person's id for their DM, or a name. */
function writable({ workspace }: Parts, args: Args): Channel {
  const name = args.text('channel') ?? '';
  const channel = workspace.people.has(name)
    ? workspace.directChannel(name)
    : workspace.channelOfApp(workspace.channels.has(name) ? name : byName(workspace, name));
  if (channel.archived) throw new Refusal('is_archived');
  return channel;
}

const byName = ({ channels }: Parts['workspace'], name: string) =>
  [...channels.values()].find((one) => one.kind !== 'direct' && `#${one.name}` === name)?.id;

function ownMessage({ workspace }: Parts, channel: Channel, args: Args, refusal: string): Message {
  const message = workspace.message(channel.id, args.text('ts'));
  if (message.ephemeral_to) throw new Refusal('message_not_found');
  if (message.bot_id !== app.bot_id) throw new Refusal(refusal);
  return message;
}
