import type { AnyBlock, SubmitRequest } from '../../../slack/control-types.ts';
import { initialValue, type Picked } from './initial-value.ts';
import { field, listField, stringField } from './text-object.ts';

/** What a person put into the controls of a message or view, by `formKey`. What nobody touched is not in it. */
export type FormValues = ReadonlyMap<string, Picked>;

/** A control's name in its message or view. */
export const formKey = (blockId: string, actionId: string) => JSON.stringify([blockId, actionId]);

/**
 * The values that stay after the app changed the blocks: those whose `block_id` and `action_id` stayed.
 *
 * Slack keeps what was put into a modal whatever the new blocks say (`keepAll`). Elsewhere a changed initial value wins: the
 * playground names unnamed blocks by their place, where Slack gives them a new id and so forgets.
 */
export function keptValues(
  values: FormValues,
  before: readonly AnyBlock[],
  after: readonly AnyBlock[],
  keepAll: boolean,
): FormValues {
  if (values.size === 0) return values;
  const old = initialValues(before);
  const initials = initialValues(after);
  const isSame = (key: string) =>
    JSON.stringify(old.get(key)) === JSON.stringify(initials.get(key));
  return new Map([...values].filter(([key]) => initials.has(key) && (keepAll || isSame(key))));
}

/** The values as the control API takes them: by `block_id`, then `action_id`. */
export function toRequestValues(values: FormValues): SubmitRequest['values'] {
  const named = [...values].map(([key, value]) => {
    const [blockId, actionId] = JSON.parse(key) as [string, string];
    return { blockId, entry: [actionId, value] as const };
  });
  return Object.fromEntries(
    [...Map.groupBy(named, ({ blockId }) => blockId)].map(([blockId, own]) => [
      blockId,
      Object.fromEntries(own.map(({ entry }) => entry)),
    ]),
  );
}

/** By `formKey`, what every control in the blocks, and in the blocks inside of them, holds at first. */
function initialValues(blocks: readonly unknown[]): FormValues {
  const all = blocks.flatMap((block) => [block, ...listField(block, 'child_blocks')]);
  return new Map(
    all.flatMap((block) => {
      const blockId = stringField(block, 'block_id') ?? '';
      const elements = [
        field(block, 'accessory'),
        field(block, 'element'),
        ...listField(block, 'elements'),
      ];
      return elements.flatMap((element) => {
        const value = initialValue(element);
        const key = formKey(blockId, stringField(element, 'action_id') ?? '');
        return value === undefined ? [] : [[key, value] as const];
      });
    }),
  );
}
