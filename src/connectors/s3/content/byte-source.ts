import { ToolError } from '../../tool-error.ts';
import type { ObjectReader } from '../client/object-reader.ts';
import { type Content, detectContent } from './detect-content.ts';
import { inflate, mostDeflated, mostInflated } from './inflate.ts';

/** An object's bytes as they are meant: inflated where they were compressed. */
export interface ByteSource {
  reader: ObjectReader;
  content: Content;
  /** How they were compressed. */
  decompressed?: 'gzip' | 'zstd';
  /** From the beginning on, each time it is called. */
  pieces(): AsyncIterable<Buffer>;
  /** Whether the last pieces ended at our limits rather than at theirs. */
  isCut(): boolean;
}

/** So much is looked at to know what bytes are. */
const headLength = 4096;

/** Looks what an object is; compressed ones are inflated to see, and from then on. */
export async function openSource(reader: ObjectReader, decompress: boolean): Promise<ByteSource> {
  const head = await reader.read(0, headLength);
  const content = detectContent(head, reader.facts.size <= headLength);
  if (content.kind !== 'compressed' || !decompress)
    return { reader, content, pieces: () => reader.pieces(), isCut: () => false };
  const { format } = content;
  let isCut = false;
  const pieces = () => inflateObject(reader, format, () => (isCut = true));
  const inner = await peek(pieces(), headLength + 1);
  isCut = false;
  const inside = detectContent(inner.subarray(0, headLength), inner.length <= headLength);
  return { reader, content: inside, decompressed: format, pieces, isCut: () => isCut };
}

async function* inflateObject(
  reader: ObjectReader,
  format: 'gzip' | 'zstd',
  onCut: () => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  const isLong = reader.facts.size > mostDeflated;
  try {
    for await (const piece of inflate(reader.pieces(mostDeflated), format)) {
      bytes += piece.length;
      yield piece;
    }
  } catch (error) {
    if (!isLong || !(error instanceof ToolError) || error.code !== 'INVALID_ARGUMENT') throw error;
  }
  if (isLong || bytes >= mostInflated) onCut();
}

/** The first bytes of a stream, which is then left. */
export async function peek(pieces: AsyncIterable<Buffer>, length: number): Promise<Buffer> {
  return readSlice(pieces, 0, length);
}

/** A part of a stream, which is left behind it. */
export async function readSlice(
  pieces: AsyncIterable<Buffer>,
  start: number,
  length: number,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let at = 0;
  for await (const piece of pieces) {
    const part = piece.subarray(Math.max(0, start - at), Math.max(0, start + length - at));
    if (part.length > 0) parts.push(Buffer.from(part)); // a view would keep the whole piece
    at += piece.length;
    if (at >= start + length) break;
  }
  return Buffer.concat(parts);
}

/** The last bytes of a stream, and where they begin in it. */
export async function readEnd(
  pieces: AsyncIterable<Buffer>,
  length: number,
): Promise<{ bytes: Buffer; start: number }> {
  let kept: Buffer = Buffer.alloc(0);
  let total = 0;
  for await (const piece of pieces) {
    total += piece.length;
    kept = Buffer.concat([kept, piece]).subarray(-length);
  }
  return { bytes: Buffer.from(kept), start: total - kept.length };
}
