import { isDelimiterRow, type MarkdownBlock, toBlocks, toCells } from './markdown.ts';
import { mendInline } from './mend-inline.ts';

/**
 * Markdown that is still being written, so that it can be shown now: open fences and emphasis are closed, and
 * what can't be shown yet (half a table row, half a link, a lone `##`) waits.
 *
 * Only the end of a text is ever changed. Returns an empty text when nothing can be shown yet.
 */
export function mend(text: string): string {
  const last = toBlocks(text).at(-1);
  if (!last) return '';
  const before = text.slice(0, last.start);
  return (before + mendBlock(last, text.endsWith('\n'))).trimEnd();
}

/** A text that ended, with its last fence closed: the model may have been cut off. */
export function closeFence(text: string): string {
  const last = toBlocks(text).at(-1);
  if (!last || last.closed) return text;
  return `${text.trimEnd()}\n${last.marker}`;
}

function mendBlock(block: MarkdownBlock, isLineComplete: boolean): string {
  if (block.kind === 'fence') return mendFence(block, isLineComplete);
  if (block.kind === 'table') return mendTable(block, isLineComplete);
  const lines = withoutUnfinishedLines(block.lines, isLineComplete);
  return mendInline(lines.join('\n'));
}

function mendFence({ lines, marker, closed }: MarkdownBlock, isLineComplete: boolean): string {
  if (closed) return lines.join('\n');
  if (lines.length === 1 && !isLineComplete) return ''; // its language may be half written
  let end = lines.length;
  if (marker.startsWith(lines.at(-1)?.trim() || ' ')) end--; // half of its end
  while (end > 1 && lines[end - 1]?.trim() === '') end--;
  return [...lines.slice(0, end), marker].join('\n');
}

function mendTable({ lines }: MarkdownBlock, isLineComplete: boolean): string {
  const columns = toCells(lines[0] ?? '').length;
  const last = lines.at(-1) ?? '';
  const isRowComplete =
    isLineComplete || (/(?<!\\)\|\s*$/.test(last) && toCells(last).length >= columns);
  if (lines.length === 2) {
    // A delimiter row with fewer columns than its header is no table yet.
    return isLineComplete || toCells(last).length === columns ? lines.join('\n') : '';
  }
  return (isRowComplete ? lines : lines.slice(0, -1)).join('\n');
}

/** Lines at the end that may become something else: a table's first rows, a heading's mark, a fence's. */
function withoutUnfinishedLines(lines: string[], isLineComplete: boolean): string[] {
  let end = lines.length;
  const last = lines.at(-1) ?? '';
  if (!isLineComplete && isMarkOnly(last)) {
    end--;
    const before = lines[end - 1];
    if (before?.includes('|') && (isDelimiterRow(last) || /^[|:\-\s]*-/.test(last))) end--;
  }
  while (end > 0 && lines[end - 1]?.trimStart().startsWith('|')) end--;
  return lines.slice(0, end);
}

const isMarkOnly = (line: string): boolean => /^[-=*_#>+~`|:![\s]*$|^\s*\d+[.)]?\s*$/.test(line);
