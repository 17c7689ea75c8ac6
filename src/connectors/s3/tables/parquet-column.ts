import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetRead,
  type RowGroup,
  type SchemaTree,
} from 'hyparquet';
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors';
import { type PageBudget, type Pages, type ReadBytes, readPages } from './parquet-pages.ts';
import { parquetParsers, toRawSchema } from './parquet-values.ts';

export interface ColumnWish {
  metadata: FileMetaData;
  group: RowGroup;
  tree: SchemaTree;
  /** The first so many. */
  rows: number;
  budget: PageBudget;
}

/** The first values of a column in a row group; nothing when not even a page of it is within the budget. */
export async function readColumn(
  read: ReadBytes,
  { metadata, group, tree, rows, budget }: ColumnWish,
): Promise<unknown[] | undefined> {
  const { name, repetition_type } = tree.element;
  const isFlat = tree.children.length === 0 && repetition_type !== 'REPEATED';
  const columns: RowGroup['columns'] = [];
  const parts: Pages[] = [];
  for (const chunk of group.columns) {
    const meta = chunk.meta_data;
    if (meta?.path_in_schema[0] !== name) continue;
    const pages = await readPages(read, meta, { rows, isFlat }, budget);
    if (!pages.hasData) return;
    parts.push(pages);
    columns.push({ ...chunk, meta_data: shorten(meta, pages) });
  }
  const values: unknown[] = [];
  await parquetRead({
    file: toBuffer(parts),
    metadata: {
      ...metadata,
      schema: toRawSchema(metadata.schema),
      row_groups: [{ ...group, columns }],
    },
    columns: [name],
    rowStart: 0,
    rowEnd: rows,
    utf8: false,
    geoparquet: false,
    parsers: parquetParsers,
    compressors,
    onChunk({ columnData }) {
      for (let i = 0; i < columnData.length && values.length < rows; i++)
        values.push(columnData[i]);
    },
  });
  return values;
}

/** To the library the column ends where we stopped reading. */
const shorten = (meta: ColumnMetaData, { bytes }: Pages): ColumnMetaData => ({
  ...meta,
  total_compressed_size: BigInt(bytes.length),
});

/** The library may read what lies between the parts of a nested column, and never looks at it. */
function toBuffer(parts: readonly Pages[]): AsyncBuffer {
  return {
    byteLength: Number.MAX_SAFE_INTEGER,
    slice(start, end = start) {
      const whole = parts.find(
        (part) => start >= part.start && end <= part.start + part.bytes.length,
      );
      if (whole) return toArrayBuffer(whole.bytes.subarray(start - whole.start, end - whole.start));
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

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** Node's own where it has them: they stop at the size that the page announces. */
const compressors: Compressors = {
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: length }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: length }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: length }),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};
