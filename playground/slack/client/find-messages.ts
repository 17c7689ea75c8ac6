import { toChannel, toPerson } from '../control/references.ts';
import type { Message, MessageQuery } from '../control-types.ts';
import { shownText } from '../messages/message-object.ts';
import type { Parts } from '../parts.ts';

/** What a query asks of a message. @throws Refusal `user_not_found`, `channel_not_found`. */
export function toTest(parts: Parts, query: MessageQuery): (message: Message) => boolean {
  const { thread_ts, matches } = query;
  const channel = query.channel === undefined ? undefined : toChannel(parts, query.channel).id;
  const user = query.user === undefined ? undefined : toPerson(parts.workspace, query.user).id;
  const fits = (text: string) =>
    typeof matches === 'string' ? text.includes(matches) : text.search(matches ?? '') >= 0;
  return (message) =>
    (!channel || message.channel === channel) &&
    (!thread_ts || message.ts === thread_ts || message.thread_ts === thread_ts) &&
    (!user || message.user === user) &&
    (fits(shownText(message)) || fits(message.text));
}

/** The messages that fit, whoever sees them; oldest first in each channel. @throws Refusal as `toTest`. */
export function findMessages(parts: Parts, query: MessageQuery): Message[] {
  const { workspace } = parts;
  const fits = toTest(parts, query);
  return [...workspace.channels.keys()].flatMap((id) => workspace.messages(id).filter(fits));
}
