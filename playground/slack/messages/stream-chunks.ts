import { z } from 'zod';
import type { Args } from '../args.ts';
import type { Limits } from '../control-types.ts';
import { Refusal } from '../refusal.ts';

const MAX_TITLE = 256;
/** A guess, far above what anybody sends, so that one call stays cheap. */
const MAX_CHUNKS = 1_000;

const source = z.object({ type: z.literal('url'), url: z.string(), text: z.string() });

const chunk = z.discriminatedUnion('type', [
  z.object({ type: z.literal('markdown_text'), text: z.string() }),
  z.object({ type: z.literal('plan_update'), title: z.string().min(1) }),
  z.object({
    type: z.literal('task_update'),
    id: z.string().min(1),
    title: z.string().min(1),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
    details: z.string().exactOptional(),
    output: z.string().exactOptional(),
    sources: z.array(source).exactOptional(),
  }),
  z.object({ type: z.literal('blocks'), blocks: z.array(z.unknown()) }),
]);

/** A piece of a streamed message, as an app sends it. */
export type Chunk = z.infer<typeof chunk>;

/** How a stream is fed: by `markdown_text` or by `chunks`, from its first call to its last. */
export type StreamingMode = 'markdown' | 'chunks';

/**
 * What a streaming call says; no mode when it says nothing.
 *
 * @throws Refusal `invalid_chunks`, `invalid_arguments` when it has both `markdown_text` and `chunks`.
 */
export function readChunks(args: Args, limits: Limits): { chunks: Chunk[]; mode?: StreamingMode } {
  const text = args.text('markdown_text');
  const value = args.json('chunks', 'invalid_chunks');
  if (text && value !== undefined)
    throw new Refusal('invalid_arguments', ['markdown_text and chunks exclude each other']);
  if (text) return { chunks: [{ type: 'markdown_text', text }], mode: 'markdown' };
  if (value === undefined) return { chunks: [] };
  const parsed = z.array(chunk).max(MAX_CHUNKS).safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal('invalid_chunks', [
      `${issue?.path.join('.') || 'chunks'}: ${issue?.message}`,
    ]);
  }
  const tooLong = (one: Chunk) => 'title' in one && one.title.length > MAX_TITLE;
  // The word is a guess: the length stands in field reports only.
  if (limits.sizes && parsed.data.some(tooLong))
    throw new Refusal('invalid_chunks', [`a title has at most ${MAX_TITLE} characters`]);
  return { chunks: parsed.data, ...(parsed.data.length > 0 && { mode: 'chunks' }) };
}
