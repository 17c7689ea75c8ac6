import { isRecord } from '../args.ts';
import type { ClickRequest } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import {
  actingPerson,
  actionTs,
  deliverInteraction,
  interaction,
  triggerOf,
} from './deliver-interaction.ts';
import { heldIn, takesValue } from './element-values.ts';
import { type Element, type FormElement, findElement } from './form-elements.ts';
import { fillIn, putIn } from './form-state.ts';
import { elementFault } from './input-faults.ts';
import { type Place, placeOf } from './place-of.ts';

/**
 * Somebody uses a button, menu, or an input that tells the app at once.
 *
 * @throws Refusal `message_not_found`, `not_found`, `no_such_action`, `no_such_option`, `operation_timeout`, …
 */
export async function click(parts: Parts, request: ClickRequest): Promise<void> {
  const person = actingPerson(parts, request.user);
  const place = placeOf(parts, person, request);
  const { app, form, fields, response, channel } = place;
  const used = findElement(form.blocks, request);
  if (used.block.type === 'input' && used.block.dispatch_action !== true)
    throw new Refusal('no_such_action', ['this input tells the app only when it is submitted']);
  fillIn(parts, form, request.values);
  const action = toAction(parts, place, used, request.value);
  await deliverInteraction(app, 'interactive', 'block_actions', {
    ...interaction('block_actions', person),
    api_app_id: app.id,
    ...triggerOf(parts, person, app, channel),
    ...fields(used.block),
    ...(response && { response_url: parts.responseUrls.create(response) }),
    actions: [action],
  });
}

function toAction(
  parts: Parts,
  { form }: Place,
  used: FormElement,
  picked: ClickRequest['value'],
): Record<string, unknown> {
  const { block, element } = used;
  const base = {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    ...described(element),
    action_ts: actionTs(),
  };
  if (element.type === 'feedback_buttons') return { ...base, ...feedback(element, picked) };
  if (!takesValue(element)) return base;
  const value = putIn(parts, form, used, picked ?? null);
  // A text is told while it is being typed, so its rules count only when it is submitted.
  const fault = Array.isArray(heldIn(value)) && elementFault(element, value, parts.limits);
  if (fault) throw new Refusal('invalid_arguments', [fault]);
  return { ...base, ...value };
}

/** What Slack repeats of the element itself. */
function described(element: Element): Record<string, unknown> {
  const own = Object.entries(element).filter(
    ([name, value]) => value !== undefined && (repeated.has(name) || name.startsWith('initial_')),
  );
  return Object.fromEntries(own);
}

const repeated = new Set([
  'text',
  'value',
  'url',
  'style',
  'icon',
  'confirm',
  'placeholder',
  'min_query_length',
]);

function feedback(element: Element, picked: ClickRequest['value']) {
  const buttons = [element.positive_button, element.negative_button].filter(isRecord);
  const chosen = buttons.find((button) => button.value === picked) ?? buttons[0];
  return { value: chosen?.value, text: chosen?.text };
}
