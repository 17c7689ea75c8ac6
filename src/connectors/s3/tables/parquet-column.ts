import { brotliDecompressSync, constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetRead,
  type RowGroup,
  type SchemaTree,
} from 'hyparquet';
import { ownBuffer } from './own-buffer.ts';
import { type PageRun, Pages, type ReadBytes } from './parquet-pages.ts';
import { flatParsers, parquetParsers, toParquetCell, toRawSchema } from './parquet-values.ts';
import { sweep } from './sweep.ts';

/** A column of a row group, read from its beginning on as far as rows are wanted. */
export class ParquetColumn {
  readonly name: string;
  readonly #tree: SchemaTree;
  readonly #metadata: FileMetaData;
  readonly #group: RowGroup;
  readonly #isFlat: boolean;
  /** A nested column is stored as several. */
  readonly #parts: Pages[];

  constructor(read: ReadBytes, metadata: FileMetaData, group: RowGroup, tree: SchemaTree) {
    const { element, children } = tree;
    this.name = element.name;
    this.#tree = tree;
    this.#metadata = metadata;
    this.#group = group;
    this.#isFlat = children.length === 0 && element.repetition_type !== 'REPEATED';
    this.#parts = group.columns.flatMap(({ meta_data, ...chunk }) =>
      meta_data?.path_in_schema[0] === this.name
        ? [new Pages(read, { ...chunk, meta_data }, this.#isFlat ? element : undefined)]
        : [],
    );
  }

  /** Of all its rows, in bytes, as the file tells. */
  get unpackedSize(): number {
    return this.#parts.reduce(
      (sum, { chunk }) => sum + Number(chunk.meta_data.total_uncompressed_size),
      0,
    );
  }

  /** Bytes that are kept for the rows behind. */
  get size(): number {
    return this.#parts.reduce((sum, { size }) => sum + size, 0);
  }

  drop(): void {
    for (const part of this.#parts) part.drop();
  }

  /**
   * The cells of rows, fewer where the pages end; nothing when not even one page is within the limits. Rows before them
   * can't be read again.
   */
  async cells(from: number, to: number): Promise<unknown[] | undefined> {
    // How many rows the values of a nested column are is not always told: then a good deal more are read.
    for (const part of this.#parts) await part.reach(this.#isFlat ? to : to * 20);
    const runs = this.#parts.flatMap((part) => part.from(from) ?? []);
    if (runs.length < this.#parts.length || runs.length === 0) return;
    const { skipped = 0 } = runs[0] ?? {};
    const cells = await this.#decode(runs, from - skipped, to - skipped);
    sweep(runs.reduce((sum, { bytes, unpacked }) => sum + bytes.length + unpacked, 0));
    return cells;
  }

  async #decode(runs: readonly PageRun[], from: number, to: number): Promise<unknown[]> {
    const compressors = await compressorsFor(runs);
    const cells: unknown[] = [];
    await parquetRead({
      file: toBuffer(runs),
      metadata: {
        ...this.#metadata,
        schema: toRawSchema(this.#metadata.schema),
        row_groups: [{ ...this.#group, columns: runs.map(toColumn) }],
      },
      columns: [this.name],
      rowStart: from,
      rowEnd: to,
      utf8: false,
      geoparquet: false,
      parsers: this.#isFlat ? flatParsers : parquetParsers,
      compressors,
      onChunk: ({ columnData, rowStart }) => {
        const end = Math.min(columnData.length, to - rowStart);
        for (let row = Math.max(0, from - rowStart); row < end; row++)
          cells.push(toParquetCell(columnData[row], this.#tree));
      },
    });
    return cells;
  }
}

/** To the library the column has no other pages. */
const toColumn = ({ chunk, bytes }: PageRun) => ({
  ...chunk,
  meta_data: { ...chunk.meta_data, total_compressed_size: BigInt(bytes.length) },
});

/** The library may read what lies between the parts of a nested column, and never looks at it. */
function toBuffer(runs: readonly PageRun[]): AsyncBuffer {
  return {
    byteLength: Number.MAX_SAFE_INTEGER,
    slice(start, end = start) {
      const whole = runs.find((run) => start >= run.start && end <= run.start + run.bytes.length);
      if (whole) return ownBuffer(whole.bytes.subarray(start - whole.start, end - whole.start));
      const bytes = new Uint8Array(Math.min(end - start, mostJoined));
      for (const run of runs) {
        const from = Math.max(start, run.start);
        const to = Math.min(end, run.start + run.bytes.length);
        const known = run.bytes.subarray(from - run.start, to - run.start);
        if (from < to && to - start <= bytes.length) bytes.set(known, from - start);
      }
      return bytes.buffer;
    },
  };
}

/** Of neighbouring columns that the library reads at once, in bytes; it joins 2 MB at most. */
const mostJoined = 32_000_000;

/** Node's own where it has them: they stop at the size that the page announces. */
const ofNode: Compressors = {
  GZIP: (input, length) => gunzipSync(input, inOnePiece(length)),
  ZSTD: (input, length) => zstdDecompressSync(input, { ...inOnePiece(length), params: zstdLimits }),
  BROTLI: (input, length) => brotliDecompressSync(input, inOnePiece(length)),
};

/** Joining pieces would take twice the size, and a full piece gets another one behind it. */
const inOnePiece = (length: number) => ({ maxOutputLength: length, chunkSize: length + 64 });

/** 32 MB, more than a page may have. */
const zstdLimits = { [constants.ZSTD_d_windowLogMax]: 25 };

/** LZ4 is seldom, and what unpacks it brings ten megabytes along. */
async function compressorsFor(runs: readonly PageRun[]): Promise<Compressors> {
  if (!runs.some(({ chunk }) => chunk.meta_data.codec.startsWith('LZ4'))) return ofNode;
  const { decompressLz4, decompressLz4Raw } = await import('hyparquet-compressors');
  return { ...ofNode, LZ4: decompressLz4, LZ4_RAW: decompressLz4Raw };
}
