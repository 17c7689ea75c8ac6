import { toText } from '../args.ts';
import type { AnyBlock, SubmitRequest } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { holdsValue, initialValue, toElementValue } from './element-values.ts';
import { elementsOf, type FormElement } from './form-elements.ts';
import type { ElementValue } from './forms.ts';

/** By `block_id`, then `action_id`: what everything holds, as payloads give it. */
export type StateValues = Record<string, Record<string, ElementValue>>;

/** One message for one person, or one view. */
export interface Form {
  /** Its name in `Forms`. */
  name: string;
  blocks: AnyBlock[];
  user: string;
}

/** What all inputs and menus hold by now: what was put in, else what they began with. */
export function stateValues(parts: Parts, form: Form): StateValues {
  const holding = elementsOf(form.blocks).filter(({ element }) => holdsValue(element));
  const byBlock = Map.groupBy(holding, ({ block }) => toText(block.block_id));
  return Object.fromEntries(
    [...byBlock].map(([block_id, found]) => [
      block_id,
      Object.fromEntries(
        found.map((one) => [toText(one.element.action_id), valueIn(parts, form, one)]),
      ),
    ]),
  );
}

export function valueIn(
  { forms }: Parts,
  form: Form,
  { block, element }: FormElement,
): ElementValue {
  const held = forms.value(form.name, toText(block.block_id), toText(element.action_id));
  return held && held.type === element.type ? held : initialValue(element);
}

/** Puts in what a person typed and picked; what is not there is passed over. @throws Refusal `no_such_option`, … */
export function fillIn(parts: Parts, form: Form, values: SubmitRequest['values'] = {}): void {
  for (const { block, element } of elementsOf(form.blocks)) {
    const ofBlock = own(values, toText(block.block_id));
    const picked = ofBlock && own(ofBlock, toText(element.action_id));
    if (picked !== undefined && holdsValue(element)) putIn(parts, form, { block, element }, picked);
  }
}

/** Puts one value in, and gives it as payloads do. @throws Refusal `no_such_option`, … */
export function putIn(
  parts: Parts,
  form: Form,
  { block, element }: FormElement,
  picked: string | string[] | null,
): ElementValue {
  const block_id = toText(block.block_id);
  const action_id = toText(element.action_id);
  const offered = (value: string) => parts.forms.offered(form.name, block_id, action_id, value);
  const value = toElementValue(element, picked, { parts, user: form.user, offered });
  if (holdsValue(element)) parts.forms.hold(form.name, block_id, action_id, value);
  return value;
}

const own = <T>(record: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
