import { isDeep, isRecord } from '../args.ts';
import type { AnyBlock, Limits } from '../control-types.ts';
import { toLimits } from '../limits/limits.ts';
import { Refusal } from '../refusal.ts';
import { type Faults, fault } from './block-checks.ts';
import { idFaults, withIds } from './block-ids.ts';
import { checkSizes } from './block-sizes.ts';
import { blockFaults, type Surface } from './layout-blocks.ts';

const MAX_BLOCKS = { message: 50, modal: 100, home: 100 } as const;
const MAX_FAULTS = 100;

/** What blocks are a part of: how its pointers begin, and Slack's word when they are broken. */
export interface BlocksPlace {
  path: string;
  error: string;
  /** Begins the ids of blocks that have none. */
  prefix?: string;
}

const inMessage: BlocksPlace = { path: '/blocks', error: 'invalid_blocks' };
const inView: BlocksPlace = { path: '/view/blocks', error: 'invalid_arguments' };

/**
 * Checks blocks as Slack does, as far as `limits` says, and gives ids to those without.
 *
 * @throws Refusal `invalid_blocks`, of a view `invalid_arguments`; `msg_blocks_too_long`, `msg_too_long` (Markdown),
 * `invalid_attachments` (two tables).
 */
export function checkBlocks(
  value: unknown,
  limits: Pick<Limits, 'blocks' | 'sizes'> = toLimits(),
  surface: Surface = 'message',
  place = surface === 'message' ? inMessage : inView,
): AnyBlock[] {
  const { path, error, prefix = '' } = place;
  const faults = limits.blocks ? allFaults(value, surface, path) : shapeFaults(value, path);
  if (faults.length > 0) throw new Refusal(error, faults, { errors: faults });
  const blocks = value as AnyBlock[];
  if (surface === 'message') checkSizes(blocks, limits);
  return blocks.map((block, index) => withIds(block, `${prefix}${index}`));
}

function allFaults(value: unknown, surface: Surface, path: string): Faults {
  const shapeless = shapeFaults(value, path);
  if (shapeless.length > 0) return shapeless;
  const blocks = value as AnyBlock[];
  const max = MAX_BLOCKS[surface];
  if (blocks.length > max) return fault(`no more than ${max} items allowed`, path);
  const faults = blocks.flatMap((one, index) => blockFaults(one, `${path}/${index}`, surface));
  return (faults.length > 0 ? faults : idFaults(blocks, path)).slice(0, MAX_FAULTS);
}

/** The least that blocks have to be: objects with a type, which one can recurse over. */
function shapeFaults(value: unknown, path: string): Faults {
  if (!Array.isArray(value)) return fault('must be an array', path);
  if (isDeep(value)) return fault('is nested too deeply', path);
  const odd = value.findIndex((one) => !isRecord(one));
  if (odd >= 0) return fault('must provide an object', `${path}/${odd}`);
  const untyped = value.findIndex(({ type }) => typeof type !== 'string');
  return untyped >= 0 ? fault('missing required field: type', `${path}/${untyped}`) : [];
}
