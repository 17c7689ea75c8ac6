import type { ColumnMetaData, PageHeader } from 'hyparquet';
import { inflate } from '../content/inflate.ts';
import { snappyHead } from './snappy-head.ts';

/** How high the levels of a column's values go: 0 without lists, and 0 where none can be missing. */
export interface Levels {
  repetition: number;
  definition: number;
}

/** The beginning of a page, of which a part makes sense without the rest. */
export interface PageHead {
  encoding: 'PLAIN' | 'RLE' | 'RLE_DICTIONARY';
  /** Values of the whole page, with those that are missing. */
  count: number;
  /** Of each value, where its level can be above 0: 0 where it begins a row, more where it goes on with a list. */
  repetition: Uint8Array;
  /** Of each value, where its level can be above 0: the highest where it is there, less where it is missing. */
  definition: Uint8Array;
  /** As far as they go. */
  values: Uint8Array;
}

/** Of what is unpacked, in bytes. */
const mostUnpacked = 3_000_000;

/** The beginning of a page, from the beginning of its bytes. Nothing where its encoding or its codec has no parts. */
export async function pageHead(
  { data_page_header: v1, data_page_header_v2: v2 }: PageHeader,
  body: Uint8Array,
  codec: ColumnMetaData['codec'],
  levels: Levels,
): Promise<PageHead | undefined> {
  const encoding = toEncoding(v1?.encoding ?? v2?.encoding);
  if (!encoding) return;
  if (v2) {
    const start = v2.repetition_levels_byte_length;
    const end = start + v2.definition_levels_byte_length;
    const packed = body.subarray(end);
    const values = await unpackHead(packed, v2.is_compressed === false ? 'UNCOMPRESSED' : codec);
    const [repetition, definition] = [body.subarray(0, start), body.subarray(start, end)];
    return values && { encoding, count: v2.num_values, repetition, definition, values };
  }
  const bytes = v1 && (await unpackHead(body, codec));
  const first = bytes && splitLevels(bytes, levels.repetition);
  const second = first && splitLevels(first.behind, levels.definition);
  if (!second) return;
  const [repetition, definition] = [first.levels, second.levels];
  return { encoding, count: v1.num_values, repetition, definition, values: second.behind };
}

/** Levels, with their length in front, and what is behind them; nothing when not all of them are there. */
function splitLevels(bytes: Uint8Array, highest: number) {
  if (highest === 0) return { levels: new Uint8Array(), behind: bytes };
  if (bytes.length < 4) return;
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return end > bytes.length
    ? undefined
    : { levels: bytes.subarray(4, end), behind: bytes.subarray(end) };
}

function toEncoding(encoding: string | undefined): PageHead['encoding'] | undefined {
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
