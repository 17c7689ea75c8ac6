import { type MarkdownBlock, toBlocks } from './markdown.ts';

/** From the index of the first character to behind the last one. */
export type Range = [start: number, end: number];

/**
 * Where a text is code for every reader of Markdown and mrkdwn, in order; fences and backticks included.
 *
 * Readers differ in what they make of odd backticks, nested fences and HTML. Whoever wants a link past the gate
 * would hide it there, so only the common forms count, and after the first odd one nothing does.
 */
export function codeRanges(text: string): Range[] {
  const ranges: Range[] = [];
  if (!text.includes('`')) return ranges;
  let isInlineClear = true;
  for (const block of toBlocks(text)) {
    let at = block.start;
    if (block.kind === 'fence') {
      if (!isCommonFence(block)) return ranges;
      ranges.push([at, at + block.lines.join('\n').length]);
      continue;
    }
    for (const line of block.lines) {
      if (mayHideFence.test(line)) return ranges;
      const spans: Range[] | undefined = isInlineClear ? toSpans(line) : undefined;
      isInlineClear = spans !== undefined;
      for (const [start, end] of spans ?? []) ranges.push([at + start, at + end]);
      at += line.length + 1;
    }
  }
  return ranges;
}

/** A fence where this reader sees none, or HTML, in which fences are text. */
const mayHideFence = /```|~~~|^[\s>*+\-\d.)]*<[a-z/?!]/i;

/** Three backticks, hardly indented, with lines that a list around it can't end. */
function isCommonFence({ lines }: MarkdownBlock): boolean {
  const indent = /^( *)```[^`]*$/.exec(lines[0] ?? '')?.[1];
  const isEnded = /^ {0,3}```[ \t]*$/.test(lines.at(-1) ?? '');
  if (indent === undefined || !isEnded || !lines.at(-1)?.startsWith(indent)) return false;
  return lines
    .slice(1, -1)
    .every((line) => !line.includes('```') && (/^[ \t]*$/.test(line) || line.startsWith(indent)));
}

/** The code spans of a line, or nothing when some reader may see others. */
function toSpans(line: string): Range[] | undefined {
  const pieces = line.split('`');
  if (pieces.length % 2 === 0) return undefined;
  const spans: Range[] = [];
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const isCode = index % 2 === 1;
    const isFirst = index === 0;
    const isLast = index === pieces.length - 1;
    if (!(isCode ? isCommonCode(piece) : isCommonText(piece, isFirst, isLast))) return undefined;
    if (isCode) spans.push([at - 1, at + piece.length + 1]);
    at += piece.length + 1;
  }
  return spans;
}

const isCommonCode = (code: string): boolean =>
  code !== '' && code === code.trim() && !code.includes('|') && !code.endsWith('\\');

/** Text beside code: neither letters nor a URL touch the backticks, and no HTML attribute holds one. */
function isCommonText(text: string, isFirst: boolean, isLast: boolean): boolean {
  if (/<[a-z/?!]/i.test(text)) return false;
  if (isFirst && isLast) return true;
  if (!isFirst && (text === '' ? !isLast : startsWithWord.test(text))) return false;
  if (isLast) return true;
  const lastWord = text.slice(Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t')) + 1);
  return !endsWithWord.test(text.slice(-2)) && !/:\/\/|www\./i.test(lastWord);
}

const startsWithWord = /^[\p{L}\p{M}\p{N}]/u;
const endsWithWord = /[\p{L}\p{M}\p{N}\\]$/u;
