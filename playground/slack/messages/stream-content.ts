import { checkBlocks } from '../blocks/blocks.ts';
import type { AnyBlock, Limits } from '../control-types.ts';
import { freshId } from '../identifiers.ts';
import { Refusal } from '../refusal.ts';
import type { Chunk } from './stream-chunks.ts';

const MAX_BLOCKS = 50;
const MAX_TASKS_DRAWN = 50;
/** Undocumented; measured between 10,600 and 11,300. The documented 12,000 characters a call never come to bear. */
const MAX_BYTES = 11_000;

type Task = Omit<Extract<Chunk, { type: 'task_update' }>, 'type'>;
type Piece =
  | { type: 'markdown'; text: string }
  | { type: 'plan'; title: string }
  | ({ type: 'task' } & Task)
  | { type: 'blocks'; blocks: AnyBlock[] };

/** What was streamed so far, in the order in which people see it. Never changed in place. */
export type StreamContent = readonly Piece[];

/** How tasks are shown: as cards between the text, or together in a plan. */
export type TaskDisplay = 'timeline' | 'plan';

/**
 * Adds what one call says: text goes on where it ended, a task or plan that is known is changed where it stands.
 *
 * @throws Refusal `msg_too_long` past 11,000 bytes in all, `msg_blocks_too_many`, `invalid_blocks`, `internal_error` (file blocks).
 */
export function addChunks(content: StreamContent, chunks: Chunk[], limits: Limits): StreamContent {
  const count = blocksOf(content).length + chunks.flatMap(blocksIn).length;
  if (limits.blocks && count > MAX_BLOCKS) throw new Refusal('msg_blocks_too_many');
  const added = chunks.reduce((pieces, chunk) => addChunk(pieces, chunk, limits), content);
  if (limits.sizes && bytesOf(added) > MAX_BYTES) throw new Refusal('msg_too_long');
  // Some limits hold for all blocks of a message together.
  if (chunks.flatMap(blocksIn).length > 0) checkBlocks(blocksOf(added), limits);
  return added;
}

/** A stream's end: tasks that are not done will never be, and show as failed. */
export const endTasks = (content: StreamContent): StreamContent =>
  content.map((piece) =>
    piece.type === 'task' && piece.status !== 'complete' ? { ...piece, status: 'error' } : piece,
  );

/** The blocks that the page draws. */
export function toBlocks(content: StreamContent, display: TaskDisplay): AnyBlock[] {
  const cards = content.flatMap((piece) => (piece.type === 'task' ? [toCard(piece)] : []));
  const drawn = cards.slice(0, MAX_TASKS_DRAWN);
  const plan = toPlan(content, drawn);
  // The plan stands where its first part was.
  const planAt = content.findIndex(({ type }) => type === 'task' || type === 'plan');
  return content.flatMap((piece, index): AnyBlock[] => {
    if (piece.type === 'blocks') return piece.blocks;
    if (piece.type === 'markdown')
      return [{ type: 'markdown', block_id: `text-${index}`, text: piece.text }];
    if (display === 'plan') return index === planAt ? [plan] : [];
    return piece.type === 'task' ? drawn.filter((card) => card.task_id === piece.id) : [];
  });
}

/** Its Markdown alone, for those who read no blocks. */
export const textOf = (content: StreamContent): string =>
  content.flatMap((piece) => (piece.type === 'markdown' ? [piece.text] : [])).join('\n');

function addChunk(content: StreamContent, chunk: Chunk, limits: Limits): StreamContent {
  if (isEmpty(chunk)) return content;
  if (chunk.type === 'blocks')
    return [...content, { type: 'blocks', blocks: named(chunk.blocks, limits) }];
  if (chunk.type === 'markdown_text') {
    const last = content.at(-1);
    if (last?.type !== 'markdown') return [...content, { type: 'markdown', text: chunk.text }];
    return [...content.slice(0, -1), { ...last, text: last.text + chunk.text }];
  }
  if (chunk.type === 'plan_update') {
    const plan = { ...chunk, type: 'plan' as const };
    const known = content.findIndex(({ type }) => type === 'plan');
    return known < 0 ? [...content, plan] : content.with(known, plan);
  }
  const known = content.findIndex((piece) => piece.type === 'task' && piece.id === chunk.id);
  const before = content[known];
  if (before?.type !== 'task') return [...content, { ...chunk, type: 'task' }];
  return content.with(known, joined(before, chunk));
}

/** Title and status replace, details and output go on. Sources replace, too: a guess. */
function joined(before: Task, { type: _, ...next }: Task & { type: string }): Piece {
  const details = (before.details ?? '') + (next.details ?? '');
  const output = (before.output ?? '') + (next.output ?? '');
  const texts = { ...(details && { details }), ...(output && { output }) };
  return { ...before, ...next, ...texts, type: 'task' };
}

/** Blocks get ids of their own, as those of the next call would have the same. */
function named(blocks: unknown[], limits: Limits): AnyBlock[] {
  const checked = checkBlocks(blocks, limits);
  if (checked.some(({ type }) => type === 'file')) throw new Refusal('internal_error');
  return checked.map((block, index) => {
    const own = (blocks[index] as AnyBlock).block_id;
    return { ...block, block_id: own || freshId('b') };
  });
}

const isEmpty = (chunk: Chunk) =>
  (chunk.type === 'markdown_text' && chunk.text === '') ||
  (chunk.type === 'blocks' && chunk.blocks.length === 0);

const blocksIn = (chunk: Chunk) => (chunk.type === 'blocks' ? chunk.blocks : []);

const blocksOf = (content: StreamContent) =>
  content.flatMap((piece) => (piece.type === 'blocks' ? piece.blocks : []));

/** Slack counts details and output about twice, titles once. */
const bytesOf = (content: StreamContent) => content.reduce((sum, one) => sum + bytes(one), 0);

function bytes(piece: Piece): number {
  if (piece.type === 'blocks') return 0;
  if (piece.type === 'markdown') return Buffer.byteLength(piece.text);
  if (piece.type === 'plan') return Buffer.byteLength(piece.title);
  const { title, details = '', output = '' } = piece;
  return Buffer.byteLength(title) + 2 * Buffer.byteLength(details + output);
}

function toCard({ id, title, status, details, output, sources }: Task): AnyBlock {
  return {
    type: 'task_card',
    block_id: `task-${id}`,
    task_id: id,
    title,
    status,
    ...(details && { details: richText(details) }),
    ...(output && { output: richText(output) }),
    ...(sources && { sources }),
  };
}

function toPlan(content: StreamContent, tasks: AnyBlock[]): AnyBlock {
  const named = content.find((piece) => piece.type === 'plan') ?? tasks[0];
  return { type: 'plan', block_id: 'plan', title: named?.title ?? '', tasks };
}

const richText = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
