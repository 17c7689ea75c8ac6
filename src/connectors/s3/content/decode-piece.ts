/** A piece of a text, between characters. */
export interface DecodedPiece {
  text: string;
  /** Bytes in front that belong to a character of the piece before. */
  skipped: number;
  /** Bytes at the end that belong to a character of the piece behind. */
  left: number;
}

export interface PieceOptions {
  encoding: string;
  /** Where the piece begins in its text, in bytes. */
  offset: number;
  /** There is nothing behind it. */
  isEnd: boolean;
}

/** Decodes bytes from the middle of a text: characters that its ends cut are left out and counted. */
export function decodePiece(bytes: Uint8Array, options: PieceOptions): DecodedPiece {
  const { encoding, offset, isEnd } = options;
  const skipped = offset === 0 ? 0 : countSkipped(bytes, encoding, offset);
  const rest = bytes.subarray(skipped);
  const left = isEnd ? 0 : countLeft(rest, encoding);
  return { text: decode(rest.subarray(0, rest.length - left), encoding), skipped, left };
}

/** Text from bytes; the mark in front is no part of it. */
export function decode(bytes: Uint8Array, encoding: string): string {
  return encoding.startsWith('utf-32')
    ? decodeUtf32(bytes, encoding)
    : new TextDecoder(encoding).decode(bytes);
}

function decodeUtf32(bytes: Uint8Array, encoding: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, encoding === 'utf-32le');
    if (at > 0 || code !== 0xfeff) text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  return text.toWellFormed();
}

/** Bytes of a unit, where the encoding has units of more than one. */
const unit = (encoding: string) =>
  encoding.startsWith('utf-32') ? 4 : encoding.startsWith('utf-16') ? 2 : 1;

function countSkipped(bytes: Uint8Array, encoding: string, offset: number): number {
  const width = unit(encoding);
  const toUnit = (width - (offset % width)) % width;
  if (width === 2) return toUnit + (isSurrogate(bytes, toUnit, encoding, 0xdc) ? 2 : 0);
  if (encoding !== 'utf-8') return toUnit;
  let skipped = 0;
  while (skipped < 3 && isContinuation(bytes[skipped])) skipped++;
  return skipped < bytes.length && isContinuation(bytes[skipped]) ? 0 : skipped; // four of them: no UTF-8
}

function countLeft(bytes: Uint8Array, encoding: string): number {
  const width = unit(encoding);
  const toUnit = bytes.length % width;
  if (width === 2)
    return toUnit + (isSurrogate(bytes, bytes.length - toUnit - 2, encoding, 0xd8) ? 2 : 0);
  if (encoding !== 'utf-8') return toUnit;
  for (let left = 1; left <= 3 && left <= bytes.length; left++) {
    const byte = bytes[bytes.length - left] ?? 0;
    if (isContinuation(byte)) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return wanted > left ? left : 0;
  }
  return 0;
}

const isContinuation = (byte: number | undefined) =>
  byte !== undefined && byte >= 0x80 && byte < 0xc0;

/** `kind`: 0xd8 for the first half of a pair, 0xdc for the second. */
function isSurrogate(bytes: Uint8Array, at: number, encoding: string, kind: number): boolean {
  const high = bytes[at + (encoding === 'utf-16le' ? 1 : 0)];
  return at >= 0 && high !== undefined && high >= kind && high < kind + 4;
}
