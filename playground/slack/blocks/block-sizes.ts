import { toText } from '../args.ts';
import type { AnyBlock, Limits } from '../control-types.ts';
import { Refusal } from '../refusal.ts';
import { withChildren } from './block-ids.ts';
import { tableChars } from './table-blocks.ts';

const MAX_MARKDOWN = 12_000;
/** Characters in all cells, of one table and of all in a message. */
const maxTableChars = { table: 10_000, data_table: 20_000 } as const;
const MAX_CHARTS = 2;
/** Slack's undocumented limit of a message's blocks as JSON. Tables and charts have limits of their own and don't count. */
const MAX_PAYLOAD = 13_200;
const uncounted = ['table', 'data_table', 'data_visualization'];

/**
 * What a message's blocks may be together.
 *
 * @throws Refusal `invalid_blocks`, `msg_blocks_too_long`, `msg_too_long` (Markdown), `invalid_attachments` (two tables).
 */
export function checkSizes(blocks: AnyBlock[], limits: Pick<Limits, 'blocks' | 'sizes'>): void {
  if (limits.blocks) checkNumbers(blocks);
  if (!limits.sizes) return;
  // Only valid tables have cells that can be counted.
  if (limits.blocks) checkTables(blocks);
  const markdown = ofType(blocks, 'markdown');
  if (markdown.reduce((sum, block) => sum + toText(block.text).length, 0) > MAX_MARKDOWN)
    throw new Refusal('msg_too_long');
  const counted = blocks.filter((block) => !uncounted.includes(block.type));
  if (JSON.stringify(counted).length > MAX_PAYLOAD) throw new Refusal('msg_blocks_too_long');
}

function checkNumbers(blocks: AnyBlock[]): void {
  if (ofType(blocks, 'table').length > 1)
    throw new Refusal('invalid_attachments', ['only_one_table_allowed']);
  if (ofType(blocks, 'data_visualization').length > MAX_CHARTS)
    throw new Refusal('invalid_blocks', [`no more than ${MAX_CHARTS} data_visualization blocks`]);
}

function checkTables(blocks: AnyBlock[]): void {
  for (const [type, max] of Object.entries(maxTableChars))
    if (ofType(blocks, type).reduce((sum, block) => sum + tableChars(block), 0) > max)
      throw new Refusal('invalid_blocks', [`${type} must be less than ${max + 1} characters`]);
}

/** The blocks of a type, those in containers too. */
const ofType = (blocks: AnyBlock[], type: string) =>
  blocks
    .flatMap((block) => withChildren(block, ''))
    .flatMap(([one]) => (one.type === type ? one : []));
