import type { Message } from '../../../slack/control-types.ts';

/** How many messages are drawn at first, and how many more each time somebody reads up to the first one. */
export const pageSize = 200;

/** Where the newest page begins: the `ts` of its first message; '' when everything fits. */
export function newestPage(messages: Message[]): string {
  return messages.length > pageSize ? (messages.at(-pageSize)?.ts ?? '') : '';
}

/** Where the list begins with one more page above `from`. */
export function pageAbove(messages: Message[], from: string): string {
  const index = indexOf(messages, from) - pageSize;
  return index > 0 ? (messages[index]?.ts ?? '') : '';
}

/** The messages from `from` on; the list is in order. */
export function shownFrom(messages: Message[], from: string): Message[] {
  const index = indexOf(messages, from);
  return index === 0 ? messages : messages.slice(index);
}

/** Of the first message at or after `ts`. */
function indexOf(messages: Message[], ts: string): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.ts ?? '') < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
