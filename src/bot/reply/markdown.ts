/** A stretch of Markdown between blank lines, or a fence or table, which may touch its neighbours. */
export interface MarkdownBlock {
  kind: 'text' | 'fence' | 'table';
  /** Index of its first character. */
  start: number;
  /** Its lines, a fence's opening and closing line included. */
  lines: string[];
  /** What ends a fence, e.g. three backticks; empty for other kinds. */
  marker: string;
  /** False for a fence whose end has not come. */
  closed: boolean;
}

/**
 * The blocks of a text, as far as cutting and mending need them: one pass over its lines.
 *
 * Lists, headings and quotes are `text`. Fences count at any indentation, because models put them into lists.
 */
export function toBlocks(text: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let open: MarkdownBlock | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    open = take(line, start, open, blocks);
    start += line.length + 1;
  }
  return blocks;
}

function take(
  line: string,
  start: number,
  open: MarkdownBlock | undefined,
  blocks: MarkdownBlock[],
): MarkdownBlock | undefined {
  const begin = (kind: MarkdownBlock['kind'], lines: string[], marker = ''): MarkdownBlock => {
    const block = { kind, start, lines, marker, closed: kind !== 'fence' };
    blocks.push(block);
    return block;
  };

  if (open?.kind === 'fence') {
    open.lines.push(line);
    open.closed = endsFence(line, open.marker);
    return open.closed ? undefined : open;
  }
  const marker = fenceMarker(line);
  if (marker) return begin('fence', [line], marker);
  if (line.trim() === '') return undefined;
  if (open?.kind === 'table' && line.includes('|')) {
    open.lines.push(line);
    return open;
  }
  const header = open?.kind === 'text' ? open.lines.at(-1) : undefined;
  if (open && header?.includes('|') && isDelimiterRow(line)) {
    open.lines.pop();
    if (open.lines.length === 0) blocks.pop();
    start -= header.length + 1;
    return begin('table', [header, line]);
  }
  if (open?.kind !== 'text') return begin('text', [line]);
  open.lines.push(line);
  return open;
}

/** The characters that open a fence, or nothing. */
export const fenceMarker = (line: string): string | undefined =>
  /^\s*(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line)?.slice(1).find(Boolean);

const endsFence = (line: string, marker: string): boolean => {
  const end = line.trim();
  return end.length >= marker.length && end === marker.charAt(0).repeat(end.length);
};

/** Whether a line is the second one of a table: `|---|:-:|`. */
export function isDelimiterRow(line: string): boolean {
  if (!/^[|:\-\s]+$/.test(line) || !line.includes('|')) return false;
  return toCells(line).every((cell) => /^:?-+:?$/.test(cell));
}

/** The cells of a table's row, trimmed; `\|` stays within its cell. */
export const toCells = (row: string): string[] =>
  row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
