import type { ColumnMetaData } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { ToolError } from '../../tool-error.ts';

/** Gives the bytes from an offset to before another one. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

/** How much of a column is read at most, in bytes: as stored, and unpacked. */
export interface PageBudget {
  stored: number;
  unpacked: number;
}

/** Whole pages from the beginning of a column in a row group. */
export interface Pages {
  start: number;
  bytes: Uint8Array;
  /** False when there is not even one within the budget. */
  hasData: boolean;
}

/** Largest page, in values: a few bytes can claim to be millions of them. */
const mostValues = 5_000_000;
const headerRoom = 64 * 1024;

/**
 * Reads as many pages of a column as it takes for the wanted rows, and no others. The libraries read the whole column,
 * which may be hundreds of megabytes.
 *
 * @throws ToolError `TOO_LARGE` for pages that unpack to far more than anybody writes.
 */
export async function readPages(
  read: ReadBytes,
  meta: ColumnMetaData,
  wanted: { rows: number; isFlat: boolean },
  budget: PageBudget,
): Promise<Pages> {
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const total = Number(meta.total_compressed_size);
  let bytes = new Uint8Array();
  const load = async (length: number) => {
    const end = Math.min(total, length);
    if (end <= bytes.length) return;
    const more = await read(start + bytes.length, start + end);
    const all = new Uint8Array(bytes.length + more.length);
    all.set(bytes);
    all.set(more, bytes.length);
    bytes = all;
  };
  let at = 0;
  let unpacked = 0;
  let rows = 0;
  let hasData = false;
  // How many rows the values of a nested column are is not always told: then a good deal more are read.
  const enough = wanted.isFlat ? wanted.rows : wanted.rows * 20;
  while (at < total && rows < enough) {
    await load(at + headerRoom);
    const page = readHeader(bytes, at);
    if (!page || page.end > budget.stored) break;
    unpacked += page.unpacked;
    if (page.values > mostValues || unpacked > budget.unpacked) break;
    await load(page.end);
    if (page.end > bytes.length) break; // the file ends before the column does
    at = page.end;
    rows += page.rows;
    hasData ||= page.isData;
  }
  return { start, bytes: bytes.subarray(0, at), hasData };
}

function readHeader(bytes: Uint8Array, at: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: at };
  const header = parquetHeader(reader);
  const { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: names } = header;
  const stored = Number(header.compressed_page_size);
  const unpacked = Number(header.uncompressed_page_size);
  if (!(stored >= 0) || !(unpacked >= 0)) throw badPage();
  return {
    end: reader.offset + stored,
    unpacked,
    isData: v1 !== undefined || v2 !== undefined,
    values: Number(v1?.num_values ?? v2?.num_values ?? names?.num_values ?? 0),
    rows: Number(v2?.num_rows ?? v1?.num_values ?? 0),
  };
}

const badPage = () =>
  new ToolError('INVALID_ARGUMENT', 'this Parquet file is damaged', {
    why: 'a page has an impossible size',
  });
