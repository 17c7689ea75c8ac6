import { type Args, isRecord, toText } from '../args.ts';
import type { Message } from '../control-types.ts';
import { authorshipOf } from '../messages/authorship.ts';
import { readContent, toAttachment, truncationWarning } from '../messages/message-content.ts';
import { toApiMessage } from '../messages/message-object.ts';
import { typedText } from '../messages/typed-text.ts';
import { writableChannel } from '../messages/writable-channel.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { team } from '../workspace/people.ts';
import type { Draft, Workspace } from '../workspace/workspace.ts';

/** `chat.postMessage`. */
export const postMessage: Method = (parts, args, app) => {
  const channel = writableChannel(parts, args, app, { publicToo: true });
  const content = readContent(args, 'post', parts.limits);
  const message = parts.workspace.post(draftOf(parts, args, app, channel.id, content));
  parts.announcer.posted(message);
  return {
    channel: channel.id,
    ts: message.ts,
    message: toApiMessage(message),
    ...truncationWarning(args, parts.limits),
  };
};

const meMessage: Method = (parts, args, app) => {
  const channel = writableChannel(parts, args, app).id;
  const { text } = readContent(args, 'whole', parts.limits);
  const message = parts.workspace.post({
    channel,
    ...app.authorship(),
    subtype: 'me_message',
    text,
  });
  parts.announcer.posted(message);
  return { channel, ts: message.ts };
};

const postEphemeral: Method = (parts, args, app) => {
  const channel = writableChannel(parts, args, app);
  const user = args.required('user');
  if (!channel.members.includes(user)) throw new Refusal('user_not_in_channel');
  const content = readContent(args, 'whole', parts.limits);
  const thread_ts = args.text('thread_ts');
  const message = parts.workspace.post({
    channel: channel.id,
    ...authorshipOf(parts, args, app),
    ephemeral_to: user,
    ...content,
    ...(thread_ts && { thread_ts }),
  });
  return { message_ts: message.ts };
};

const getPermalink: Method = ({ workspace }, args, app) => {
  const channel = workspace.channel(args.text('channel'));
  if (channel.kind !== 'public') workspace.channelOfApp(app, channel.id);
  const { ts, thread_ts, ephemeral_to } = workspace.message(channel.id, args.text('message_ts'));
  if (ephemeral_to) throw new Refusal('message_not_found');
  const query = thread_ts && thread_ts !== ts ? `?thread_ts=${thread_ts}&cid=${channel.id}` : '';
  const permalink = `https://${team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${query}`;
  return { channel: channel.id, permalink };
};

/** Shows what stands behind links of a message: for each link one attachment, the latest. */
const unfurl: Method = ({ workspace, announcer, limits }, args, app) => {
  const previous = unfurledMessage(workspace, args, app);
  const unfurls = args.json('unfurls', 'invalid_unfurls_format');
  if (unfurls === undefined) throw new Refusal('missing_unfurls');
  if (!isRecord(unfurls)) throw new Refusal('invalid_unfurls_format');
  const added = Object.entries(unfurls).map(([from_url, shown]) => {
    if (!isRecord(shown)) throw new Refusal('cannot_parse_attachment');
    if (!previous.text.includes(from_url)) throw new Refusal('cannot_unfurl_message');
    return { ...shown, from_url, app_id: app.id, is_app_unfurl: true };
  });
  const isReplaced = (one: unknown) =>
    isRecord(one) && Object.hasOwn(unfurls, toText(one.from_url));
  const kept = (previous.attachments ?? []).filter((one) => !isReplaced(one));
  const attachments = [...kept, ...added].map((one, index) =>
    isRecord(one) ? toAttachment(one, index, limits, 'cannot_parse_attachment') : one,
  );
  announcer.changed(previous, workspace.change(previous.channel, previous.ts, { attachments }));
  return {};
};

export const chatMethods: Methods = {
  'chat.postMessage': postMessage,
  'chat.meMessage': meMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
  'chat.unfurl': unfurl,
};

/** The method has words of its own. @throws Refusal `missing_channel`, `missing_ts`, `cannot_find_channel`, `cannot_find_message`. */
function unfurledMessage(workspace: Workspace, args: Args, app: InstalledApp): Message {
  for (const name of ['channel', 'ts']) if (!args.has(name)) throw new Refusal(`missing_${name}`);
  const channel = workspace.channels.get(args.text('channel') ?? '');
  if (!channel?.members.includes(app.user)) throw new Refusal('cannot_find_channel');
  const message = workspace.find(channel.id, args.text('ts') ?? '');
  if (!message || message.ephemeral_to) throw new Refusal('cannot_find_message');
  return message;
}

/** The message that a call describes, in its place. */
export function draftOf(
  parts: Parts,
  args: Args,
  app: InstalledApp,
  channel: string,
  content: Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata'>,
): Draft {
  const thread_ts = args.text('thread_ts');
  const broadcast = thread_ts && args.flag('reply_broadcast');
  return {
    channel,
    ...authorshipOf(parts, args, app),
    ...content,
    text: linked(parts, args, content.text),
    ...(thread_ts && { thread_ts }),
    ...(broadcast && { subtype: 'thread_broadcast' }),
    ...(args.text('mrkdwn') === 'false' && { mrkdwn: false }),
  };
}

/** With `parse: full` or `link_names`, names in a text become mentions as if a person had typed them. */
function linked({ workspace }: Parts, args: Args, text: string): string {
  if (args.text('parse') !== 'full' && !args.flag('link_names')) return text;
  return typedText(text, workspace).text;
}
