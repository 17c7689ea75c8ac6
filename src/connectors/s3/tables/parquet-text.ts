import { decode, decodePiece } from '../content/decode-piece.ts';
import { isUtf8 } from '../content/detect-encoding.ts';
import { type LongText, longestKept } from './table.ts';

/** So many bytes are enough for what is kept of a text, whatever its characters are. */
const mostDecoded = longestKept * 4;

/** Bytes of a column as a cell: text where they are said to be text or look like it. */
export function toTextCell(bytes: Uint8Array, isText: boolean): string | LongText {
  if (bytes.length <= mostDecoded) return toHead(toText(bytes, isText));
  const place = { encoding: 'utf-8', offset: 0, isEnd: false };
  const head = bytes.subarray(0, mostDecoded);
  if (!isText && !isUtf8(head.subarray(0, -3), false)) return toHex(bytes);
  return toHead(decodePiece(head, place).text, countCharacters(bytes));
}

/** All of it, for what is a part of a cell. */
export const toText = (bytes: Uint8Array, isText: boolean): string =>
  isText || isUtf8(bytes, false) ? decode(bytes, 'utf-8') : toHex(bytes);

/** A text of megabytes would fill the memory, and nobody is shown it. */
export function toHead(text: string, length = text.length): string | LongText {
  if (length <= longestKept) return text;
  // A copy: a slice would keep the whole text.
  return {
    head: Buffer.from(text.slice(0, longestKept), 'utf16le').toString('utf16le'),
    length,
  };
}

function toHex(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 32)).toString('hex');
  return `0x${head}${bytes.length > 32 ? `…(+${bytes.length - 32} bytes)` : ''}`;
}

/** As JavaScript counts them: those of four bytes are two. */
function countCharacters(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count += byte >= 0xf0 ? 2 : 1;
  return count;
}
