import type { ColumnMetaData, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { ToolError } from '../../tool-error.ts';

/** Gives the bytes from an offset to before another one. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

export type ColumnChunk = RowGroup['columns'][number] & { meta_data: ColumnMetaData };

/** Pages as if they were the whole column. */
export interface PageRun {
  chunk: ColumnChunk;
  /** Where the column begins in the file. */
  start: number;
  bytes: Uint8Array;
  /** Rows that are left out in front. */
  skipped: number;
}

/** A page as it is stored, and its rows; a dictionary has none. */
interface Page {
  bytes: Uint8Array;
  firstRow: number;
  rows: number;
}

/** Of a page, and of what is kept of a column in a row group, in bytes as stored. */
const mostOfPage = 4_000_000;
const mostOfColumn = 16_000_000;
/** Of the pages of one reach when their values are objects, in bytes: a few stored ones can claim to be millions of values. */
const mostDecoded = 24_000_000;
const headerRoom = 64 * 1024;

/** The pages of a column in a row group, from its beginning on as far as somebody needs them. */
export class Pages {
  readonly chunk: ColumnChunk;
  readonly #read: ReadBytes;
  readonly #isFlat: boolean;
  readonly #start: number;
  readonly #total: number;
  #pages: Page[] = [];
  /** Bytes behind the pages. */
  #ahead: Uint8Array = new Uint8Array();
  /** Where these begin, from the start of the column. */
  #at = 0;
  /** Rows so far; of a nested column the values, of which a row may have many or none. */
  #rows = 0;

  constructor(read: ReadBytes, chunk: ColumnChunk, isFlat: boolean) {
    const { meta_data: meta } = chunk;
    this.#read = read;
    this.#isFlat = isFlat;
    this.chunk = chunk;
    this.#start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    this.#total = Number(meta.total_compressed_size);
  }

  /** Of what is kept, in bytes. */
  get size(): number {
    return this.#pages.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /**
   * Reads on until so many rows are there, or as many as go at once. The libraries read the whole column, which may be
   * hundreds of megabytes.
   *
   * @throws ToolError `INVALID_ARGUMENT` for sizes and places that can't be.
   */
  async reach(rows: number): Promise<void> {
    if (!(this.#start >= 0)) throw badFile('a column begins before the file');
    let decoded = 0;
    while (this.#at < this.#total && this.#rows < rows) {
      await this.#load(headerRoom);
      const page = readHeader(this.#ahead);
      decoded += decodedSize(page, this.chunk.meta_data);
      const isLarge = page.length > mostOfPage || this.size + page.length > mostOfColumn;
      if (isLarge || decoded > mostDecoded) return;
      await this.#load(page.length);
      if (page.length > this.#ahead.length) return; // the file ends before the column does
      const bytes = this.#ahead.subarray(0, page.length);
      this.#pages.push({ bytes, firstRow: this.#rows, rows: page.rows });
      this.#ahead = this.#ahead.subarray(page.length);
      this.#at += page.length;
      this.#rows += page.rows;
    }
  }

  /** The pages from a row on; those before it are forgotten. Nothing when there is no row at all. */
  from(row: number): PageRun | undefined {
    if (this.#isFlat)
      this.#pages = this.#pages.filter(({ firstRow, rows }) => rows === 0 || firstRow + rows > row);
    const first = this.#pages.find(({ rows }) => rows > 0);
    if (this.#rows === 0) return;
    const bytes = Buffer.concat(this.#pages.map(({ bytes }) => bytes));
    return { chunk: this.chunk, start: this.#start, bytes, skipped: first?.firstRow ?? this.#rows };
  }

  /** Forgets the bytes: nothing more can be read of this column. */
  drop(): void {
    this.#pages = [];
    this.#ahead = new Uint8Array();
    this.#at = this.#total;
  }

  async #load(length: number): Promise<void> {
    const known = this.#ahead.length;
    const missing = Math.min(this.#total - this.#at, length) - known;
    if (missing <= 0) return;
    const start = this.#start + this.#at + known;
    const more = await this.#read(start, start + missing);
    this.#ahead = known > 0 ? Buffer.concat([this.#ahead, more]) : more;
  }
}

type PageFacts = ReturnType<typeof readHeader>;

function readHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: 0 };
  const header = parquetHeader(reader);
  const { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: names } = header;
  const stored = Number(header.compressed_page_size);
  const unpacked = Number(header.uncompressed_page_size);
  if (!(stored >= 0) || !(unpacked >= 0)) throw badFile('a page has an impossible size');
  return {
    length: reader.offset + stored,
    unpacked,
    values: Number(v1?.num_values ?? v2?.num_values ?? names?.num_values ?? 0),
    rows: Number(v2?.num_rows ?? v1?.num_values ?? 0),
    isDictionary: /DICTIONARY/.test(v1?.encoding ?? v2?.encoding ?? ''),
  };
}

/** About what the library makes of it: an array of numbers, or an object for each text. */
const decodedSize = ({ unpacked, values, isDictionary }: PageFacts, { type }: ColumnMetaData) =>
  unpacked + values * (/BYTE_ARRAY/.test(type) && !isDictionary ? 150 : 40);

const badFile = (why: string) =>
  new ToolError('INVALID_ARGUMENT', 'this Parquet file is damaged', { why });
