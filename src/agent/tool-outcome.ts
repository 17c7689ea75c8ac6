import type { McpResult } from './mcp-client.ts';
import { redactResult } from './redact-result.ts';
import type { ToolOutcome } from './toolbox.ts';

const maxBytes = 48 * 1024;
const maxErrorLength = 4_000;

/**
 * A tool's result as the model reads it: at most 48 kB, no secrets of known forms, the counts of the structured part,
 * and no half of a character, for which Claude's API would refuse the conversation from then on.
 */
export function toOutcome({ content, structuredContent, isError }: McpResult): ToolOutcome {
  const whole = toText(content) || (structuredContent ? JSON.stringify(structuredContent) : '');
  const bytes = Buffer.byteLength(whole);
  // Before it is cut to its length: half a secret is not known as one.
  const text = redactResult(bytes > maxBytes ? toStart(whole, maxBytes) : whole).toWellFormed();
  if (isError)
    return { ok: false, content: text.slice(0, maxErrorLength).toWellFormed() || failed };
  const counts = toCounts(structuredContent ?? {});
  if (Math.max(bytes, Buffer.byteLength(text)) > maxBytes)
    return { ok: true, content: toHead(text, bytes), ...counts, truncated: true };
  return { ok: true, content: text || '(no result)', ...counts };
}

const failed = 'UPSTREAM_ERROR: the tool failed and gave no reason. Try another way.';

/** Links to resources are for whoever can read these: beside an answer the model hears nothing of them. */
function toText(content: McpResult['content']): string {
  const readable = content.filter(({ type }) => type !== 'resource_link');
  if (readable.length === 0 && content.length > 0)
    return '[The result is a link to a resource, which cannot be read from here.]';
  return readable.map(toWords).join('\n');
}

/** What a model can read of a block. */
function toWords(block: McpResult['content'][number]): string {
  if (block.type === 'text') return block.text;
  if (block.type === 'resource' && 'text' in block.resource) return block.resource.text;
  return `[${block.type}]`;
}

/** JSON that is cut is no JSON, so the head travels as a string, with a word on how to go on. */
function toHead(text: string, bytes: number): string {
  const head = toStart(text, maxBytes / 2);
  const note = `cut: the result has ${bytes} bytes, here is the beginning; ask for fewer rows or columns, or let the source aggregate`;
  return JSON.stringify({ truncated: true, note, head });
}

/** The first bytes of a text, whole characters only. */
const toStart = (text: string, bytes: number) =>
  Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\uFFFD+$/, '');

function toCounts(
  result: Record<string, unknown>,
): Pick<ToolOutcome, 'rows' | 'total' | 'truncated'> {
  const { row_count, rows, count, total, truncated } = result;
  // The rows that the answer holds: it may count more, which only a link has.
  const shown = Array.isArray(rows) ? rows.length : (toCount(row_count) ?? toCount(count));
  const all = toCount(total) ?? toCount((total as { value?: unknown } | undefined)?.value);
  return {
    ...(shown !== undefined && { rows: shown }),
    ...(all !== undefined && { total: all }),
    ...(typeof truncated === 'boolean' && { truncated }),
  };
}

const toCount = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : undefined);
