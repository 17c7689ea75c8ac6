import { decode } from './decode-piece.ts';

/** A line without its end. */
export interface Line {
  text: string;
  /** Characters that are missing at its end. */
  cut: number;
}

/** Text from pieces of bytes, in order; nothing is kept but a character that a border cuts. */
export async function* toTexts(
  pieces: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string> {
  if (encoding.startsWith('utf-32')) {
    yield* toWideTexts(pieces, encoding);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

async function* toWideTexts(pieces: AsyncIterable<Uint8Array>, encoding: string) {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    const all = Buffer.concat([rest, piece]);
    const whole = all.length - (all.length % 4);
    yield decode(all.subarray(0, whole), encoding);
    rest = all.subarray(whole);
  }
}

/** Lines from pieces of text. Of a line longer than `longest` characters only the head is kept. */
export async function* splitLines(
  texts: AsyncIterable<string>,
  longest: number,
): AsyncGenerator<Line> {
  let line: Line = { text: '', cut: 0 };
  let isOpen = false;
  const add = (text: string) => {
    const kept = text.slice(0, longest - line.text.length);
    line = { text: line.text + kept, cut: line.cut + text.length - kept.length };
  };
  for await (const text of texts) {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      add(text.slice(start, end));
      yield line.cut === 0 ? { text: line.text.replace(/\r$/, ''), cut: 0 } : toWhole(line);
      line = { text: '', cut: 0 };
      start = end + 1;
    }
    add(text.slice(start));
    isOpen = text === '' ? isOpen : !text.endsWith('\n');
  }
  if (isOpen) yield toWhole(line);
}

/** Without half a character at its end, which Claude's API refuses. */
const toWhole = ({ text, cut }: Line): Line =>
  cut > 0 && /[\ud800-\udbff]$/.test(text)
    ? { text: text.slice(0, -1), cut: cut + 1 }
    : { text, cut };
