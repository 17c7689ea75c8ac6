import type { ColumnMetaData, PageHeader } from 'hyparquet';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { compressorsFor } from './parquet-codecs.ts';
import { bitsFor, readRuns } from './parquet-runs.ts';
import { sweep } from './sweep.ts';

/** How many rows begin in a page, and whether its first value begins one. */
export interface ListRows {
  rows: number;
  isAligned: boolean;
}

/**
 * The rows of a page of lists. Pages of version 1 tell only how many values they have, and begin and end in the middle of
 * a row: each value has a level in front of the values, which is 0 where a row begins.
 *
 * @param depth how many lists are within each other, at least 1
 */
export async function listRows(
  { data_page_header: v1, data_page_header_v2: v2, uncompressed_page_size: size }: PageHeader,
  body: Uint8Array,
  codec: ColumnMetaData['codec'],
  depth: number,
): Promise<ListRows> {
  if (!v1) return { rows: v2?.num_rows ?? 0, isAligned: true };
  const bytes = decompressPage(body, Number(size), codec, await compressorsFor([codec]));
  sweep(bytes.length);
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const levels = readRuns(bytes.subarray(4, end), bitsFor(depth), v1.num_values);
  return { rows: levels.filter((level) => level === 0).length, isAligned: levels[0] === 0 };
}
