import { isRecord } from '../args.ts';
import type { AnyBlock, Message } from '../control-types.ts';

/** A message as Slack's API gives it: without the channel and without what only the page needs. */
export function toApiMessage(
  message: Message,
  { metadata = true }: { metadata?: boolean } = {},
): Record<string, unknown> {
  const { channel: _channel, statuses: _statuses, ephemeral_to: _to, ...rest } = message;
  const shown: Record<string, unknown> = { ...rest };
  if (!metadata) delete shown.metadata;
  if (message.files) Object.assign(shown, { upload: false, display_as_bot: false });
  if (message.reply_count !== undefined)
    Object.assign(shown, {
      reply_users_count: message.reply_users?.length ?? 0,
      is_locked: false,
      subscribed: true,
    });
  return shown;
}

/** All blocks of a message: its own, then those in its attachments. */
export const blocksOf = ({ blocks = [], attachments = [] }: Message): AnyBlock[] => [
  ...blocks,
  ...attachments.flatMap(attachedBlocks),
];

/** The blocks in an attachment. */
export const attachedBlocks = (attachment: unknown): AnyBlock[] =>
  isRecord(attachment) && Array.isArray(attachment.blocks) ? attachment.blocks : [];

/** Everything a person can read in a message: the text of its blocks, or its text when it has none. */
export function shownText(message: Message): string {
  if (!message.blocks?.length) return message.text;
  return texts(message.blocks).join('\n');
}

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : texts(inner),
  );
}
