import { type Args, toText } from '../args.ts';
import type { AnyBlock, Channel, Message } from '../control-types.ts';
import { readContent } from '../messages/message-content.ts';
import { toApiMessage } from '../messages/message-object.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

const update: Method = (parts, args, app) => {
  const channel = parts.workspace.channelOfApp(app, args.text('channel'));
  if (channel.archived) throw new Refusal('is_inactive');
  const previous = ownMessage(parts, channel, args, app, 'cant_update_message');
  if (previous.streaming_state === 'in_progress') throw new Refusal('streaming_state_conflict');
  const message = parts.workspace.change(channel.id, previous.ts, {
    ...contentPatch(parts, args, app, previous),
    ...filesPatch(parts, args),
    ...broadcastPatch(args, previous),
  });
  parts.announcer.changed(previous, message);
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: toApiMessage(message),
  };
};

const remove: Method = (parts, args, app) => {
  const channel = parts.workspace.channelOfApp(app, args.text('channel'));
  const { ts } = ownMessage(parts, channel, args, app, 'cant_delete_message');
  const { previous, tombstone } = parts.workspace.remove(channel.id, ts);
  if (tombstone) parts.announcer.changed(previous, tombstone);
  else parts.announcer.deleted(previous);
  return { channel: channel.id, ts };
};

export const messageEditMethods: Methods = {
  'chat.update': update,
  'chat.delete': remove,
};

type Patch = Parameters<Parts['workspace']['change']>[2];

function ownMessage(
  { workspace }: Parts,
  channel: Channel,
  args: Args,
  app: InstalledApp,
  refusal: string,
): Message {
  const message = workspace.message(channel.id, args.text('ts'));
  if (message.ephemeral_to) throw new Refusal('message_not_found');
  if (message.bot_id !== app.bot_id) throw new Refusal(refusal);
  return message;
}

/** The new content takes the place of all the old; metadata stays when none is given. */
function contentPatch(parts: Parts, args: Args, app: InstalledApp, previous: Message): Patch {
  const given = ['text', 'blocks', 'attachments', 'markdown_text'].some((name) => args.has(name));
  if (!given && (args.has('file_ids') || args.flag('reply_broadcast'))) return {};
  const content = readContent(args, 'update', parts.limits);
  if (parts.limits.blocks) checkKind(previous.blocks, content.blocks);
  const ts = parts.workspace.nextTs(previous.channel);
  return {
    blocks: undefined,
    attachments: undefined,
    ...content,
    // Slack shows "(edited)" only for updates without blocks.
    edited: content.blocks ? previous.edited : { user: app.user, ts },
  };
}

/** @throws Refusal `file_not_found`. */
function filesPatch({ files }: Parts, args: Args): Patch {
  const ids = args.json('file_ids');
  if (ids === undefined) return {};
  if (!Array.isArray(ids)) throw new Refusal('invalid_arguments', ['file_ids takes a list of ids']);
  const kept = ids.map((id) => files.info(toText(id)));
  return { files: kept.length > 0 ? kept : undefined };
}

/** Shows a reply in the channel, too. */
function broadcastPatch(args: Args, previous: Message): Patch {
  if (!args.flag('reply_broadcast') || previous.subtype === 'thread_broadcast') return {};
  if (!previous.thread_ts || previous.thread_ts === previous.ts)
    throw new Refusal('cant_broadcast_message');
  const text = args.text('text');
  if ((text && text !== previous.text) || args.has('blocks') || args.has('markdown_text'))
    throw new Refusal('no_dual_broadcast_content_update');
  return { subtype: 'thread_broadcast' };
}

/** A rich text stays one, and nothing else becomes one. @throws Refusal `block_mismatch`. */
function checkKind(before: AnyBlock[] | undefined, after: AnyBlock[] | undefined): void {
  if (before && after && isRich(before) !== isRich(after)) throw new Refusal('block_mismatch');
}

const isRich = (blocks: AnyBlock[]) => blocks.some(({ type }) => type === 'rich_text');
