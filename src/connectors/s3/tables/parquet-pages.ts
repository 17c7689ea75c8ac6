import type { ColumnMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { ToolError } from '../../tool-error.ts';
import { cutPage } from './parquet-cut-page.ts';
import { sweep } from './sweep.ts';

/** Gives the bytes from an offset to before another one. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

export type ColumnChunk = RowGroup['columns'][number] & { meta_data: ColumnMetaData };

/** Pages as if they were the whole column. */
export interface PageRun {
  chunk: ColumnChunk;
  /** Where the column begins in the file. */
  start: number;
  bytes: Uint8Array;
  /** How many bytes they are when decompressed. */
  unpacked: number;
  /** Rows that are left out in front. */
  skipped: number;
}

/** A page as it is stored, and its rows; a dictionary has none. */
interface Page {
  bytes: Uint8Array;
  unpacked: number;
  firstRow: number;
  rows: number;
}

/** Of a page, and of what is kept of a column in a row group, in bytes as stored. */
const mostOfPage = 4_000_000;
const mostOfColumn = 16_000_000;
/** Of the pages of one reach when their values are objects, in bytes: a few stored ones can claim to be millions of values. */
const mostDecoded = 12_000_000;
/** Of a page that is cut, in bytes as stored. */
const mostOfCut = 3_000_000;
const headerRoom = 64 * 1024;

/** The pages of a column in a row group, from its beginning on as far as somebody needs them. */
export class Pages {
  readonly chunk: ColumnChunk;
  readonly #read: ReadBytes;
  /** Of a column that is not nested. */
  readonly #flat: SchemaElement | undefined;
  readonly #start: number;
  readonly #total: number;
  #pages: Page[] = [];
  /** Bytes behind the pages. */
  #ahead: Uint8Array = new Uint8Array();
  /** Where these begin, from the start of the column. */
  #at = 0;
  /** Rows so far; of a nested column the values, of which a row may have many or none. */
  #rows = 0;

  constructor(read: ReadBytes, chunk: ColumnChunk, flat: SchemaElement | undefined) {
    const { meta_data: meta } = chunk;
    this.#read = read;
    this.#flat = flat;
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
      const size = decodedSize(page, this.chunk.meta_data);
      if (page.length > mostOfPage || size > mostDecoded) return this.#cut(page, rows);
      decoded += size;
      if (this.size + page.length > mostOfColumn || decoded > mostDecoded) return;
      await this.#load(page.length);
      if (page.length > this.#ahead.length) return; // the file ends before the column does
      const bytes = this.#ahead.subarray(0, page.length);
      this.#pages.push({
        bytes,
        unpacked: page.unpacked,
        firstRow: this.#rows,
        rows: page.rows,
      });
      this.#ahead = this.#ahead.subarray(page.length);
      this.#at += page.length;
      this.#rows += page.rows;
    }
  }

  /** Of a page that is too large, its first rows: they are the last that can be read. */
  async #cut({ header, length, bodyStart, values }: PageFacts, rows: number): Promise<void> {
    const flat = this.#flat;
    if (!flat) return;
    const wanted = rows - this.#rows;
    const guess = Math.ceil(headerRoom + (wanted * length * 4) / Math.max(1, values));
    const cutAt = async (most: number) => {
      await this.#load(Math.min(length, most));
      const body = this.#ahead.subarray(bodyStart, length);
      const found = await cutPage(header, body, this.chunk.meta_data, flat, wanted);
      sweep(body.length + (found?.unpacked ?? body.length));
      return found;
    };
    let cut = guess < mostOfCut ? await cutAt(guess).catch(() => undefined) : undefined;
    if ((cut?.rows ?? 0) < Math.min(wanted, values)) cut = await cutAt(mostOfCut);
    this.#ahead = new Uint8Array();
    this.#at = this.#total;
    if (!cut) return;
    this.#pages.push({ ...cut, firstRow: this.#rows });
    this.#rows += cut.rows;
  }

  /** The pages from a row on; those before it are forgotten. Nothing when there is no row at all. */
  from(row: number): PageRun | undefined {
    if (this.#flat)
      this.#pages = this.#pages.filter(({ firstRow, rows }) => rows === 0 || firstRow + rows > row);
    const first = this.#pages.find(({ rows }) => rows > 0);
    if (this.#rows === 0) return;
    const bytes = Buffer.concat(this.#pages.map(({ bytes }) => bytes));
    const unpacked = this.#pages.reduce((sum, { unpacked }) => sum + unpacked, 0);
    const skipped = first?.firstRow ?? this.#rows;
    return { chunk: this.chunk, start: this.#start, bytes, unpacked, skipped };
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
    header,
    bodyStart: reader.offset,
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
