import type { ColumnMetaData, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { ToolError } from '../../tool-error.ts';
import { type CutPage, cutPage, type ValueShape } from './parquet-cut-page.ts';
import { type ListRows, listRows } from './parquet-list-rows.ts';
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

/** A page as it is stored, and the rows that begin in it. */
interface Page {
  bytes: Uint8Array;
  unpacked: number;
  /** About what the library makes of it, in bytes. */
  decoded: number;
  /** For the pages behind it. */
  isDictionary: boolean;
  /** Its first value is not one of a row that began before. */
  isAligned: boolean;
  firstRow: number;
  rows: number;
}

/** What is in the pages. */
export interface PagesShape extends ValueShape {
  /** In how many parts the column is stored, of which these pages are one. */
  parts: number;
  /** Rows that are wanted in all: what is cut has as many of them as go, since behind it nothing can be read. */
  wanted: number;
}

/** Of a page, and of what is kept of a column in a row group, in bytes as stored. */
const mostOfPage = 4_000_000;
const mostOfColumn = 16_000_000;
/** Of the pages that are decoded together when their values are objects, in bytes: a few stored ones can be millions. */
const mostDecoded = 12_000_000;
/** Of a page that is cut, in bytes as stored. */
const mostOfCut = 3_000_000;
const headerRoom = 64 * 1024;
/** Of an array that holds little, in bytes. */
const bytesOfArray = 180;

/** The pages of a column in a row group, from its beginning on as far as somebody needs them. */
export class Pages {
  readonly chunk: ColumnChunk;
  readonly #read: ReadBytes;
  readonly #shape: PagesShape;
  /** Of {@link mostDecoded}: the parts of a column are decoded together. */
  readonly #share: number;
  /** The library puts each row of a nested column into arrays, one within the other, in bytes. */
  readonly #bytesOfRow: number;
  readonly #start: number;
  readonly #total: number;
  #pages: Page[] = [];
  /** Bytes behind the pages. */
  #ahead: Uint8Array = new Uint8Array();
  /** Where these begin, from the start of the column. */
  #at = 0;
  /** The last row that has begun is whole. */
  #isClosed = false;
  /** Rows that have begun so far. */
  #rows = 0;

  constructor(read: ReadBytes, chunk: ColumnChunk, shape: PagesShape) {
    const { meta_data: meta } = chunk;
    this.#read = read;
    this.#shape = shape;
    this.#share = mostDecoded / shape.parts;
    const isOptional = shape.element.repetition_type !== 'REQUIRED';
    this.#bytesOfRow = (shape.levels.definition - Number(isOptional)) * bytesOfArray;
    this.chunk = chunk;
    this.#start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    this.#total = Number(meta.total_compressed_size);
  }

  /** Of what is kept, in bytes. */
  get size(): number {
    return this.#pages.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Rows that are there with all their values: the last list may go on in the next page. */
  get rows(): number {
    return this.#isClosed ? this.#rows : Math.max(0, this.#rows - 1);
  }

  /**
   * Reads on until the rows from one to before another are there, or as many of them as go at once. Those before them are
   * forgotten. The libraries read the whole column, which may be hundreds of megabytes.
   *
   * @throws ToolError `INVALID_ARGUMENT` for sizes and places that can't be.
   */
  async reach(from: number, to: number): Promise<void> {
    if (!(this.#start >= 0)) throw badFile('a column begins before the file');
    this.#forget(from);
    while (this.#at < this.#total && this.rows < to) {
      await this.#load(headerRoom);
      const page = readHeader(this.#ahead);
      const ofValues = page.unpacked + page.values * bytesOfValue(page, this.chunk.meta_data);
      if (page.length > mostOfPage || ofValues > mostDecoded)
        return this.#end(await this.#cut(page));
      if (this.size + page.length > mostOfColumn) return;
      await this.#load(page.length);
      if (page.length > this.#ahead.length) return; // the file ends before the column does
      const found = await this.#rowsOf(page);
      const decoded = ofValues + found.rows * this.#bytesOfRow;
      if (decoded > this.#share) {
        const cut = await this.#cut(page);
        if (cut || decoded > mostDecoded) return this.#end(cut);
      }
      const before = this.#pages.reduce((sum, { decoded }) => sum + decoded, 0);
      if (before + decoded > this.#share && this.rows > from) return;
      if (before + decoded > mostDecoded * 2) return;
      this.#keep(page, { ...found, decoded });
    }
  }

  async #rowsOf({ header, bodyStart, length, rows }: PageFacts): Promise<ListRows> {
    const depth = this.#shape.levels.repetition;
    if (depth === 0 || rows === 0) return { rows, isAligned: true };
    const body = this.#ahead.subarray(bodyStart, length);
    return listRows(header, body, this.chunk.meta_data.codec, depth);
  }

  #keep({ header, length, unpacked }: PageFacts, found: ListRows & { decoded: number }): void {
    const bytes = this.#ahead.subarray(0, length);
    const isDictionary = header.type === 'DICTIONARY_PAGE';
    this.#pages.push({ ...found, bytes, unpacked, isDictionary, firstRow: this.#rows });
    this.#ahead = this.#ahead.subarray(length);
    this.#at += length;
    const isFlat = this.#shape.levels.repetition === 0;
    this.#isClosed = isFlat || header.type === 'DATA_PAGE_V2' || this.#at >= this.#total;
    this.#rows += found.rows;
  }

  /** The first rows of a page that is too large. */
  async #cut(page: PageFacts): Promise<CutPage | undefined> {
    const { header, length, bodyStart, values } = page;
    const share = this.#share / (this.#bytesOfRow > 0 ? 2 : 1); // the other half for the arrays
    const rows = Math.floor(Math.min(this.#shape.wanted - this.#rows, share / this.#bytesOfRow));
    const limits = { rows, values: Math.floor(share / bytesOfValue(page, this.chunk.meta_data)) };
    const cutAt = async (end: number) => {
      await this.#load(end);
      const body = this.#ahead.subarray(bodyStart, end);
      const found = await cutPage(header, body, this.chunk.meta_data, this.#shape, limits);
      sweep(body.length + (found?.unpacked ?? body.length));
      return found;
    };
    const end = Math.min(length, mostOfCut);
    const guess = Math.ceil(headerRoom + (rows * length * 4) / Math.max(1, values));
    const cut = guess < end ? await cutAt(guess).catch(() => undefined) : undefined;
    return (cut?.rows ?? 0) < Math.min(rows, values) ? cutAt(end) : cut;
  }

  /** What is cut is the last that can be read of the column. */
  #end(cut: CutPage | undefined): void {
    this.#ahead = new Uint8Array();
    this.#at = this.#total;
    if (!cut) return;
    this.#pages.push({ ...cut, decoded: this.#share, isDictionary: false, firstRow: this.#rows });
    this.#isClosed = true;
    this.#rows += cut.rows;
  }

  /** Parts have to begin with the same row, so that of several no page can go. */
  #forget(row: number): void {
    if (this.#shape.parts > 1) return;
    const begin = this.#pages.findLastIndex(
      (page) => page.isAligned && page.rows > 0 && page.firstRow <= row,
    );
    const first = this.#isClosed && row >= this.#rows ? this.#pages.length : begin;
    this.#pages = this.#pages.filter(({ isDictionary }, i) => isDictionary || i >= first);
  }

  /** The pages that are there. Nothing when there is no row at all. */
  run(): PageRun | undefined {
    if (this.rows === 0) return;
    const bytes = Buffer.concat(this.#pages.map(({ bytes }) => bytes));
    const unpacked = this.#pages.reduce((sum, { unpacked }) => sum + unpacked, 0);
    const first = this.#pages.find(({ isDictionary }) => !isDictionary);
    return {
      chunk: this.chunk,
      start: this.#start,
      bytes,
      unpacked,
      skipped: first?.firstRow ?? 0,
    };
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

/** About what the library makes of a value, in bytes: a number or a place in a dictionary, or an object for a text. */
const bytesOfValue = ({ isDictionary }: PageFacts, { type }: ColumnMetaData) =>
  /BYTE_ARRAY/.test(type) && !isDictionary ? 150 : 40;

const badFile = (why: string) =>
  new ToolError('INVALID_ARGUMENT', 'this Parquet file is damaged', { why });
