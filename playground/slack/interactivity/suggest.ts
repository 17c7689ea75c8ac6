import { isRecord, toText } from '../args.ts';
import { menuOptionGroups, menuOptions } from '../blocks/composition-objects.ts';
import type { SuggestRequest } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { actingPerson, deliverInteraction, interaction } from './deliver-interaction.ts';
import { findElement } from './form-elements.ts';
import { placeOf } from './place-of.ts';

/** How many characters must be typed where the element does not say. */
const MIN_QUERY_LENGTH = 3;

/** What an external menu offers: plain options or groups of them. */
export interface Suggestions {
  options: unknown[];
  option_groups?: unknown[];
}

/**
 * Somebody types into an external menu. Below its `min_query_length` the app is not asked and nothing offered.
 *
 * @throws Refusal `no_such_action`, `operation_timeout`, `dispatch_failed`, or `invalid_options` when the answer is none.
 */
export async function suggest(parts: Parts, request: SuggestRequest): Promise<Suggestions> {
  const person = actingPerson(parts, request.user);
  const { app, form, fields } = placeOf(parts, person, request);
  const { block, element } = findElement(form.blocks, request);
  const type = toText(element.type);
  if (!['external_select', 'multi_external_select'].includes(type))
    throw new Refusal('no_such_action', [`${type} has no suggestions`]);
  if (request.value.length < Number(toText(element.min_query_length ?? MIN_QUERY_LENGTH)))
    return { options: [] };
  const block_id = toText(block.block_id);
  const action_id = toText(element.action_id);
  const { state: _, ...place } = fields(block);
  const answer = await deliverInteraction(app, 'suggestion', 'block_suggestion', {
    ...interaction('block_suggestion', person),
    api_app_id: app.id,
    action_id,
    block_id,
    value: request.value,
    ...place,
  });
  const offered = toSuggestions(answer);
  const groups = (offered.option_groups ?? []) as { options: unknown[] }[];
  const all = [...offered.options, ...groups.flatMap(({ options }) => options)];
  parts.forms.offer(form.name, block_id, action_id, all);
  return offered;
}

/** Reads an app's answer. @throws Refusal `invalid_options` saying what is wrong with it. */
function toSuggestions(answer: unknown): Suggestions {
  if (!isRecord(answer)) throw new Refusal('invalid_options', ['the app answered no options']);
  const { options, option_groups } = answer;
  if ((options === undefined) === (option_groups === undefined))
    throw new Refusal('invalid_options', ['either options or option_groups, and not both']);
  const list = options ?? option_groups;
  if (Array.isArray(list) && list.length === 0) return { options: [] };
  const faults =
    options === undefined
      ? menuOptionGroups(list, '/option_groups')
      : menuOptions(list, '/options');
  if (faults.length > 0 || !Array.isArray(list)) throw new Refusal('invalid_options', faults);
  return options === undefined ? { options: [], option_groups: list } : { options: list };
}
