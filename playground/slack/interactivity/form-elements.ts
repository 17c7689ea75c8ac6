import { elementsOf as partsOf, withChildren } from '../blocks/block-ids.ts';
import type { AnyBlock } from '../control-types.ts';
import { Refusal } from '../refusal.ts';

export type Element = Record<string, unknown>;

/** Something that reacts, and the block that it stands in. */
export interface FormElement {
  block: AnyBlock;
  element: Element;
}

/** Every button, menu and input of a message or view, in the order in which people see them. */
export function elementsOf(blocks: readonly AnyBlock[]): FormElement[] {
  return blocks
    .flatMap((block) => withChildren(block, ''))
    .flatMap(([block]) =>
      partsOf(block, '')
        .filter(([element]) => typeof element.action_id === 'string')
        .map(([element]) => ({ block, element })),
    );
}

/** By `action_id`, and by `block_id` where one is given. @throws Refusal `no_such_action`. */
export function findElement(
  blocks: readonly AnyBlock[],
  { action_id, block_id }: { action_id: string; block_id?: string },
): FormElement {
  const found = elementsOf(blocks).find(
    ({ block, element }) =>
      element.action_id === action_id && (!block_id || block.block_id === block_id),
  );
  if (!found) throw new Refusal('no_such_action', [`nothing here has the action_id ${action_id}`]);
  return found;
}
