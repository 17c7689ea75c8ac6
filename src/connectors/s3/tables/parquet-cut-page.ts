import type { ColumnMetaData, PageHeader, SchemaElement } from 'hyparquet';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { inflate } from '../content/inflate.ts';
import { snappyHead } from './snappy-head.ts';

/** The first rows of a page, as a page that is not compressed. */
export interface CutPage {
  bytes: Uint8Array;
  rows: number;
  unpacked: number;
}

/** Of what is unpacked, and of the values that are made of it, in bytes. */
const mostUnpacked = 3_000_000;
const mostOfValues = 12_000_000;
const bytesOfValue = 150;

/**
 * The first rows of a page that is too large as a whole, from the beginning of its bytes. DuckDB makes one page of a whole
 * column in a row group, and pandas of a million values that repeat.
 *
 * Nothing where it can't be read by parts, or not even one row goes.
 */
export async function cutPage(
  header: PageHeader,
  body: Uint8Array,
  { codec, type }: ColumnMetaData,
  element: SchemaElement,
  rows: number,
): Promise<CutPage | undefined> {
  const parts = await unpack(header, body, codec, element.repetition_type !== 'REQUIRED');
  if (!parts) return;
  const isThere = readLevels(parts.levels, Math.min(rows, parts.rows));
  if (!isThere.includes(true))
    return { bytes: toPage(isThere, new Uint8Array(), 'PLAIN'), rows: isThere.length, unpacked: 0 };
  if (parts.values.length === 0) return;
  if (parts.encoding === 'RLE_DICTIONARY') {
    const bytes = toPage(isThere, cutIndexes(parts.values, isThere), parts.encoding);
    return { bytes, rows: isThere.length, unpacked: parts.values.length };
  }
  if (type === 'BOOLEAN') {
    const bytes = toPage(isThere, cutBits(parts, isThere.filter(Boolean).length), 'PLAIN');
    return { bytes, rows: isThere.length, unpacked: parts.values.length };
  }
  const width = widthOf(type, element);
  const view = new DataView(parts.values.buffer, parts.values.byteOffset, parts.values.length);
  let end = 0;
  let count = 0;
  for (const there of isThere) {
    const next = there ? endOfValue(view, end, width) : end;
    if (next > view.byteLength || (count + 1) * bytesOfValue > mostOfValues) break;
    end = next;
    count++;
  }
  if (count === 0) return;
  const bytes = toPage(isThere.slice(0, count), parts.values.subarray(0, end), 'PLAIN');
  return { bytes, rows: count, unpacked: parts.values.length };
}

/** In bytes; 0 where each value has a length of its own. */
function widthOf(type: Exclude<ColumnMetaData['type'], 'BOOLEAN'>, element: SchemaElement): number {
  if (type === 'FIXED_LEN_BYTE_ARRAY') return element.type_length ?? 0;
  return { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8, INT96: 12, BYTE_ARRAY: 0 }[type];
}

const endOfValue = (view: DataView, start: number, width: number) =>
  width > 0
    ? start + width
    : start + 4 <= view.byteLength
      ? start + 4 + view.getUint32(start, true)
      : Infinity;

/** Places in a dictionary: their width in bits, and runs of them. */
function cutIndexes(values: Uint8Array, isThere: boolean[]): Uint8Array {
  const width = values[0] ?? 0;
  const count = isThere.filter(Boolean).length;
  return Buffer.concat([
    values.subarray(0, 1),
    toRun(readRuns(values.subarray(1), width, count), width),
  ]);
}

/** Runs have their length in front. */
const cutBits = ({ encoding, values }: Parts, count: number) =>
  encoding === 'RLE'
    ? toBits(readRuns(values.subarray(4), 1, count), 1)
    : values.subarray(0, Math.ceil(count / 8));

type CutEncoding = 'PLAIN' | 'RLE' | 'RLE_DICTIONARY';

interface Parts {
  encoding: CutEncoding;
  rows: number;
  /** Which of the rows have a value; nothing when all have. */
  levels: Uint8Array | undefined;
  values: Uint8Array;
}

