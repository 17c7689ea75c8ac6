import type { Message } from '../../../slack/control-types.ts';
import { dayOf } from '../workspace/time.ts';
import { isNotice, isTombstone } from './message-kinds.ts';

/**
 * One entry of a conversation: a day's heading, the line above what is new, the one above a thread's replies, or a message. `follows`: by the same author
 * just after the one above.
 */
export type TimelineItem =
  | { type: 'day'; ts: string }
  | { type: 'new'; ts: string }
  | { type: 'replies'; count: number }
  | { type: 'message'; message: Message; follows: boolean };

interface TimelineOptions {
  timeZone: string;
  newFrom?: string | undefined;
  thread?: string | undefined;
}

/** How long one author's messages count as one go. */
const goSeconds = 5 * 60;

/**
 * Messages, oldest first, with the days between them as the time zone has them, and a line above `newFrom`, a `ts`.
 * In a `thread`, named by its root's `ts`, the replies get a line with their number.
 */
export function toTimeline(
  messages: Message[],
  { timeZone, newFrom, thread }: TimelineOptions,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let above: Message | undefined;
  for (const message of messages) {
    const { ts } = message;
    const isNewDay = !above || dayOf(above.ts, timeZone) !== dayOf(ts, timeZone);
    const isFirstNew = newFrom !== undefined && ts >= newFrom && (above?.ts ?? '') < newFrom;
    if (isNewDay) items.push({ type: 'day', ts });
    if (isFirstNew) items.push({ type: 'new', ts });
    const follows = !isNewDay && !isFirstNew && isSameGo(above, message);
    items.push({ type: 'message', message, follows });
    if (ts === thread && message.reply_count)
      items.push({ type: 'replies', count: message.reply_count });
    above = message;
  }
  return items;
}

function isSameGo(above: Message | undefined, message: Message): boolean {
  if (!above || above.user !== message.user || above.bot_id !== message.bot_id) return false;
  if (above.username !== message.username || above.ephemeral_to || message.ephemeral_to)
    return false;
  if (above.reply_count || [above, message].some((one) => isNotice(one) || isTombstone(one)))
    return false;
  if (message.subtype === 'thread_broadcast') return false;
  return Number.parseFloat(message.ts) - Number.parseFloat(above.ts) < goSeconds;
}
