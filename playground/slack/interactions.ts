import { isRecord } from './args.ts';
import type {
  ClickRequest,
  CommandRequest,
  Message,
  Person,
  SubmitRequest,
} from './control-types.ts';
import type { Outcome } from './delivery.ts';
import { toAction, toInputValue } from './element-values.ts';
import type { ResponseContext } from './invitations.ts';
import { toApiMessage } from './message-object.ts';
import type { Parts } from './parts.ts';
import { app, slackbot, team } from './people.ts';
import { Refusal } from './refusal.ts';
import { respond } from './responses.ts';
import { typedText } from './typed-text.ts';
import { toApiView } from './view-object.ts';
import { type StoredView, toViewDescription } from './views.ts';

/** Somebody runs a slash command. @throws Refusal `unknown_command`, `operation_timeout`, `dispatch_failed`. */
export async function runCommand(parts: Parts, request: CommandRequest): Promise<void> {
  const { workspace, manifest, deliveries, responseUrls, triggers } = parts;
  const person = workspace.person(request.user);
  const channel = workspace.channel(request.channel);
  const declared = manifest.commands?.find((one) => one.command === request.command);
  if (manifest.commands && !declared) throw new Refusal('unknown_command');
  const context: ResponseContext = { user: person.id, channel: channel.id };
  const outcome = await deliveries.interactive('command', request.command, {
    token: 'playground',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'direct' ? 'directmessage' : channel.name,
    user_id: person.id,
    user_name: person.name,
    command: request.command,
    text: declared?.should_escape ? typed(parts, request.text) : request.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: responseUrls.create(context),
    trigger_id: triggers.create(person.id),
  });
  const failure = failureOf(outcome);
  if (outcome.acked) {
    respond(parts, context, outcome.body);
    return;
  }
  const text = `${request.command} failed with the error "${failure}"`;
  workspace.post({ channel: channel.id, user: slackbot, text, ephemeral_to: person.id });
  throw new Refusal(failure);
}

/** Somebody uses a button, menu or the like. @throws Refusal `message_not_found`, `not_found`, `no_such_action`, … */
export async function click(parts: Parts, request: ClickRequest): Promise<void> {
  const person = parts.workspace.person(request.user);
  const { blocks, place } = request.view_id
    ? inView(parts, parts.views.find(request.view_id), person)
    : inMessage(parts, parts.workspace.message(request.channel ?? '', request.ts), person);
  const action = toAction(blocks, request);
  const outcome = await parts.deliveries.interactive('interactive', 'block_actions', {
    type: 'block_actions',
    ...common(parts, person),
    ...place,
    actions: [{ ...action, action_ts: `${(Date.now() / 1000).toFixed(3)}000` }],
  });
  if (!outcome.acked) throw new Refusal(failureOf(outcome));
}

/**
 * Somebody submits a modal. Returns the sentences of a refused input by `block_id`.
 *
 * @throws Refusal `not_found`, `operation_timeout`, `dispatch_failed`, or what is wrong with the app's answer.
 */
export async function submit(
  parts: Parts,
  request: SubmitRequest,
): Promise<Record<string, string> | undefined> {
  const { views, deliveries } = parts;
  const view = views.find(request.view_id);
  if (view.user !== request.user || view.type !== 'modal') throw new Refusal('not_found');
  const values = toInputValues(view, request.values);
  const missing = missingInputs(view, values);
  if (missing) {
    views.showErrors(view.id, missing);
    return missing;
  }
  const outcome = await deliveries.interactive('interactive', 'view_submission', {
    type: 'view_submission',
    ...common(parts, parts.workspace.person(request.user)),
    view: toApiView(view, values),
    response_urls: [],
  });
  if (!outcome.acked) throw new Refusal(failureOf(outcome));
  return follow(parts, view, outcome.body);
}

