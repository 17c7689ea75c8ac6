import { detectEncoding, type TextEncoding } from './detect-encoding.ts';

/** What bytes are, judged by themselves: the content type of an upload is often wrong or none. */
export type Content =
  | { kind: 'text'; encoding: TextEncoding /** Nothing but a guess. */; isGuess?: boolean }
  | { kind: 'image'; mimeType: string }
  | { kind: 'compressed'; format: 'gzip' | 'zstd' }
  | { kind: 'binary'; what: string };

type Magic = readonly [what: string, bytes: readonly number[] | string, at?: number];

const images: readonly Magic[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'WEBP', 8],
];
const compressed: readonly Magic[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];
const binaries: readonly Magic[] = [
  ['a PDF', '%PDF-'],
  ['a ZIP file (also Excel, Word, JAR)', 'PK\x03\x04'],
  ['an old Excel or Word file', [0xd0, 0xcf, 0x11, 0xe0]],
  ['Parquet', 'PAR1'],
  ['Avro', 'Obj\x01'],
  ['ORC', 'ORC'],
  ['an SQLite database', 'SQLite format 3\0'],
  ['bzip2', 'BZh'],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a program (ELF)', '\x7fELF'],
  ['a video (MP4)', 'ftyp', 4],
  ['a tar archive', 'ustar', 257],
];

/** Looks at the first bytes, 4 kB at most. `isWhole`: there are no others. */
export function detectContent(head: Uint8Array, isWhole: boolean): Content {
  const image = find(images, head);
  if (image && (image !== 'image/webp' || find([['riff', 'RIFF']], head)))
    return { kind: 'image', mimeType: image };
  const format = find(compressed, head);
  if (format === 'gzip' || format === 'zstd') return { kind: 'compressed', format };
  const known = find(binaries, head);
  const text = detectEncoding(head.subarray(0, 4096), isWhole || head.length > 4096);
  // Three letters begin many a text.
  if (known && !(text && (known === 'ORC' || known === 'bzip2')))
    return { kind: 'binary', what: known };
  return text ? { kind: 'text', ...text } : { kind: 'binary', what: 'unknown' };
}

const find = (magics: readonly Magic[], head: Uint8Array) =>
  magics.find(([, bytes, at = 0]) => begins(head.subarray(at), bytes))?.[0];

const begins = (head: Uint8Array, bytes: readonly number[] | string) =>
  [...bytes].every((byte, i) => head[i] === (typeof byte === 'string' ? byte.charCodeAt(0) : byte));
