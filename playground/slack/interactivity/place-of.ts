import { isRecord } from '../args.ts';
import type { AnyBlock, Channel, Message, Person } from '../control-types.ts';
import { attachedBlocks, blocksOf, toApiMessage } from '../messages/message-object.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { elementsOf } from './form-elements.ts';
import { type Form, type StateValues, stateValues } from './form-state.ts';
import type { ResponseContext } from './invitations.ts';
import { toApiView } from './view-object.ts';
import type { StoredView } from './views.ts';

/** Where somebody uses an element: a message or a view, whose app is told. */
export interface Place {
  app: InstalledApp;
  form: Form;
  /** What a payload says of the place and the block that was used, with what its inputs hold at that moment. */
  fields: (block: AnyBlock) => Record<string, unknown>;
  /** Of a message: what a `response_url` stands for. */
  response?: ResponseContext;
  /** The channel that the person looks at. */
  channel?: string;
}

export interface PlaceReference {
  channel?: string;
  ts?: string;
  view_id?: string;
}

/** @throws Refusal `not_found`, `message_not_found`, `no_such_action` for a message of a person. */
export function placeOf(
  parts: Parts,
  person: Person,
  { view_id, channel, ts }: PlaceReference,
): Place {
  if (view_id) return inView(parts, parts.views.find(view_id), person);
  return inMessage(parts, visibleMessage(parts, person, channel, ts), person);
}

/** A message that this person sees. @throws Refusal `message_not_found`, `channel_not_found`. */
export function visibleMessage(
  { workspace }: Parts,
  person: Person,
  channelId: string | undefined,
  ts: string | undefined,
): Message {
  const channel = workspace.channel(channelId);
  const message = workspace.message(channel.id, ts);
  const hidden = message.ephemeral_to && message.ephemeral_to !== person.id;
  if (hidden || !channel.members.includes(person.id)) throw new Refusal('message_not_found');
  return message;
}

/** A channel as interactive payloads name it. */
export const toPayloadChannel = ({ id, name, kind }: Channel) => ({
  id,
  name: payloadNames[kind] ?? name,
});

/** Slack hides the names of what is not public. */
const payloadNames: Partial<Record<Channel['kind'], string>> = {
  direct: 'directmessage',
  private: 'privategroup',
  group: 'mpdm',
};

function inMessage(parts: Parts, message: Message, person: Person): Place {
  const { workspace, apps } = parts;
  const channel = workspace.channel(message.channel);
  if (message.app_id === undefined) throw new Refusal('no_such_action', ['no app wrote that']);
  const app = apps.byId(message.app_id);
  const thread = message.thread_ts ? { thread_ts: message.thread_ts } : {};
  const name = `message ${channel.id} ${message.ts} ${person.id}`;
  const form = { name, blocks: blocksOf(message), user: person.id };
  const fields = (block: AnyBlock) => ({
    container: {
      ...containerOf(message, block),
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeral_to !== undefined,
      ...thread,
    },
    channel: toPayloadChannel(channel),
    // Slack keeps no ephemeral messages, and can't say what stood in them.
    ...(!message.ephemeral_to && { message: toApiMessage(message) }),
    state: { values: stateValues(parts, form) },
  });
  const response = { app, user: person.id, channel: channel.id, ts: message.ts, ...thread };
  return { app, form, fields, response, channel: channel.id };
}

/** What of a message a block stands in. */
function containerOf({ attachments = [] }: Message, block: AnyBlock): Record<string, unknown> {
  const holds = (one: unknown) => elementsOf(attachedBlocks(one)).some((e) => e.block === block);
  const attachment = attachments.find(holds);
  if (!isRecord(attachment)) return { type: 'message' };
  return {
    type: 'message_attachment',
    attachment_id: attachment.id,
    is_app_unfurl: attachment.is_app_unfurl === true,
  };
}

function inView(parts: Parts, view: StoredView, person: Person): Place {
  if (view.user !== person.id) throw new Refusal('not_found');
  const app = parts.apps.byId(view.app_id);
  const form = viewForm(view);
  const fields = () => ({
    container: { type: 'view', view_id: view.id },
    view: filledView(parts, app, view),
  });
  return { app, form, fields };
}

/** A view as payloads give it: with what its inputs hold. */
export function filledView(parts: Parts, app: InstalledApp, view: StoredView) {
  const values: StateValues = stateValues(parts, viewForm(view));
  return toApiView(view, app, values);
}

export const viewForm = ({ id, blocks, user }: StoredView): Form => ({
  name: viewFormName(id),
  blocks,
  user,
});

export const viewFormName = (viewId: string) => `view ${viewId}`;