/** Somebody closes a modal; the app hears of it when it asked to. */
export function closeView(parts: Parts, user: string, viewId: string): void {
  const view = parts.views.find(viewId);
  if (view.user !== user || view.type !== 'modal') throw new Refusal('not_found');
  parts.views.close(view.id);
  if (!view.notify_on_close) return;
  void parts.deliveries.interactive('interactive', 'view_closed', {
    type: 'view_closed',
    ...common(parts, parts.workspace.person(user)),
    view: toApiView(view),
    is_cleared: false,
  });
}

/** Does what the app answered to a submission. */
function follow(parts: Parts, view: StoredView, answer: unknown) {
  const { views } = parts;
  if (!isRecord(answer) || !answer.response_action) return void views.close(view.id);
  if (answer.response_action === 'errors') {
    const errors = isRecord(answer.errors) ? answer.errors : {};
    const shown = Object.fromEntries(
      Object.entries(errors).map(([block, sentence]) => [block, String(sentence)]),
    );
    views.showErrors(view.id, shown);
    return shown;
  }
  if (answer.response_action === 'clear') views.close(view.id, { all: true });
  if (answer.response_action === 'update')
    views.update(view.id, toViewDescription(answer.view, ['modal']));
  if (answer.response_action === 'push')
    views.push(view.user, toViewDescription(answer.view, ['modal']));
  return undefined;
}

const typed = ({ workspace }: Parts, text: string) =>
  typedText(text, [...workspace.people.values()], [...workspace.channels.values()]).text;

function inMessage({ responseUrls, workspace }: Parts, message: Message, person: Person) {
  const channel = workspace.channel(message.channel);
  const hidden = message.ephemeral_to && message.ephemeral_to !== person.id;
  if (hidden || !channel.members.includes(person.id)) throw new Refusal('message_not_found');
  const thread = message.thread_ts ? { thread_ts: message.thread_ts } : {};
  const context = { user: person.id, channel: channel.id, ts: message.ts, ...thread };
  const place = {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeral_to !== undefined,
      ...thread,
    },
    channel: {
      id: channel.id,
      name: channel.kind === 'direct' ? 'directmessage' : channel.name,
    },
    message: toApiMessage(message),
    state: { values: {} },
    response_url: responseUrls.create(context),
  };
  return { blocks: message.blocks ?? [], place };
}

function inView(_parts: Parts, view: StoredView, person: Person) {
  if (view.user !== person.id) throw new Refusal('not_found');
  const place = { container: { type: 'view', view_id: view.id }, view: toApiView(view) };
  return { blocks: view.blocks, place };
}

const common = ({ triggers }: Parts, person: Person) => ({
  token: 'playground',
  api_app_id: app.id,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
  user: {
    id: person.id,
    username: person.name,
    name: person.name,
    team_id: person.team_id,
  },
  trigger_id: triggers.create(person.id),
});

function toInputValues(view: StoredView, typed: SubmitRequest['values']) {
  const values: Record<string, Record<string, unknown>> = {};
  for (const block of view.blocks) {
    const element = block.element;
    if (block.type !== 'input' || !isRecord(element) || !block.block_id) continue;
    const action = String(element.action_id ?? 'value');
    const given = Object.hasOwn(typed, block.block_id) ? typed[block.block_id] : undefined;
    const value = given && Object.hasOwn(given, action) ? given[action] : null;
    values[block.block_id] = { [action]: toInputValue(element, value ?? null) };
  }
  return values;
}

/** What Slack itself refuses, before the app hears of it. */
function missingInputs(view: StoredView, values: Record<string, Record<string, unknown>>) {
  const empty = view.blocks.filter((block) => {
    if (block.type !== 'input' || block.optional === true || !block.block_id) return false;
    const [value] = Object.values(values[block.block_id] ?? {});
    return (
      !isRecord(value) || Object.entries(value).every(([key, v]) => key === 'type' || isEmpty(v))
    );
  });
  if (empty.length === 0) return undefined;
  return Object.fromEntries(
    empty.map((block) => [String(block.block_id), 'Please complete this required field.']),
  );
}

const isEmpty = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const failureOf = (outcome: Outcome) =>
  !outcome.acked && outcome.reason.includes('timeout') ? 'operation_timeout' : 'dispatch_failed';
