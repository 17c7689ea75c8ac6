import type { SubmitRequest } from '../../../slack/control-types.ts';
import { field, listField, plainText, stringField } from './text-object.ts';

/** What a control holds: an option's value, ids, a text; null while there is nothing. */
export type Picked = SubmitRequest['values'][string][string];

type Read = (element: unknown) => Picked;

const text: Read = (element) => stringField(element, 'initial_value') ?? null;
const own =
  (name: string): Read =>
  (element) =>
    stringField(element, name) ?? null;
const ids =
  (name: string): Read =>
  (element) =>
    listField(element, name).filter((id) => typeof id === 'string');
const option: Read = (element) => optionValue(field(element, 'initial_option'));
const options: Read = (element) =>
  listField(element, 'initial_options')
    .map(optionValue)
    .filter((value) => value !== null);

const optionValue = (option: unknown) => stringField(option, 'value') ?? null;

/** How each kind of element that holds something says what it holds at first. */
const reads: Record<string, Read> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: (element) => richText(field(element, 'initial_value')) || null,
  static_select: option,
  external_select: option,
  radio_buttons: option,
  multi_static_select: options,
  multi_external_select: options,
  checkboxes: options,
  users_select: own('initial_user'),
  channels_select: own('initial_channel'),
  conversations_select: own('initial_conversation'),
  multi_users_select: ids('initial_users'),
  multi_channels_select: ids('initial_channels'),
  multi_conversations_select: ids('initial_conversations'),
  datepicker: own('initial_date'),
  timepicker: own('initial_time'),
  datetimepicker: (element) => {
    const seconds = field(element, 'initial_date_time');
    return typeof seconds === 'number' ? String(seconds) : null;
  },
  file_input: () => [],
};

/** What an element holds at first; undefined for one that holds nothing, such as a button. */
export function initialValue(element: unknown): Picked | undefined {
  const type = stringField(element, 'type') ?? '';
  return Object.hasOwn(reads, type) ? reads[type]?.(element) : undefined;
}

/** A `rich_text` block as plain text: a line per part and per item of a list. */
function richText(block: unknown): string {
  return listField(block, 'elements').map(richTextPart).join('\n');
}

function richTextPart(part: unknown): string {
  const isList = stringField(part, 'type') === 'rich_text_list';
  const inner = listField(part, 'elements');
  if (isList) return inner.map(richTextPart).join('\n');
  return inner.map((one) => plainText(one) || (stringField(one, 'url') ?? '')).join('');
}
