import type { Message } from '../../../slack/control-types.ts';

/** By conversation, the `ts` up to which a person has read. A thread is a conversation of its own. */
export type ReadMarks = Record<string, string>;

export interface Unread {
  /** There is something new. */
  any: boolean;
  /** How much of it is meant for this person: mentions, also of everybody, and everything in a DM. */
  count: number;
}

/** The name under which a channel, or one of its threads, stands in the marks. */
export function conversationKey(channel: string, thread?: string): string {
  return thread ? `${channel}:${thread}` : channel;
}

/** The marks with those of `others` that are further on; `marks` itself where none is, or windows would answer each other for ever. */
export function later(marks: ReadMarks, others: ReadMarks): ReadMarks {
  const further = Object.entries(others).filter(([key, ts]) => ts > (marks[key] ?? ''));
  return further.length > 0 ? { ...marks, ...Object.fromEntries(further) } : marks;
}

/**
 * What a person has not read in a channel: new messages by others, also in threads they follow.
 *
 * Without a mark for the channel everything counts as read.
 */
export function unreadIn(
  messages: Message[],
  {
    me,
    channel,
    direct,
    marks,
  }: { me: string; channel: string; direct: boolean; marks: ReadMarks },
): Unread {
  const channelMark = marks[channel];
  if (channelMark === undefined) return { any: false, count: 0 };
  const mine = threadsOf(messages, me);
  const fresh = messages.filter((message) => {
    if (message.user === me || message.ts <= channelMark) return false;
    const thread = threadOf(message);
    if (!thread) return true;
    return mine.has(thread) && message.ts > (marks[conversationKey(channel, thread)] ?? '');
  });
  const forMe = fresh.filter(({ text }) => direct || mentions(text, me) || isToAll(text));
  return { any: fresh.length > 0, count: forMe.length };
}

/** The roots of the threads that a person follows: those they wrote in, and those in which they were mentioned. */
export function threadsOf(messages: Message[], me: string): Set<string> {
  const followed = messages.filter(({ user, text }) => user === me || mentions(text, me));
  return new Set(followed.map(({ ts, thread_ts }) => thread_ts ?? ts));
}

const mentions = (text: string, me: string) => text.includes(`<@${me}>`);

/** Names everybody at once: `@here`, `@channel`, `@everyone`. */
const isToAll = (text: string) => /<!(here|channel|everyone)\b/.test(text);

/** The root's `ts` when the message stands only in its thread. */
export function threadOf(message: Message): string | undefined {
  const { thread_ts, ts, subtype } = message;
  if (!thread_ts || thread_ts === ts || subtype === 'thread_broadcast') return undefined;
  return thread_ts;
}
