import type { Message } from '../../../slack/control-types.ts';
import { dayOf } from '../workspace/time.ts';

/** One entry of a conversation: a day's heading, or a message. `follows`: by the same author just after the one above. */
export type TimelineItem =
  | { type: 'day'; ts: string }
  | { type: 'message'; message: Message; follows: boolean };

/** How long one author's messages count as one go. */
const goSeconds = 5 * 60;

/** Messages, oldest first, with the days between them; `timeZone` decides when a day begins. */
export function toTimeline(messages: Message[], timeZone: string): TimelineItem[] {
  const items: TimelineItem[] = [];
  let above: Message | undefined;
  for (const message of messages) {
    const newDay = !above || dayOf(above.ts, timeZone) !== dayOf(message.ts, timeZone);
    if (newDay) items.push({ type: 'day', ts: message.ts });
    items.push({ type: 'message', message, follows: !newDay && isSameGo(above, message) });
    above = message;
  }
  return items;
}

function isSameGo(above: Message | undefined, message: Message): boolean {
  if (!above || above.user !== message.user || above.bot_id !== message.bot_id) return false;
  if (above.ephemeral_to || message.ephemeral_to || above.reply_count) return false;
  return Number.parseFloat(message.ts) - Number.parseFloat(above.ts) < goSeconds;
}
