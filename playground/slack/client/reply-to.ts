import { toChannel, toPerson } from '../control/references.ts';
import type { Message, Reply, ReplyRequest } from '../control-types.ts';
import { shownText } from '../messages/message-object.ts';
import type { Parts } from '../parts.ts';

/**
 * What apps have said to a message so far, as one person sees it: in its thread; or, when there is nothing there and it began
 * none, what they said in the channel since.
 *
 * @throws Refusal `user_not_found`, `channel_not_found`, `message_not_found`.
 */
export function replyTo(parts: Parts, { user, channel, ts }: ReplyRequest): Reply {
  const { workspace } = parts;
  const person = toPerson(workspace, user);
  const place = toChannel(parts, channel, person);
  const asked = workspace.message(place.id, ts);
  const thread_ts = asked.thread_ts ?? asked.ts;
  const later = workspace
    .messages(place.id)
    .filter((one) => one.ts > ts && one.app_id !== undefined && isSeen(one, person.id));
  const inThread = later.filter((one) => one.thread_ts === thread_ts);
  const inChannel = later.filter((one) => (one.thread_ts ?? one.ts) === one.ts);
  const messages = inThread.length > 0 || asked.thread_ts ? inThread : inChannel;
  return {
    ts,
    thread_ts,
    messages,
    text: messages.map(shownText).join('\n'),
    busy:
      messages.some((one) => one.streaming_state === 'in_progress') ||
      workspace.sessions
        .statuses()
        .some((one) => one.channel === place.id && one.thread_ts === thread_ts && one.status),
  };
}

const isSeen = ({ ephemeral_to }: Message, viewer: string) =>
  ephemeral_to === undefined || ephemeral_to === viewer;
