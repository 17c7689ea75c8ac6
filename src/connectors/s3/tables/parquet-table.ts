import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
  type RowGroup,
  type SchemaTree,
} from 'hyparquet';
import { outsideText } from '../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { readColumn } from './parquet-column.ts';
import type { ReadBytes } from './parquet-pages.ts';
import { parquetParsers, toParquetCell, toParquetType } from './parquet-values.ts';
import type { Table } from './table.ts';

/** Largest footer, in bytes: it tells of each column in each row group. */
const largestFooter = 16_000_000;
/** Of the columns of one row group together, in bytes. */
const mostStored = 16_000_000;
const mostUnpacked = 48_000_000;
const mostColumns = 100;

export interface ParquetFile {
  size: number;
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
  const trees = parquetSchema(metadata).children;
  const wanted = options.columns
    ? trees.filter(({ element }) => options.columns?.includes(element.name))
    : trees.slice(0, mostColumns);
  const missing = new Set<string>();
  const read = { isShort: false };
  return {
    format: 'parquet',
    columns: trees.map((tree) => ({ name: tree.element.name, type: toParquetType(tree) })),
    rows: readRows({ file, metadata, trees, wanted, missing, read }, options.rows),
    total: () => ({ value: Number(metadata.num_rows), precision: 'exact' }),
    notes: () => [
      ...(missing.size > 0 ? [`Too large for a preview: ${[...missing].join(', ')}.`] : []),
      ...(read.isShort ? ['Only the first pages of the columns were read.'] : []),
      ...(!options.columns && trees.length > mostColumns
        ? [
            `Of ${trees.length} columns the first ${mostColumns} have values: name others in columns.`,
          ]
        : []),
    ],
  };
}

function readMetadata({ size, read }: ParquetFile): Promise<FileMetaData> {
  const buffer: AsyncBuffer = {
    byteLength: size,
    async slice(start, end = size) {
      if (end - start > largestFooter)
        throw new ToolError('TOO_LARGE', 'the footer of this Parquet file has more than 16 MB');
      return new Uint8Array(await read(start, end)).buffer;
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
  metadata: FileMetaData;
  /** All columns, and those that are wanted. */
  trees: SchemaTree[];
  wanted: SchemaTree[];
  /** Columns that have no page within the budget. */
  missing: Set<string>;
  read: { isShort: boolean };
}

async function* readRows(reading: Reading, limit: number): AsyncGenerator<unknown[]> {
  const { metadata, trees, wanted, missing, read } = reading;
  let left = limit;
  for (const group of metadata.row_groups) {
    const inGroup = Math.min(left, Number(group.num_rows));
    if (inGroup <= 0) continue;
    const columns = await explained(() => readGroup(reading, group, inGroup));
    const present = wanted.filter(({ element }) => !missing.has(element.name));
    const lengths = present.map(({ element }) => columns.get(element.name)?.length ?? 0);
    const count = Math.min(inGroup, ...lengths);
    for (let row = 0; row < count; row++)
      yield trees.map((tree) => toParquetCell(columns.get(tree.element.name)?.[row], tree));
    left -= count;
    read.isShort = count < inGroup;
    if (left <= 0 || read.isShort) return;
  }
}

/** The first values of each wanted column in a row group, one column after another: each leaves a lot of waste. */
async function readGroup(
  { file, metadata, wanted, missing }: Reading,
  group: RowGroup,
  rows: number,
): Promise<Map<string, unknown[]>> {
  const share = Math.max(1, wanted.length);
  const budget = { stored: mostStored / share, unpacked: mostUnpacked / share };
  const columns = new Map<string, unknown[]>();
  for (const tree of wanted) {
    const { name } = tree.element;
    if (missing.has(name)) continue;
    const values = await readColumn(file.read, { metadata, group, tree, rows, budget });
    if (values) columns.set(name, values);
    else missing.add(name);
  }
  return columns;
}
