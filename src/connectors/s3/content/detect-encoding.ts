/** Encodings that are found by looking; others have to be named. */
export type TextEncoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'utf-32le'
  | 'utf-32be'
  | 'windows-1252';

/** The longest first: UTF-32 begins as UTF-16 does. */
const marks: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The encoding of text by its mark, by its zeros (UTF-16 without a mark), or by being right UTF-8; what is left and
 * mostly plain is taken for windows-1252, which is a guess. Nothing for what is no text.
 */
export function detectEncoding(
  bytes: Uint8Array,
  isWhole: boolean,
): { encoding: TextEncoding; isGuess?: boolean } | undefined {
  const mark = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (mark) return { encoding: mark[0] };
  const wide = findWide(bytes);
  if (wide) return { encoding: wide };
  const counts = count(bytes);
  if (counts.zeros > 0 || counts.controls > bytes.length / 50) return;
  if (isUtf8(bytes, isWhole)) return { encoding: 'utf-8' };
  const isPlain = counts.high < bytes.length * 0.3 && counts.unused === 0;
  return isPlain ? { encoding: 'windows-1252', isGuess: true } : undefined;
}

/** Western text in UTF-16 has a zero in nearly every second byte, and none in the others. */
function findWide(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes.length < 4) return;
  const zeros = [0, 0];
  const half = Math.floor(bytes.length / 2);
  for (let i = 0; i < half * 2; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > half * 0.6 && even < half * 0.02) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.02) return 'utf-16be';
  return;
}

/** Of windows-1252 no text has these five. */
const unused = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Tab, line feed, form feed, carriage return, and escape, which colours logs. */
const harmless = new Set([9, 10, 12, 13, 27]);

function count(bytes: Uint8Array) {
  const counts = { zeros: 0, controls: 0, high: 0, unused: 0 };
  for (const byte of bytes) {
    if (byte === 0) counts.zeros++;
    else if (byte < 0x20 && !harmless.has(byte)) counts.controls++;
    else if (byte >= 0x80) counts.high++;
    if (unused.has(byte)) counts.unused++;
  }
  return counts;
}

/** Whether bytes are right UTF-8. Where they are not the whole, a character that the end cuts is no fault. */
export function isUtf8(bytes: Uint8Array, isWhole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
    return true;
  } catch {
    return false;
  }
}
