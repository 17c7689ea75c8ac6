import { isRecord } from './args.ts';
import type { AnyBlock, ClickRequest } from './control-types.ts';
import { Refusal } from './refusal.ts';

type Element = Record<string, unknown>;
type Picked = string | string[] | null;

/** The `actions[0]` of a `block_actions` payload for what a person did. @throws Refusal `no_such_action`, `no_such_option`. */
export function toAction(blocks: AnyBlock[], request: ClickRequest): Record<string, unknown> {
  const { block, element } = find(blocks, request);
  const base = { action_id: request.action_id, block_id: block.block_id, type: element.type };
  if (element.type === 'button' || element.type === 'icon_button')
    return {
      ...base,
      text: element.text,
      ...(element.value !== undefined && { value: element.value }),
    };
  if (element.type === 'feedback_buttons') return { ...base, ...feedback(element, request.value) };
  return { ...base, ...toInputValue(element, request.value ?? null) };
}

/** How an element's value stands in `view.state.values`. @throws Refusal `no_such_option`. */
export function toInputValue(element: Element, picked: Picked): Record<string, unknown> {
  const type = String(element.type);
  const field = fields[type] ?? 'value';
  if (field === 'selected_option')
    return {
      type,
      [field]: picked === null || picked === '' ? null : option(element, one(picked)),
    };
  if (field === 'selected_options')
    return { type, [field]: many(picked).map((value) => option(element, value)) };
  const several = field.startsWith('selected_') && field.endsWith('s');
  return { type, [field]: several ? many(picked) : picked && one(picked) };
}

/** Where each kind of element keeps what was picked; all others in `value`. */
const fields: Record<string, string> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  overflow: 'selected_option',
  multi_static_select: 'selected_options',
  checkboxes: 'selected_options',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
};

function find(blocks: AnyBlock[], { action_id, block_id }: ClickRequest) {
  for (const block of blocks) {
    if (block_id && block.block_id !== block_id) continue;
    const elements = [block.elements, block.accessory, block.element].flat().filter(isRecord);
    const element = elements.find((one) => one.action_id === action_id);
    if (element) return { block, element };
  }
  throw new Refusal('no_such_action');
}

function feedback(element: Element, picked: Picked | undefined) {
  const buttons = [element.positive_button, element.negative_button].filter(isRecord);
  const chosen = buttons.find((button) => button.value === picked) ?? buttons[0];
  return { value: chosen?.value, text: chosen?.text };
}

function option(element: Element, value: string): unknown {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const options = [element.options, ...groups.map((group) => isRecord(group) && group.options)];
  const found = options.flat().find((one) => isRecord(one) && one.value === value);
  if (!found) throw new Refusal('no_such_option');
  return found;
}

const one = (picked: string | string[]) => (Array.isArray(picked) ? (picked[0] ?? '') : picked);
const many = (picked: Picked) => (picked === null || picked === '' ? [] : [picked].flat());
