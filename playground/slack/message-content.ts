import { type Args, isRecord } from './args.ts';
import { checkBlocks } from './blocks.ts';
import type { AnyBlock, Message } from './control-types.ts';
import { Refusal } from './refusal.ts';

const MAX_POSTED_CHARS = 40_000;
const MAX_UPDATED_BYTES = 4_000;
const MAX_MARKDOWN = 12_000;

export interface Content {
  text: string;
  blocks?: AnyBlock[];
  attachments?: unknown[];
  metadata?: NonNullable<Message['metadata']>;
}

/**
 * What a message shall say, from a call's arguments.
 *
 * @throws Refusal `no_text`, `msg_too_long`, `invalid_blocks`, `markdown_text_conflict`, `metadata_…`.
 */
export function readContent(args: Args, kind: 'post' | 'update'): Content {
  const blocks = readBlocks(args);
  const attachments = args.json('attachments', 'invalid_attachments');
  const metadata = readMetadata(args);
  const text = args.text('text') ?? '';
  const hasAttachments = Array.isArray(attachments) && attachments.length > 0;
  if (!text && !blocks?.length && !hasAttachments) throw new Refusal('no_text');
  if (kind === 'update' && Buffer.byteLength(text) > MAX_UPDATED_BYTES)
    throw new Refusal('msg_too_long');
  return {
    text: text.slice(0, MAX_POSTED_CHARS),
    ...(blocks?.length && { blocks }),
    ...(hasAttachments && { attachments }),
    ...(metadata && { metadata }),
  };
}

/** What Slack adds to an answer when it kept less than it was given. */
export const truncationWarning = (args: Args) =>
  (args.text('text') ?? '').length > MAX_POSTED_CHARS
    ? {
        warning: 'message_truncated',
        response_metadata: { warnings: ['message_truncated'] },
      }
    : {};

function readBlocks(args: Args): AnyBlock[] | undefined {
  const value = args.json('blocks', 'invalid_blocks');
  const markdown = args.text('markdown_text');
  if (!markdown) return value === undefined ? undefined : checkBlocks(value);
  if (value !== undefined || args.has('text')) throw new Refusal('markdown_text_conflict');
  if (markdown.length > MAX_MARKDOWN) throw new Refusal('msg_too_long');
  return checkBlocks([{ type: 'markdown', text: markdown }]);
}

function readMetadata(args: Args): Content['metadata'] {
  const value = args.json('metadata', 'invalid_metadata_format');
  if (value === undefined) return undefined;
  if (!isRecord(value) || typeof value.event_type !== 'string' || !isRecord(value.event_payload))
    throw new Refusal('invalid_metadata_format');
  return { event_type: value.event_type, event_payload: value.event_payload };
}
