import { toText } from '../args.ts';
import type { AnyBlock, Limits } from '../control-types.ts';
import { heldIn, isEmptyValue } from './element-values.ts';
import { type Element, elementsOf } from './form-elements.ts';
import type { ElementValue } from './forms.ts';

const MAX_TYPED = 3_000;
const MAX_FILES = 10;

/** How a value breaks the rules of its element, as a sentence; undefined when it keeps them. The sentences are guesses at Slack's. */
type Rule = (value: unknown, element: Element, limits: Limits) => string | undefined;

/**
 * What Slack itself refuses about a modal's input, before the app hears of it: sentences by `block_id`, or undefined.
 *
 * `held` gives what an element holds.
 */
export function inputFaults(
  blocks: readonly AnyBlock[],
  held: (block: AnyBlock, element: Element) => ElementValue,
  limits: Limits,
): Record<string, string> | undefined {
  const faults = elementsOf(blocks).flatMap(({ block, element }) => {
    if (block.type !== 'input') return [];
    const value = held(block, element);
    const fault = isEmptyValue(value)
      ? block.optional !== true && 'Please complete this required field.'
      : elementFault(element, value, limits);
    return fault ? [[toText(block.block_id), fault]] : [];
  });
  return faults.length > 0 ? Object.fromEntries(faults) : undefined;
}

/** What is wrong with one value that is not empty. */
export function elementFault(
  element: Element,
  value: ElementValue,
  limits: Limits,
): string | undefined {
  const type = toText(element.type);
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  return rule?.(heldIn(value), element, limits);
}

const length: Rule = (value, { min_length, max_length }, limits) => {
  const { length } = toText(value);
  const max = Math.min(numberOr(max_length, Infinity), limits.sizes ? MAX_TYPED : Infinity);
  if (length < numberOr(min_length, 0)) return `Please enter at least ${min_length} characters.`;
  if (length > max) return `Please enter no more than ${max} characters.`;
};

const email: Rule = (value) =>
  /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(toText(value))
    ? undefined
    : 'Please enter a valid email address.';

const url: Rule = (value) => {
  const link = URL.parse(toText(value));
  return link && /^https?:$/.test(link.protocol) ? undefined : 'Please enter a valid URL.';
};

const number: Rule = (value, { is_decimal_allowed, min_value, max_value }) => {
  const typed = toText(value);
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(typed)) return 'Please enter a valid number.';
  if (is_decimal_allowed !== true && typed.includes('.')) return 'Please enter a whole number.';
  if (Number(typed) < numberOr(min_value, -Infinity))
    return `Please enter a number that is at least ${min_value}.`;
  if (Number(typed) > numberOr(max_value, Infinity))
    return `Please enter a number that is at most ${max_value}.`;
};

const selected: Rule = (value, { max_selected_items }) =>
  Array.isArray(value) && value.length > numberOr(max_selected_items, Infinity)
    ? `Please select no more than ${max_selected_items} items.`
    : undefined;

const files: Rule = (value, { max_files, filetypes }) => {
  const all = value as { filetype: string; name: string }[];
  const max = numberOr(max_files, MAX_FILES);
  if (all.length > max) return `Please upload no more than ${max} files.`;
  const allowed = Array.isArray(filetypes) ? filetypes.map(String) : [];
  const odd = allowed.length > 0 && all.find(({ filetype }) => !allowed.includes(filetype));
  return odd ? `${odd.name} is not of an allowed type: ${allowed.join(', ')}.` : undefined;
};

const rules: Record<string, Rule> = {
  plain_text_input: length,
  email_text_input: email,
  url_text_input: url,
  number_input: number,
  multi_static_select: selected,
  multi_external_select: selected,
  multi_users_select: selected,
  multi_channels_select: selected,
  multi_conversations_select: selected,
  file_input: files,
};

function numberOr(value: unknown, fallback: number): number {
  const number = Number(toText(value) || Number.NaN);
  return Number.isNaN(number) ? fallback : number;
}
