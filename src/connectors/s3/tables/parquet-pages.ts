import type { ColumnMetaData, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { ToolError } from '../../tool-error.ts';

/** Gives the bytes from an offset to before another one. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

/** Of a page and of a column in a row group, in bytes as stored. */
const mostOfPage = 4_000_000;
const mostOfColumn = 16_000_000;
/** Of the pages of one reach when their values are objects, in bytes: a few stored ones can claim to be millions of values. */
const mostDecoded = 32_000_000;
const headerRoom = 64 * 1024;

export type ColumnChunk = RowGroup['columns'][number] & { meta_data: ColumnMetaData };

/** Whole pages from the beginning of a column in a row group, as many as somebody needs. */
export class Pages {
  readonly chunk: ColumnChunk;
  /** Where they begin in the file. */
  readonly start: number;
  /** False when there is not even one within the limits. */
  hasData = false;
  readonly #read: ReadBytes;
  readonly #total: number;
  #bytes = new Uint8Array();
  /** Up to here the pages are whole. */
  #end = 0;
  /** Rows in them; of a nested column the values, of which a row may have many or none. */
  #rows = 0;

  constructor(read: ReadBytes, chunk: ColumnChunk) {
    const { meta_data: meta } = chunk;
    this.#read = read;
    this.chunk = chunk;
    this.start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    this.#total = Number(meta.total_compressed_size);
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  /**
   * Reads on until so many rows are there, or as many as go at once. The libraries read the whole column, which may be
   * hundreds of megabytes.
   *
   * @throws ToolError `INVALID_ARGUMENT` for a page of an impossible size.
   */
  async reach(rows: number): Promise<void> {
    let decoded = 0;
    while (this.#end < this.#total && this.#rows < rows) {
      await this.#load(this.#end + headerRoom);
      const page = readHeader(this.#bytes, this.#end);
      decoded += decodedSize(page, this.chunk.meta_data);
      const isLarge = page.end - this.#end > mostOfPage || page.end > mostOfColumn;
      if (isLarge || decoded > mostDecoded) return;
      await this.#load(page.end);
      if (page.end > this.#bytes.length) return; // the file ends before the column does
      this.#end = page.end;
      this.#rows += page.rows;
      this.hasData ||= page.rows > 0;
    }
  }

  /** Forgets the bytes: nothing more can be read of this column. */
  drop(): void {
    this.#bytes = new Uint8Array();
    this.#end = 0;
  }

  async #load(length: number): Promise<void> {
    const end = Math.min(this.#total, length);
    if (end <= this.#bytes.length) return;
    const more = await this.#read(this.start + this.#bytes.length, this.start + end);
    const all = new Uint8Array(this.#bytes.length + more.length);
    all.set(this.#bytes);
    all.set(more, this.#bytes.length);
    this.#bytes = all;
  }
}

type PageFacts = ReturnType<typeof readHeader>;

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
    values: Number(v1?.num_values ?? v2?.num_values ?? names?.num_values ?? 0),
    rows: Number(v2?.num_rows ?? v1?.num_values ?? 0),
    isDictionary: /DICTIONARY/.test(v1?.encoding ?? v2?.encoding ?? ''),
  };
}

/** About what the library makes of it: an array of numbers, or an object for each text. */
const decodedSize = ({ unpacked, values, isDictionary }: PageFacts, { type }: ColumnMetaData) =>
  unpacked + values * (/BYTE_ARRAY/.test(type) && !isDictionary ? 150 : 40);

const badPage = () =>
  new ToolError('INVALID_ARGUMENT', 'this Parquet file is damaged', {
    why: 'a page has an impossible size',
  });
