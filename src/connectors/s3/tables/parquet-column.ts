import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetRead,
  type RowGroup,
  type SchemaTree,
} from 'hyparquet';
import { ownBuffer } from './own-buffer.ts';
import { Pages, type ReadBytes } from './parquet-pages.ts';
import { parquetParsers, toParquetCell, toRawSchema } from './parquet-values.ts';

/** A column of a row group, read from its beginning on as far as rows are wanted. */
export class ParquetColumn {
  readonly name: string;
  readonly #tree: SchemaTree;
  readonly #metadata: FileMetaData;
  readonly #group: RowGroup;
  /** A nested column is stored as several. */
  readonly #parts: Pages[];

  constructor(read: ReadBytes, metadata: FileMetaData, group: RowGroup, tree: SchemaTree) {
    this.name = tree.element.name;
    this.#tree = tree;
    this.#metadata = metadata;
    this.#group = group;
    this.#parts = group.columns.flatMap(({ meta_data, ...chunk }) =>
      meta_data?.path_in_schema[0] === this.name ? [new Pages(read, { ...chunk, meta_data })] : [],
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
    return this.#parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  drop(): void {
    for (const part of this.#parts) part.drop();
  }

  /** The cells of rows, fewer where the pages end; nothing when not even one page is within the limits. */
  async cells(from: number, to: number): Promise<unknown[] | undefined> {
    const { element, children } = this.#tree;
    const isFlat = children.length === 0 && element.repetition_type !== 'REPEATED';
    // How many rows the values of a nested column are is not always told: then a good deal more are read.
    for (const part of this.#parts) await part.reach(isFlat ? to : to * 20);
    if (this.#parts.some(({ hasData }) => !hasData)) return;
    return this.#decode(from, to);
  }

  async #decode(from: number, to: number): Promise<unknown[]> {
    const compressors = await compressorsFor(this.#parts);
    const cells: unknown[] = [];
    await parquetRead({
      file: toBuffer(this.#parts),
      metadata: {
        ...this.#metadata,
        schema: toRawSchema(this.#metadata.schema),
        row_groups: [{ ...this.#group, columns: this.#parts.map(shorten) }],
      },
      columns: [this.name],
      rowStart: from,
      rowEnd: to,
      utf8: false,
      geoparquet: false,
      parsers: parquetParsers,
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

/** To the library the column ends where we stopped reading. */
const shorten = ({ chunk, bytes }: Pages) => ({
  ...chunk,
  meta_data: { ...chunk.meta_data, total_compressed_size: BigInt(bytes.length) },
});

/** The library may read what lies between the parts of a nested column, and never looks at it. */
function toBuffer(parts: readonly Pages[]): AsyncBuffer {
  return {
    byteLength: Number.MAX_SAFE_INTEGER,
    slice(start, end = start) {
      const whole = parts.find(
        (part) => start >= part.start && end <= part.start + part.bytes.length,
      );
      if (whole) return ownBuffer(whole.bytes.subarray(start - whole.start, end - whole.start));
      const bytes = new Uint8Array(Math.min(end - start, mostJoined));
      for (const part of parts) {
        const from = Math.max(start, part.start);
        const to = Math.min(end, part.start + part.bytes.length);
        const known = part.bytes.subarray(from - part.start, to - part.start);
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
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: length }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: length }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: length }),
};

/** LZ4 is seldom, and what unpacks it brings ten megabytes along. */
async function compressorsFor(parts: readonly Pages[]): Promise<Compressors> {
  if (!parts.some(({ chunk }) => chunk.meta_data.codec.startsWith('LZ4'))) return ofNode;
  const { decompressLz4, decompressLz4Raw } = await import('hyparquet-compressors');
  return { ...ofNode, LZ4: decompressLz4, LZ4_RAW: decompressLz4Raw };
}
