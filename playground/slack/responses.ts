import type { IncomingMessage, ServerResponse } from 'node:http';
import { Args, isRecord, readArgs } from './args.ts';
import { readBody, send, sendJson } from './http.ts';
import type { ResponseContext } from './invitations.ts';
import { readContent } from './message-content.ts';
import type { Parts } from './parts.ts';
import { app } from './people.ts';
import { Refusal } from './refusal.ts';

/**
 * What an app answers to a command or click, by its ack or a `response_url`: a message to that person or to all, or a
 * change of the message that was clicked.
 *
 * @throws Refusal for content that Slack would not show.
 */
export function respond(parts: Parts, context: ResponseContext, answer: unknown): void {
  if (answer === '' || answer === undefined || answer === null) return;
  const said = isRecord(answer) ? answer : { text: String(answer) };
  if (Object.keys(said).length === 0) return;
  if (said.delete_original === true) removeOriginal(parts, context);
  else show(parts, context, said);
}

function show(parts: Parts, context: ResponseContext, answer: Record<string, unknown>): void {
  const args = new Args(answer);
  const content = readContent(args, 'post');
  if (answer.replace_original === true && context.ts) {
    const previous = parts.workspace.message(context.channel, context.ts);
    const cleared = { blocks: undefined, attachments: undefined };
    const message = parts.workspace.change(context.channel, context.ts, { ...cleared, ...content });
    if (!message.ephemeral_to) parts.announcer.changed(previous, message);
    return;
  }
  const toAll = answer.response_type === 'in_channel';
  const thread_ts = toAll ? args.text('thread_ts') : context.thread_ts;
  const message = parts.workspace.post({
    channel: context.channel,
    user: app.user,
    bot_id: app.bot_id,
    app_id: app.id,
    ...content,
    ...(thread_ts && { thread_ts }),
    ...(!toAll && { ephemeral_to: context.user }),
  });
  parts.announcer.posted(message);
}

function removeOriginal({ workspace, announcer }: Parts, { channel, ts }: ResponseContext): void {
  if (!ts) return;
  const { previous } = workspace.remove(channel, ts);
  if (!previous.ephemeral_to) announcer.deleted(previous);
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
    const answer = readArgs(new URL('http://localhost'), 'application/json', body);
    respond(parts, parts.responseUrls.use(id), answer.all);
    send(response, 200, 'ok');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const gone = error.error === 'used_url' || error.error === 'expired_url';
    sendJson(response, gone ? 404 : 400, { ok: false, error: error.error });
  }
}
