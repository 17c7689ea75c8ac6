import { z } from 'zod';
import type { Question } from '../store/threads.ts';
import { isOnlyThanks, mentionsIn, toPlainText } from './slack-text.ts';

/** What is read of a `message` or `app_mention` event; everything else in it is left alone. */
const messageEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  user: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  client_msg_id: z.string().optional(),
  files: z.array(z.object({ name: z.string().nullish() })).default([]),
});

const envelope = z.object({ team_id: z.string(), event_id: z.string() });

/** Message subtypes that a person wrote: a file, and a thread reply also sent to the channel. */
const written = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Slack's limit for one message is 40,000 characters; nothing longer comes from a person. */
const longest = 40_000;

/**
 * The question in a Slack event, if there is one.
 *
 * Only what the event itself says counts here: who may ask is decided later, by facts about people and channels.
 * A mention arrives twice, as `app_mention` and as `message`; both become the same question.
 *
 * @param now milliseconds since 1970
 */
export function toQuestion(
  event: unknown,
  body: unknown,
  bot: { userId: string },
  now: number,
): Question | undefined {
  const message = messageEvent.safeParse(event).data;
  const delivery = envelope.safeParse(body).data;
  if (!message?.user || !delivery) return undefined;
  if (message.bot_id || message.user === bot.userId || !written.has(message.subtype))
    return undefined;

  const kind = toKind(message, bot.userId);
  if (!kind) return undefined;

  const { channel, ts, thread_ts, client_msg_id } = message;
  const direct = kind === 'direct';
  const thread = direct ? thread_ts : (thread_ts ?? ts);
  return {
    session: `${delivery.team_id}:${channel}:${thread ?? 'dm'}`,
    kind,
    id: ts,
    team: delivery.team_id,
    channel,
    ...(thread ? { thread } : {}),
    inThread: thread_ts !== undefined && thread_ts !== ts,
    user: message.user,
    text: toPlainText(message.text, bot.userId).slice(0, longest).toWellFormed(),
    files: message.files.map(({ name }) => name ?? 'a file').slice(0, 20),
    identities: [
      `ts:${ts}`,
      `ev:${delivery.event_id}`,
      ...(client_msg_id ? [`cm:${client_msg_id}`] : []),
    ],
    at: now,
  };
}

function toKind(
  { type, channel_type, thread_ts, ts, text }: z.infer<typeof messageEvent>,
  botUserId: string,
): Question['kind'] | undefined {
  if (channel_type === 'im') return 'direct';
  const mentioned = mentionsIn(text);
  if (type === 'app_mention' || mentioned.includes(botUserId)) return 'mention';
  const isReply = thread_ts !== undefined && thread_ts !== ts;
  if (!isReply || mentioned.length > 0 || isOnlyThanks(text)) return undefined;
  return 'follow-up';
}
