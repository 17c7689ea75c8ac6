import { ToolError } from '../../tool-error.ts';
import { type ByteSource, readEnd, readSlice } from './byte-source.ts';
import { decodePiece } from './decode-piece.ts';
import { mostInflated } from './inflate.ts';
import { hasPlainLines, skipLines } from './skip-lines.ts';
import { splitLines, toTexts } from './split-lines.ts';

/** A part of an object as text. */
export interface TextPart {
  text: string;
  /** In bytes of what was decoded; the end is where the next part begins. */
  range: { start: number; end: number };
  next_offset?: number;
  truncated: boolean;
}

/** Of a line, in characters. */
const longestLine = 8_000;

/**
 * The text between two offsets, cut so that its JSON has at most `maxJson` bytes. Offsets are of the inflated text
 * where it was compressed.
 *
 * @throws ToolError `INVALID_ARGUMENT` for an offset behind the end, `TOO_LARGE` for one behind what is inflated.
 */
export async function readText(
  source: ByteSource,
  encoding: string,
  { offset, length, maxJson }: { offset: number; length: number; maxJson: number },
): Promise<TextPart> {
  const { bytes, isEnd } = await readBytes(source, offset, length);
  let end = bytes.length;
  for (;;) {
    const isLast = isEnd && end === bytes.length;
    const part = decodePiece(bytes.subarray(0, end), { encoding, offset, isEnd: isLast });
    const size = Buffer.byteLength(JSON.stringify(part.text));
    if (size > maxJson && end > 8) {
      end = Math.max(8, Math.floor((end * maxJson * 0.97) / size));
      continue;
    }
    const stop = offset + end - part.left;
    return {
      text: part.text,
      range: { start: offset + part.skipped, end: stop },
      ...(!isLast && { next_offset: stop }),
      truncated: !isLast,
    };
  }
}

/** Bytes from an offset on; one more is asked for, to know whether there is one. */
export async function readBytes(
  source: ByteSource,
  offset: number,
  length: number,
): Promise<{ bytes: Buffer; isEnd: boolean }> {
  const { size } = source.reader.facts;
  if (!source.decompressed) {
    if (offset > 0 && offset >= size)
      throw behindEnd(offset, size ? `has ${size} bytes: offsets 0 to ${size - 1}` : 'is empty');
    const bytes = await source.reader.read(offset, offset + length);
    return { bytes, isEnd: offset + bytes.length >= size };
  }
  const bytes = await readSlice(source.pieces(), offset, length + 1);
  if (bytes.length === 0 && offset > 0) {
    if (source.isCut()) throw tooDeep(`offset ${offset}`);
    throw behindEnd(offset, 'is shorter when inflated');
  }
  return { bytes: bytes.subarray(0, length), isEnd: bytes.length <= length && !source.isCut() };
}

const behindEnd = (offset: number, why: string) =>
  new ToolError('INVALID_ARGUMENT', `offset ${offset} is behind the end`, {
    why: `the object ${why}`,
  });

const tooDeep = (what: string) =>
  new ToolError(
    'TOO_LARGE',
    `${what} lies behind the first ${mostInflated / 1e6} MB, which is all that is looked at`,
    {
      try: 'the part before it, or an object that is not compressed',
    },
  );

export interface LinesPart {
  text: string;
  lines: { start: number; count: number; next?: number };
  truncated: boolean;
}

/** How far lines are looked for, in bytes. */
const mostSearched = 64_000_000;

/**
 * Lines by their number, from 1 on.
 *
 * @throws ToolError `INVALID_ARGUMENT` when there are fewer, `TOO_LARGE` when they lie behind the first 64 MB.
 */
export async function readLines(
  source: ByteSource,
  encoding: string,
  { start, count, maxJson }: { start: number; count: number; maxJson: number },
): Promise<LinesPart> {
  const { decompressed, reader } = source;
  const lines: string[] = [];
  let number = 0;
  let room = maxJson;
  let isMore = false;
  const all = decompressed ? source.pieces() : reader.pieces(mostSearched);
  const pieces = hasPlainLines(encoding) ? skipLines(all, start - 1, () => number++) : all;
  for await (const { text, cut } of splitLines(toTexts(pieces, encoding), longestLine)) {
    number++;
    if (number < start) continue;
    const shown = cut > 0 ? `${text}…(+${cut} chars)` : text;
    room -= Buffer.byteLength(JSON.stringify(shown)) + 1;
    isMore = lines.length === count || (room < 0 && lines.length > 0);
    if (isMore) break;
    lines.push(shown);
  }
  const isDeep = decompressed ? source.isCut() : reader.facts.size > mostSearched;
  if (lines.length === 0 && number > 0) {
    if (isDeep) throw tooDeep(`line ${start}`);
    throw new ToolError('INVALID_ARGUMENT', `there is no line ${start}`, {
      why: `the object has ${number} lines`,
    });
  }
  isMore ||= isDeep;
  return {
    text: lines.join('\n'),
    lines: { start, count: lines.length, ...(isMore && { next: start + lines.length }) },
    truncated: isMore,
  };
}

/** The last lines, out of the last `length` bytes. */
export async function readTail(
  source: ByteSource,
  encoding: string,
  { count, length, maxJson }: { count: number; length: number; maxJson: number },
): Promise<TextPart> {
  const { bytes, start } = await readLast(source, length);
  const piece = decodePiece(bytes, { encoding, offset: start, isEnd: true });
  const all = piece.text.split('\n');
  const isClosed = all.at(-1) === '';
  if (isClosed) all.pop();
  if (start > 0 && all.length > 1) all.shift(); // its beginning is missing
  const wanted = all.slice(-count);
  while (wanted.length > 1 && jsonBytes(wanted) > maxJson) wanted.shift();
  let text = wanted.join('\n') + (isClosed && wanted.length > 0 ? '\n' : '');
  while (jsonBytes(text) > maxJson) text = text.slice(Math.ceil(text.length / 4));
  const end = start + bytes.length;
  const from = Math.max(start, end - byteLength(text, encoding));
  return { text: text.toWellFormed(), range: { start: from, end }, truncated: from > 0 };
}

async function readLast(source: ByteSource, length: number) {
  const { size } = source.reader.facts;
  if (source.decompressed) {
    const end = await readEnd(source.pieces(), length);
    if (source.isCut()) throw tooDeep('the end');
    return end;
  }
  const start = Math.max(0, size - length);
  return { bytes: await source.reader.read(start, size), start };
}

const jsonBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** Of text in an encoding; near enough where it had faults. */
function byteLength(text: string, encoding: string): number {
  if (encoding.startsWith('utf-16')) return text.length * 2;
  if (encoding.startsWith('utf-32')) return [...text].length * 4;
  return encoding === 'utf-8' ? Buffer.byteLength(text) : text.length;
}
