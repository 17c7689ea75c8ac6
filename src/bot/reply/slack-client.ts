import { WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import type { CallResult, PartMark, Place, ReplyClient } from './reply-client.ts';
import { toRefusal } from './slack-refusal.ts';

const timeoutMs = 10_000;
const eventType = 'agent_run';

/** Our clock and Slack's may differ by this much, in seconds. */
const clockSkew = 10;

/** How long a method that a workspace does not have is left alone, in milliseconds. */
const missingFor = 60 * 60_000;

/**
 * The calls of a reply over Slack's Web API.
 *
 * A client of its own, without retries and queue: the SDK repeats posts after a lost answer, and one 429 stops
 * everything else on the same client.
 */
export function openReplyClient(botToken: string, options: WebClientOptions = {}): ReplyClient {
  const slack = new WebClient(botToken, {
    ...options,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
  });
  const statusMissingUntil = new Map<string, number>();

  return {
    timeoutMs,

    post: ({ channel, thread }, { text, blocks }, { run, position }) =>
      attempt(async () => {
        const { ts } = await slack.chat.postMessage({
          channel,
          ...(thread && { thread_ts: thread }),
          text,
          blocks,
          metadata: { event_type: eventType, event_payload: { run, part: position } },
          unfurl_links: false,
          unfurl_media: false,
          parse: 'none',
        });
        return { ts: z.string().parse(ts) };
      }),

    // `parse` is `client` unless it is said, and that changes links.
    update: ({ channel }, ts, { text, blocks }) =>
      attempt(async () => {
        await slack.chat.update({ channel, ts, text, blocks, parse: 'none' });
        return {};
      }),

    remove: ({ channel }, ts) =>
      attempt(async () => {
        await slack.chat.delete({ channel, ts });
        return {};
      }),

    find: (place, mark, since) =>
      attempt(async () => {
        const messages = await recentMessages(slack, place, since);
        return {
          found: messages
            .filter((message) => hasMark(message, mark))
            .map(({ ts }) => ts)
            .sort(),
        };
      }),

    async setStatus({ workspace, channel, thread }, status) {
      if (!thread || (statusMissingUntil.get(workspace) ?? 0) > Date.now()) return;
      const result = await attempt(async () => {
        await slack.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status });
        return {};
      });
      if (!result.ok && missing.has(result.code))
        statusMissingUntil.set(workspace, Date.now() + missingFor);
    },
  };
}

const missing = new Set([
  'unknown_method',
  'not_authorized',
  'missing_scope',
  'feature_disabled',
  'feature_not_enabled',
  'not_allowed_token_type',
  'not_agent_app',
  'no_permission',
  'method_deprecated',
]);

async function attempt<T extends object>(call: () => Promise<T>): Promise<CallResult<T>> {
  try {
    return { ok: true, ...(await call()) };
  } catch (error) {
    return toRefusal(error);
  }
}

const messageShape = z.object({
  ts: z.string(),
  metadata: z
    .object({
      event_type: z.string(),
      event_payload: z.record(z.string(), z.unknown()).default({}),
    })
    .optional()
    .catch(undefined),
});
type Message = z.infer<typeof messageShape>;

async function recentMessages(slack: WebClient, place: Place, since: number): Promise<Message[]> {
  const window = {
    channel: place.channel,
    oldest: (since / 1000 - clockSkew).toFixed(6),
    inclusive: true,
    include_all_metadata: true,
    limit: 200,
  };
  const { messages = [] } = place.thread
    ? await slack.conversations.replies({ ...window, ts: place.thread })
    : await slack.conversations.history(window);
  return messages.flatMap((message) => messageShape.safeParse(message).data ?? []);
}

const hasMark = ({ metadata }: Message, { run, position }: PartMark): boolean =>
  metadata?.event_type === eventType &&
  metadata.event_payload.run === run &&
  metadata.event_payload.part === position;
