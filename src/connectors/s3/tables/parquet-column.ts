import {
  type AsyncBuffer,
  type DecodedArray,
  type FileMetaData,
  parquetRead,
  type RowGroup,
  type SchemaTree,
} from 'hyparquet';
import {
  getMaxDefinitionLevel,
  getMaxRepetitionLevel,
  getSchemaPath,
} from 'hyparquet/src/schema.js';
import { ownBuffer } from './own-buffer.ts';
import { compressorsFor } from './parquet-codecs.ts';
import { type PageRun, Pages, type ReadBytes } from './parquet-pages.ts';
import { flatParsers, parquetParsers, toParquetCell } from './parquet-values.ts';
import { sweep } from './sweep.ts';

/** Which column of which row group, and how many of its rows are wanted in all. */
export interface ColumnPlace {
  group: RowGroup;
  tree: SchemaTree;
  wanted: number;
}

/** A column of a row group, read from its beginning on as far as rows are wanted. */
export class ParquetColumn {
  readonly name: string;
  readonly #tree: SchemaTree;
  readonly #metadata: FileMetaData;
  readonly #group: RowGroup;
  readonly #isFlat: boolean;
  /** A nested column is stored as several. */
  readonly #parts: Pages[];

  constructor(read: ReadBytes, metadata: FileMetaData, { group, tree, wanted }: ColumnPlace) {
    const { element, children } = tree;
    this.name = element.name;
    this.#tree = tree;
    this.#metadata = metadata;
    this.#group = group;
    this.#isFlat = children.length === 0 && element.repetition_type !== 'REPEATED';
    const chunks = group.columns.flatMap(({ meta_data, ...chunk }) =>
      meta_data?.path_in_schema[0] === this.name ? [{ ...chunk, meta_data }] : [],
    );
    this.#parts = chunks.map((chunk) => {
      const path = getSchemaPath(metadata.schema, chunk.meta_data.path_in_schema);
      const levels = {
        repetition: getMaxRepetitionLevel(path),
        definition: getMaxDefinitionLevel(path),
      };
      const shape = { element: path.at(-1)?.element ?? element, levels };
      return new Pages(read, chunk, { ...shape, parts: chunks.length, wanted });
    });
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
    for (const part of this.#parts) await part.reach(from, to);
    const runs = this.#parts.flatMap((part) => part.run() ?? []);
    if (runs.length < this.#parts.length || runs.length === 0) return;
    const end = Math.min(to, ...this.#parts.map(({ rows }) => rows));
    if (end <= from) return [];
    const { skipped = 0 } = runs[0] ?? {};
    const cells = await this.#decode(runs, from - skipped, end - skipped);
    sweep(runs.reduce((sum, { bytes, unpacked }) => sum + bytes.length + unpacked, 0));
    return cells;
  }

  async #decode(runs: readonly PageRun[], from: number, to: number): Promise<unknown[]> {
    const compressors = await compressorsFor(runs.map(({ chunk }) => chunk.meta_data.codec));
    const chunks: { columnData: DecodedArray; rowStart: number }[] = [];
    await parquetRead({
      file: toBuffer(runs),
      metadata: {
        ...this.#metadata,
        row_groups: [{ ...this.#group, columns: runs.map(toColumn) }],
      },
      columns: [this.name],
      rowStart: from,
      rowEnd: to,
      utf8: false,
      geoparquet: false,
      parsers: this.#isFlat ? flatParsers : parquetParsers,
      compressors,
      onChunk: (chunk) => chunks.push(chunk), // what it throws would be lost
    });
    return chunks.flatMap(({ columnData, rowStart }) =>
      Array.from(columnData.slice(Math.max(0, from - rowStart), to - rowStart), (value) =>
        toParquetCell(value, this.#tree),
      ),
    );
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