async function unpack(
  { data_page_header: v1, data_page_header_v2: v2 }: PageHeader,
  body: Uint8Array,
  codec: ColumnMetaData['codec'],
  isOptional: boolean,
): Promise<Parts | undefined> {
  const encoding = toEncoding(v1?.encoding ?? v2?.encoding);
  if (!encoding) return;
  if (v2) {
    const end = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
    const levels = isOptional ? body.subarray(v2.repetition_levels_byte_length, end) : undefined;
    const packed = body.subarray(end);
    const values = await unpackHead(packed, v2.is_compressed === false ? 'UNCOMPRESSED' : codec);
    return values && { encoding, rows: v2.num_rows, levels, values };
  }
  const bytes = v1 && (await unpackHead(body, codec));
  if (!bytes || bytes.length < 4) return;
  if (!isOptional) return { encoding, rows: v1.num_values, levels: undefined, values: bytes };
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (end > bytes.length) return;
  const levels = bytes.subarray(4, end);
  return { encoding, rows: v1.num_values, levels, values: bytes.subarray(end) };
}

/** Only of these a part makes sense without the rest. */
function toEncoding(encoding: string | undefined): CutEncoding | undefined {
  if (encoding === 'PLAIN' || encoding === 'RLE') return encoding;
  return encoding?.endsWith('_DICTIONARY') ? 'RLE_DICTIONARY' : undefined;
}

async function unpackHead(
  packed: Uint8Array,
  codec: ColumnMetaData['codec'],
): Promise<Uint8Array | undefined> {
  if (codec === 'UNCOMPRESSED') return packed.subarray(0, mostUnpacked);
  if (codec === 'SNAPPY') return snappyHead(packed, mostUnpacked);
  if (codec === 'GZIP' || codec === 'ZSTD') return inflateHead(packed, codec);
  return;
}

/** As far as it goes: the bytes may be the beginning of a page only. */
async function inflateHead(packed: Uint8Array, codec: 'GZIP' | 'ZSTD'): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  async function* input() {
    yield packed;
  }
  try {
    for await (const piece of inflate(input(), codec === 'GZIP' ? 'gzip' : 'zstd', mostUnpacked))
      pieces.push(piece);
  } catch (error) {
    if (pieces.length === 0) throw error;
  }
  return Buffer.concat(pieces);
}

function readLevels(levels: Uint8Array | undefined, rows: number): boolean[] {
  if (!levels) return Array.from({ length: rows }, () => true);
  return readRuns(levels, 1, rows).map((level) => level === 1);
}

function readRuns(bytes: Uint8Array, width: number, count: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = new Array<number>(count).fill(0);
  if (width > 0) readRleBitPackedHybrid({ view, offset: 0 }, width, found, bytes.length);
  return found.slice(0, count); // the last run may be longer
}

/** A page of version 2, whose values need not be compressed whatever the column says. */
function toPage(isThere: boolean[], values: Uint8Array, encoding: CutEncoding): Uint8Array {
  const levels = toRun(isThere.map(Number), 1);
  const nulls = isThere.filter((there) => !there).length;
  const size = levels.length + values.length;
  const header = [
    ...[0x15, 6], // DATA_PAGE_V2
    ...[0x15, ...toVarint(size * 2), 0x15, ...toVarint(size * 2)],
    ...[0x5c, 0x15, ...toVarint(isThere.length * 2), 0x15, ...toVarint(nulls * 2)],
    ...[0x15, ...toVarint(isThere.length * 2), 0x15, encoding === 'PLAIN' ? 0 : 16],
    ...[0x15, ...toVarint(levels.length * 2), 0x15, 0],
    ...[0x12, 0, 0], // not compressed
  ];
  return Buffer.concat([Uint8Array.from(header), levels, values]);
}

/** Numbers in one run. */
const toRun = (numbers: number[], width: number): Uint8Array =>
  Buffer.concat([
    Uint8Array.from(toVarint(Math.ceil(numbers.length / 8) * 2 + 1)),
    toBits(numbers, width),
  ]);

/** Numbers of so many bits, the lowest first, in groups of eight. */
function toBits(numbers: number[], width: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(numbers.length / 8) * width);
  numbers.forEach((number, i) => {
    for (let bit = 0; bit < width; bit++) {
      const at = i * width + bit;
      if ((number >>> bit) & 1) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
    }
  });
  return bytes;
}

function toVarint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}
