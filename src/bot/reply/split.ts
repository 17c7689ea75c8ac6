import { type MarkdownBlock, toBlocks } from './markdown.ts';
import { fits, jsonSize, type Size, spanWithin } from './size.ts';

/**
 * Markdown in parts of at most `limit`, cut at the edges of paragraphs where that is possible.
 *
 * A fence that is cut is closed and opened again with its language, a table gets its header again. Parts that
 * are full stay as they are while a text grows, so that what is shown does not jump.
 */
export function splitMarkdown(text: string, limit: number, size: Size = jsonSize): string[] {
  if (fits(text, limit, size)) return text.trim() ? [text] : [];
  const pages = createPages(limit, size);
  let end = 0;
  for (const block of toBlocks(text)) {
    pages.add(block, block.start > end + 1 ? '\n\n' : '\n');
    end = block.start + block.lines.reduce((sum, line) => sum + line.length + 1, -1);
  }
  return pages.finish();
}

function createPages(limit: number, size: Size) {
  const parts: string[] = [];
  let page = '';
  let used = 0;
  const room = (gap: string) => limit - used - (used > 0 ? size(gap) : 0);

  const put = (text: string, gap: string) => {
    const piece = used > 0 ? gap + text : text;
    page += piece;
    used += size(piece);
  };
  const turn = () => {
    if (page.trim()) parts.push(page);
    page = '';
    used = 0;
  };

  /** Writes a block line by line; wherever it is cut it gets its frame again. */
  const addLines = ({ head, body, tail }: Frame, gap: string) => {
    let lines: string[] = [];
    let left = room(gap) - size(head + tail);
    const flush = () => {
      if (lines.length > 0) put(head + lines.join('\n') + tail, gap);
      lines = [];
    };
    const flushAndTurn = () => {
      flush();
      turn();
      left = limit - size(head + tail);
    };
    for (const line of body) {
      let rest = line;
      while (!fits(rest, left - size('\n'), size)) {
        const isLong = left > limit / 3; // then the line is a third of a page or more
        if (isLong) {
          const length = spanWithin(rest, left - size('\n'), size);
          lines.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        flushAndTurn();
      }
      lines.push(rest);
      left -= size(rest) + size('\n');
    }
    flush();
  };

  return {
    add(block: MarkdownBlock, gap: string) {
      const whole = block.lines.join('\n');
      if (fits(whole, room(gap), size)) return put(whole, gap);
      // Decided by where a block begins, not by how long it is by now: else it would jump as it grows.
      if (used > (limit * 2) / 3) turn();
      if (fits(whole, room(gap), size)) return put(whole, gap);
      addLines(toFrame(block, limit, size), gap);
    },
    finish(): string[] {
      turn();
      return parts;
    },
  };
}

/** A block that has to be cut: `head` and `tail` stand around each piece. */
interface Frame {
  head: string;
  body: string[];
  tail: string;
}

/** A monstrous head (a table's header of thousands of characters) is body like the rest. */
function toFrame({ kind, lines, marker, closed }: MarkdownBlock, limit: number, size: Size): Frame {
  const headLines = kind === 'fence' ? 1 : kind === 'table' ? 2 : 0;
  const head = lines.slice(0, headLines).map((line) => `${line}\n`);
  const isMonstrous = size(head.join('') + marker) > limit / 4;
  if (kind === 'fence') {
    const end = isMonstrous ? marker.slice(0, 3) : marker;
    return {
      head: isMonstrous ? `${end}\n` : head.join(''),
      body: lines.slice(1, closed ? -1 : undefined),
      tail: `\n${end}`,
    };
  }
  if (isMonstrous) return { head: '', body: lines, tail: '' };
  return { head: head.join(''), body: lines.slice(headLines), tail: '' };
}
