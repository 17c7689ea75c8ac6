import { isRecord } from '../args.ts';
import type { AnyBlock } from '../control-types.ts';
import { type Faults, fault } from './block-checks.ts';

/** A part of a payload and where it stands. */
type Placed = [part: AnyBlock, path: string];

const placed = (value: unknown, path: string): Placed[] =>
  isRecord(value) ? [[value as AnyBlock, path]] : [];

const eachPlaced = (value: unknown, path: string): Placed[] =>
  Array.isArray(value) ? value.flatMap((one, index) => placed(one, `${path}/${index}`)) : [];

/** A block and the blocks in it. Containers hold blocks, carousels cards. */
export function withChildren(block: AnyBlock, path: string): Placed[] {
  const cards = block.type === 'carousel' ? eachPlaced(block.elements, `${path}/elements`) : [];
  return [[block, path], ...eachPlaced(block.child_blocks, `${path}/child_blocks`), ...cards];
}

/** The parts of a block that may have an `action_id`. */
export const elementsOf = (block: AnyBlock, path: string): Placed[] => [
  ...placed(block.element, `${path}/element`),
  ...placed(block.accessory, `${path}/accessory`),
  ...eachPlaced(block.elements, `${path}/elements`),
  ...eachPlaced(block.actions, `${path}/actions`),
];

/** Ids that stand twice where they have to be unique: `block_id` in all, `action_id` in one block. One element alone has the focus. */
export function idFaults(blocks: AnyBlock[], path: string): Faults {
  const all = blocks.flatMap((block, index) => withChildren(block, `${path}/${index}`));
  const parts = all.map(([block, path]) => elementsOf(block, path));
  return [
    ...repeated(all, 'block_id'),
    ...parts.flatMap((elements) => repeated(elements, 'action_id')),
    ...parts
      .flat()
      .filter(([element]) => element.focus_on_load === true)
      .slice(1)
      .flatMap(([, path]) => fault('only one element may have it', `${path}/focus_on_load`)),
  ];
}

function repeated(items: Placed[], name: string): Faults {
  const seen = new Set<unknown>();
  return items.flatMap(([item, path]) => {
    const id = item[name];
    const isNew = !id || !seen.has(id);
    seen.add(id);
    return isNew ? [] : fault(`\`${name}\` already exists`, `${path}/${name}`);
  });
}

/** Slack names what the app left unnamed: after its `place`, so that an edit keeps what did not move. */
export function withIds(block: AnyBlock, place: string): AnyBlock {
  const copy: AnyBlock = { ...block, block_id: block.block_id || `block-${place}` };
  if (isRecord(copy.element)) copy.element = withAction(copy.element, `${place}-0`);
  if (isRecord(copy.accessory) && copy.accessory.type !== 'image')
    copy.accessory = withAction(copy.accessory, `${place}-0`);
  const inside = (name: string, named: (one: AnyBlock, place: string) => unknown) => {
    const parts = copy[name];
    if (Array.isArray(parts))
      copy[name] = parts.map((one: unknown, at) =>
        isRecord(one) ? named(one as AnyBlock, `${place}-${at}`) : one,
      );
  };
  for (const [type, name] of holders) if (copy.type === type) inside(name, withAction);
  inside('child_blocks', withIds);
  if (copy.type === 'carousel') inside('elements', withIds);
  return copy;
}

/** Blocks with lists of what can react. */
const holders = [
  ['actions', 'elements'],
  ['context_actions', 'elements'],
  ['card', 'actions'],
] as const;

const withAction = (element: Record<string, unknown>, place: string) => ({
  ...element,
  action_id: element.action_id || `action-${place}`,
});
