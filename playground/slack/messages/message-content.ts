import { type Args, isRecord } from '../args.ts';
import { checkBlocks } from '../blocks/blocks.ts';
import type { AnyBlock, Limits, Message } from '../control-types.ts';
import { Refusal } from '../refusal.ts';

const MAX_POSTED_CHARS = 40_000;
const MAX_UPDATED_BYTES = 4_000;
const MAX_MARKDOWN = 12_000;
const MAX_ATTACHMENTS = 100;

export interface Content {
  text: string;
  blocks?: AnyBlock[];
  attachments?: unknown[];
  metadata?: NonNullable<Message['metadata']>;
}

/** What happens to a text that is too long: `post` cuts it, `update` and `whole` refuse it, at lengths of their own. */
export type ContentKind = 'post' | 'update' | 'whole';

/**
 * What a message shall say, from a call's arguments.
 *
 * @throws Refusal `no_text`, `msg_too_long`, `invalid_blocks`, `invalid_attachments`, `too_many_attachments`,
 * `markdown_text_conflict`, `invalid_metadata_format`.
 */
export function readContent(args: Args, kind: ContentKind, limits: Limits): Content {
  const blocks = readBlocks(args, limits);
  const attachments = readAttachments(args, limits);
  const metadata = readMetadata(args);
  const text = args.text('text') ?? '';
  if (!text.trim() && !blocks?.length && !attachments?.length) throw new Refusal('no_text');
  if (limits.sizes) checkLength(text, kind);
  // Those who read no blocks read the Markdown as it is: a guess.
  const shown = text || (args.text('markdown_text') ?? '');
  return {
    text: limits.sizes ? shown.slice(0, MAX_POSTED_CHARS) : shown,
    ...(blocks?.length && { blocks }),
    ...(attachments?.length && { attachments }),
    ...(metadata && { metadata }),
  };
}

/** What Slack adds to an answer when it kept less than it was given. */
export const truncationWarning = (args: Args, limits: Limits) =>
  limits.sizes && (args.text('text') ?? '').length > MAX_POSTED_CHARS
    ? {
        warning: 'message_truncated',
        response_metadata: { warnings: ['message_truncated'] },
      }
    : {};

/** @throws Refusal `invalid_metadata_format`. */
export function readMetadata(args: Args): Content['metadata'] {
  const value = args.json('metadata', 'invalid_metadata_format');
  if (value === undefined) return undefined;
  if (!isRecord(value) || typeof value.event_type !== 'string' || !isRecord(value.event_payload))
    throw new Refusal('invalid_metadata_format');
  return { event_type: value.event_type, event_payload: value.event_payload };
}

function checkLength(text: string, kind: ContentKind): void {
  const tooLong =
    kind === 'update'
      ? Buffer.byteLength(text) > MAX_UPDATED_BYTES
      : kind === 'whole' && text.length > MAX_POSTED_CHARS;
  if (tooLong) throw new Refusal('msg_too_long');
}

function readBlocks(args: Args, limits: Limits): AnyBlock[] | undefined {
  const value = args.json('blocks', 'invalid_blocks_format');
  const markdown = args.text('markdown_text');
  if (!markdown) return value === undefined ? undefined : checkBlocks(value, limits);
  if (value !== undefined || args.has('text')) throw new Refusal('markdown_text_conflict');
  if (limits.sizes && markdown.length > MAX_MARKDOWN) throw new Refusal('msg_too_long');
  return checkBlocks([{ type: 'markdown', text: markdown }], limits);
}

function readAttachments(args: Args, limits: Limits): unknown[] | undefined {
  const value = args.json('attachments', 'invalid_attachments');
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(isRecord)) throw new Refusal('invalid_attachments');
  if (limits.sizes && value.length > MAX_ATTACHMENTS) throw new Refusal('too_many_attachments');
  return value.map((one, index) => toAttachment(one, index, limits));
}

/** The attachment in this place of its message, with its blocks checked. @throws Refusal `error`, as `checkBlocks`. */
export function toAttachment(
  attachment: Record<string, unknown>,
  index: number,
  limits: Limits,
  error = 'invalid_attachments',
): Record<string, unknown> {
  const numbered = { ...attachment, id: index + 1 };
  const { blocks } = attachment;
  if (blocks === undefined || blocks === null) return numbered;
  const path = `/attachments/${index}/blocks`;
  const place = { path, error, prefix: `attachment-${index}-` };
  return { ...numbered, blocks: checkBlocks(blocks, limits, 'message', place) };
}
