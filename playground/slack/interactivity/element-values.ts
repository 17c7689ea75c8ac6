import { isRecord, toText } from '../args.ts';
import type { SubmitRequest } from '../control-types.ts';
import { typedText } from '../messages/typed-text.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Element } from './form-elements.ts';
import type { ElementValue } from './forms.ts';

/** What a person typed or picked: a text, an option's value, an id, a date; several of them; null for nothing. */
export type Picked = SubmitRequest['values'][string][string];

/** What a value may refer to. */
export interface ValueSource {
  parts: Parts;
  /** Whose value it is. */
  user: string;
  /** An option that an external menu offered before. */
  offered: (value: string) => unknown;
}

/** Where a kind of element keeps its value and its first value, and what a single pick becomes there. */
interface Kind {
  field: string;
  initial: string;
  several?: true;
  read: (picked: string, element: Element, source: ValueSource) => unknown;
}

/** How an element's value stands in `state.values`. @throws Refusal `no_such_option`, `user_not_found`, … */
export function toElementValue(
  element: Element,
  picked: Picked,
  source: ValueSource,
): ElementValue {
  const { field, several, read } = kindOf(element);
  const picks = new Set(picked === null ? [] : [picked].flat());
  picks.delete('');
  const values = [...picks].map((one) => read(one, element, source));
  return { type: toText(element.type), [field]: several ? values : (values[0] ?? null) };
}

/** What an element holds before anybody touched it. */
export function initialValue(element: Element): ElementValue {
  const { field, initial, several } = kindOf(element);
  return { type: toText(element.type), [field]: element[initial] ?? (several ? [] : null) };
}

/** False for what only reacts: buttons and overflow menus. */
export const holdsValue = (element: Element) =>
  Object.hasOwn(kinds, toText(element.type)) && element.type !== 'overflow';

/** Whether an element can be used with a value at all. */
export const takesValue = (element: Element) => Object.hasOwn(kinds, toText(element.type));

/** What an element holds, out of its place in `state.values`: a text, an id, an option, or several. */
export function heldIn({ type: _, ...fields }: ElementValue): unknown {
  return Object.values(fields)[0];
}

export const isEmptyValue = (value: ElementValue) => {
  const held = heldIn(value);
  return (
    held === null || held === undefined || held === '' || (Array.isArray(held) && !held.length)
  );
};

const text: Kind = { field: 'value', initial: 'initial_value', read: (picked) => picked };

const richText: Kind = {
  field: 'rich_text_value',
  initial: 'initial_value',
  read: (picked, _element, { parts: { workspace } }) => {
    const { blocks } = typedText(picked, workspace);
    const [{ block_id: _, ...block } = {}] = blocks as Record<string, unknown>[];
    return block;
  },
};

const option: Kind = {
  field: 'selected_option',
  initial: 'initial_option',
  read: (picked, element, { offered }) => {
    const found = optionsIn(element).find((one) => isRecord(one) && one.value === picked);
    const known = found ?? offered(picked);
    if (!known) throw new Refusal('no_such_option', [`there is no option ${picked}`]);
    return known;
  },
};

const options: Kind = {
  ...option,
  field: 'selected_options',
  initial: 'initial_options',
  several: true,
};

const person = pick('user', (id, { workspace }) => workspace.person(id).id);
const channel = pick('channel', (id, { workspace }) => workspace.channel(id).id);
const conversation = pick('conversation', (id, { workspace }) => workspace.channel(id).id);

const kinds: Record<string, Kind> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: richText,
  static_select: option,
  external_select: option,
  radio_buttons: option,
  overflow: option,
  multi_static_select: options,
  multi_external_select: options,
  checkboxes: options,
  users_select: person.one,
  multi_users_select: person.many,
  channels_select: channel.one,
  multi_channels_select: channel.many,
  conversations_select: conversation.one,
  multi_conversations_select: conversation.many,
  datepicker: moment('selected_date', 'initial_date', /^\d{4}-\d{2}-\d{2}$/),
  timepicker: moment('selected_time', 'initial_time', /^([01]\d|2[0-3]):[0-5]\d$/),
  datetimepicker: moment('selected_date_time', 'initial_date_time', /^\d{10}$/, Number),
  file_input: {
    field: 'files',
    // No input begins with a file.
    initial: '',
    several: true,
    read: (id, _element, { parts: { files }, user }) => files.ofPerson(id, user),
  },
};

function kindOf(element: Element): Kind {
  const type = toText(element.type);
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!kind) throw new Refusal('no_such_action', [`${type} holds no value`]);
  return kind;
}

/** A menu of people or places: `selected_user` and `selected_users`. */
function pick(
  name: string,
  check: (id: string, parts: Parts) => string,
): Record<'one' | 'many', Kind> {
  const read: Kind['read'] = (id, _element, { parts }) => check(id, parts);
  return {
    one: { field: `selected_${name}`, initial: `initial_${name}`, read },
    many: { field: `selected_${name}s`, initial: `initial_${name}s`, several: true, read },
  };
}

function moment(
  field: string,
  initial: string,
  pattern: RegExp,
  convert: (picked: string) => unknown = (picked) => picked,
): Kind {
  const read = (picked: string) => {
    const isDate = field !== 'selected_date' || !Number.isNaN(Date.parse(picked));
    if (pattern.test(picked) && isDate) return convert(picked);
    throw new Refusal('invalid_arguments', [`${picked} is no ${field.replace('selected_', '')}`]);
  };
  return { field, initial, read };
}

/** All options of an element, in groups or not; those that it begins with count, as an external menu has no others. */
function optionsIn(element: Element): unknown[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  return [
    element.options,
    ...groups.map((group) => isRecord(group) && group.options),
    element.initial_option,
    element.initial_options,
  ].flat();
}
