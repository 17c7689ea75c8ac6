import type { Person, Shortcut, ShortcutRequest } from '../control-types.ts';
import { toApiMessage } from '../messages/message-object.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import {
  actingPerson,
  actionTs,
  deliverInteraction,
  interaction,
  triggerOf,
} from './deliver-interaction.ts';
import { toPayloadChannel, visibleMessage } from './place-of.ts';

/**
 * Somebody picks a shortcut: of a message, in its menu, or a global one. Unlike commands they work in threads.
 *
 * @throws Refusal `unknown_shortcut`, `message_not_found`, `operation_timeout`, `dispatch_failed`.
 */
export async function runShortcut(parts: Parts, request: ShortcutRequest): Promise<void> {
  const person = actingPerson(parts, request.user);
  const type = request.channel && request.ts ? 'message' : 'global';
  const app = ownerOf(parts, person, type, request);
  const { callback_id } = request;
  if (type === 'global') {
    await deliverInteraction(app, 'interactive', 'shortcut', {
      ...interaction('shortcut', person),
      callback_id,
      ...triggerOf(parts, person, app),
      action_ts: actionTs(),
    });
    return;
  }
  const message = visibleMessage(parts, person, request.channel, request.ts);
  // A guess: Slack's menu of an ephemeral message has no shortcuts.
  if (message.ephemeral_to) throw new Refusal('message_not_found');
  const channel = parts.workspace.channel(message.channel);
  const { ts, thread_ts } = message;
  const context = { app, user: person.id, channel: channel.id, ...(thread_ts && { thread_ts }) };
  await deliverInteraction(app, 'interactive', 'message_action', {
    ...interaction('message_action', person),
    callback_id,
    ...triggerOf(parts, person, app, channel.id),
    response_url: parts.responseUrls.create(context),
    action_ts: actionTs(),
    channel: toPayloadChannel(channel),
    message_ts: ts,
    message: toApiMessage(message),
  });
}

/** The app that offers a shortcut. People from outside see none, as their workspace has not installed it. */
function ownerOf(
  { apps }: Parts,
  person: Person,
  type: Shortcut['type'],
  { callback_id, app_id }: ShortcutRequest,
): InstalledApp {
  const found = apps
    .list()
    .find(
      ({ id, installed, manifest }) =>
        installed &&
        (app_id === undefined || id === app_id) &&
        manifest.shortcuts.some((one) => one.type === type && one.callback_id === callback_id),
    );
  if (found && !person.is_stranger) return found;
  throw new Refusal('unknown_shortcut', [`no app offers the ${type} shortcut ${callback_id}`]);
}
