import type { Message } from '../../../slack/control-types.ts';

const notices = new Set(
  ['join', 'leave', 'topic', 'purpose', 'name', 'archive', 'unarchive', 'posting_permissions']
    .flatMap((what) => [`channel_${what}`, `group_${what}`])
    .concat('channel_convert_to_private', 'channel_convert_to_public', 'bot_add', 'bot_remove'),
);

/** Told by Slack about the channel, not said by anybody: somebody joined, the topic changed. */
export function isNotice({ subtype }: Message): boolean {
  return subtype !== undefined && notices.has(subtype);
}

/** What is left of a thread's deleted root. */
export function isTombstone({ subtype }: Message): boolean {
  return subtype === 'tombstone';
}

/** Written by this person, who may edit and delete it. */
export function isOwn(message: Message, me: string | undefined): boolean {
  return message.user === me && !message.bot_id && !message.ephemeral_to && !isNotice(message);
}

/** The `ts` of the last message that this person may edit. */
export function lastOwn(messages: Message[], me: string | undefined): string | undefined {
  return messages.findLast((message) => isOwn(message, me) && !isTombstone(message))?.ts;
}
