import type { IncomingMessage, ServerResponse } from 'node:http';
import { Args, isRecord, readArgs, toText } from '../args.ts';
import { readBody, send, sendJson } from '../http.ts';
import { readContent } from '../messages/message-content.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { ResponseContext } from './invitations.ts';

/** No longer there: Slack answers these with 404, everything else that it refuses with 400. */
const gone = ['used_url', 'expired_url', 'message_not_found', 'channel_not_found'];

/**
 * What an app answers to a command or click, by its ack or a `response_url`: a message to that person or to all, or a
 * change of the message that was clicked. It needs no membership in the channel.
 *
 * @throws Refusal for content that Slack would not show.
 */
export function respond(parts: Parts, context: ResponseContext, answer: unknown): void {
  if (answer === '' || answer === undefined || answer === null) return;
  const said = isRecord(answer) ? answer : { text: toText(answer) };
  if (Object.keys(said).length === 0) return;
  const args = new Args(said);
  if (args.flag('delete_original')) removeOriginal(parts, context);
  else if (args.flag('replace_original') && context.ts) replaceOriginal(parts, context, args);
  else postAnswer(parts, context, args);
}

function removeOriginal({ workspace, announcer }: Parts, { channel, ts }: ResponseContext): void {
  if (!ts) return;
  const { previous, tombstone } = workspace.remove(channel, ts);
  if (previous.ephemeral_to) return;
  if (tombstone) announcer.changed(previous, tombstone);
  else announcer.deleted(previous);
}

function replaceOriginal(parts: Parts, { channel, ts = '' }: ResponseContext, args: Args): void {
  const { workspace, announcer, limits } = parts;
  const previous = workspace.message(channel, ts);
  const content = readContent(args, 'post', limits);
  const cleared = { blocks: undefined, attachments: undefined };
  const message = workspace.change(channel, ts, { ...cleared, ...content });
  if (!message.ephemeral_to) announcer.changed(previous, message);
}

/** To the person alone unless it says `in_channel`. Only those for all may choose their thread. */
function postAnswer(parts: Parts, context: ResponseContext, args: Args): void {
  const toAll = args.text('response_type') === 'in_channel';
  const thread_ts = toAll ? args.text('thread_ts') : context.thread_ts;
  const message = parts.workspace.post({
    channel: context.channel,
    ...context.app.authorship(),
    ...readContent(args, 'post', parts.limits),
    ...(thread_ts && { thread_ts }),
    ...(!toAll && { ephemeral_to: context.user }),
  });
  parts.announcer.posted(message);
}

/** `POST /response/<id>`: an app uses a `response_url`. */
export async function onResponse(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = await readBody(request);
  try {
    const context = parts.responseUrls.use(id);
    const answer = readArgs(new URL('http://localhost'), 'application/json', body);
    respond(parts, context, answer.all);
    send(response, 200, 'ok');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const status = gone.includes(error.error) ? 404 : 400;
    sendJson(response, status, { ok: false, error: error.error });
  }
}
