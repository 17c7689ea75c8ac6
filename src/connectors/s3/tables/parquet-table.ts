import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
  type RowGroup,
  type SchemaTree,
} from 'hyparquet';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { ownBuffer } from './own-buffer.ts';
import { ParquetColumn } from './parquet-column.ts';
import type { ReadBytes } from './parquet-pages.ts';
import { parquetParsers, toParquetType, toRawSchema } from './parquet-values.ts';
import type { Table } from './table.ts';

/** Largest footer, in bytes: it tells of each column in each row group. */
const largestFooter = 16_000_000;
/** Of the columns of one row group together, in bytes, while rows behind the first are wanted. */
const mostKept = 16_000_000;
/** What is decoded at once: cells, and their bytes. */
const mostCells = 100_000;
const mostDecoded = 8_000_000;
const mostColumns = 100;

export interface ParquetFile {
  /** In bytes. */
  size: number;
  /** What it gives is taken along: nobody else may use the buffer. */
  read: ReadBytes;
}

export interface ParquetOptions {
  /** All of the first hundred when not told. */
  columns?: readonly string[] | undefined;
  /** Rows that may be asked for. */
  rows: number;
}

/**
 * Reads a Parquet file by ranges: its footer, and of the wanted columns the pages with the first rows.
 *
 * @throws ToolError `INVALID_ARGUMENT` for a file that can't be read, `TOO_LARGE` for a footer past 16 MB.
 */
export async function openParquet(file: ParquetFile, options: ParquetOptions): Promise<Table> {
  const metadata = await explained(() => readMetadata(file));
  const tree = parquetSchema(metadata);
  const trees = tree.children;
  const wanted = options.columns
    ? trees.filter(({ element }) => options.columns?.includes(element.name))
    : trees.slice(0, mostColumns);
  const raw = { ...metadata, schema: toRawSchema(tree) };
  const missing = new Set<string>();
  const read = { isShort: false };
  return {
    format: 'parquet',
    columns: trees.map((tree) => ({ name: tree.element.name, type: toParquetType(tree) })),
    rows: readRows({ file, metadata: raw, trees, wanted, missing, read }, options.rows),
    total: () => ({ value: rowsOf(metadata), precision: 'exact' }),
    isPartial: () => missing.size > 0,
    notes: () => [
      ...(missing.size > 0 ? [`Too large for a preview: ${[...missing].join(', ')}.`] : []),
      ...(read.isShort
        ? ['The columns are too large to be read further: fewer of them go further.']
        : []),
      ...(!options.columns && trees.length > mostColumns
        ? [
            `Of ${trees.length} columns the first ${mostColumns} have values: name others in columns.`,
          ]
        : []),
    ],
  };
}

/** As the row groups tell, which are what is read: some writers leave the number for the whole file at 0. */
const rowsOf = ({ row_groups }: FileMetaData) =>
  row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);

function readMetadata({ size, read }: ParquetFile): Promise<FileMetaData> {
  const buffer: AsyncBuffer = {
    byteLength: size,
    async slice(start, end = size) {
      if (end - start > largestFooter)
        throw new ToolError('TOO_LARGE', 'the footer of this Parquet file has more than 16 MB');
      return ownBuffer(await read(start, end));
    },
  };
  const options = { initialFetchSize: 64 * 1024, geoparquet: false, parsers: parquetParsers };
  return parquetMetadataAsync(buffer, options);
}

/** What the library can't read is the file's fault. Its messages are about bytes, not about data. */
async function explained<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ToolError || !(error instanceof Error)) throw error;
    if (error.name === 'AbortError') throw error;
    throw new ToolError('INVALID_ARGUMENT', 'this Parquet file can not be read', {
      why: outsideText(error.message, 160),
      try: 'other columns, if only one is at fault',
      cause: error,
    });
  }
}

interface Reading {
  file: ParquetFile;
  /** With the raw schema. */
  metadata: FileMetaData;
  /** All columns, and those that are wanted. */
  trees: SchemaTree[];
  wanted: SchemaTree[];
  /** Columns that have no page within the limits. */
  missing: Set<string>;
  read: { isShort: boolean };
}

async function* readRows(reading: Reading, limit: number): AsyncGenerator<unknown[]> {
  const { metadata, read } = reading;
  let left = limit;
  for (const group of metadata.row_groups) {
    const wanted = Math.min(left, Number(group.num_rows));
    if (wanted <= 0) continue;
    let count = 0;
    for await (const rows of readGroup(reading, group, wanted)) {
      count += rows.length;
      yield* rows;
    }
    left -= count;
    read.isShort = count < wanted;
    if (left <= 0 || read.isShort) return;
  }
}

/** The first rows of a row group, in portions; it ends early where the columns have no more within the limits. */
async function* readGroup(
  { file, metadata, trees, wanted, missing }: Reading,
  group: RowGroup,
  rows: number,
): AsyncGenerator<unknown[][]> {
  const columns = wanted
    .filter(({ element }) => !missing.has(element.name))
    .map((tree) => new ParquetColumn(file.read, metadata, { group, tree, wanted: rows }));
  const portion = toPortion(columns, Number(group.num_rows));
  for (let from = 0; from < rows; ) {
    const to = Math.min(rows, from + portion);
    const { cells, isWhole } = await explained(() => readPortion(columns, from, to));
    for (const { name } of columns) if (!cells.has(name)) missing.add(name);
    const count = Math.min(to - from, ...[...cells.values()].map(({ length }) => length));
    yield Array.from({ length: count }, (_, row) =>
      trees.map(({ element }) => cells.get(element.name)?.[row] ?? null),
    );
    if (!isWhole || count === 0) return;
    from += count;
  }
}

/** Rows that go at once. */
function toPortion(columns: readonly ParquetColumn[], rows: number): number {
  const bytes = columns.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0);
  const most = Math.min(mostCells / Math.max(1, columns.length), (mostDecoded / bytes) * rows);
  return Math.max(1, Math.floor(most));
}

/** Cells by column, one column after another: each leaves a lot of waste. Not whole: it can't go on from here. */
async function readPortion(columns: readonly ParquetColumn[], from: number, to: number) {
  const cells = new Map<string, unknown[]>();
  let kept = 0;
  for (const column of columns) {
    const found = await column.cells(from, to);
    if (found) cells.set(column.name, found);
    kept += column.size;
    if (kept > mostKept) column.drop();
  }
  return { cells, isWhole: kept <= mostKept };
}
