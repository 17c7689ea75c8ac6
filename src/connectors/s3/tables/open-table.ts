import { ToolError } from '../../tool-error.ts';
import { type ByteSource, peek } from '../content/byte-source.ts';
import { decodePiece } from '../content/decode-piece.ts';
import { toTexts } from '../content/split-lines.ts';
import { openCsv } from './csv-table.ts';
import { detectFormat } from './detect-format.ts';
import { openJson, openJsonLines } from './json-table.ts';
import { openParquetAside } from './parquet-thread.ts';
import type { Table, TableFormat } from './table.ts';

export interface TableOptions {
  format: 'auto' | TableFormat;
  rows: number;
  columns?: string[] | undefined;
}

/** So much of the text is looked at to know its format and delimiter, in bytes. */
const headLength = 32 * 1024;
/** A Parquet file up to this size is read in one go. */
const smallFile = 1_000_000;

/**
 * Opens the table in an object.
 *
 * @throws ToolError `INVALID_ARGUMENT` for what is no table, or not of the format that was named.
 */
export async function openTable(
  key: string,
  source: ByteSource,
  options: TableOptions,
  signal: AbortSignal,
): Promise<Table> {
  const table = await openFormat(key, source, options, signal);
  return {
    ...table,
    total: () => (source.isCut() ? undefined : table.total()),
    notes: () => [...table.notes(), ...toNotes(source)],
  };
}

const toNotes = ({ content, isCut }: ByteSource): string[] => [
  ...(content.kind === 'text' && content.isGuess
    ? [`The encoding is a guess: ${content.encoding}.`]
    : []),
  ...(isCut() ? ['Only the first 64 MB of the inflated data were read.'] : []),
];

async function openFormat(
  key: string,
  source: ByteSource,
  options: TableOptions,
  signal: AbortSignal,
): Promise<Table> {
  const { content, reader } = source;
  const encoding = content.kind === 'text' ? content.encoding : 'utf-8';
  const head = content.kind === 'text' ? await readHead(source, encoding) : '';
  const format = options.format === 'auto' ? detectFormat(key, source, head) : options.format;
  if (format === 'parquet') return openParquetObject(source, options, signal);
  if (content.kind !== 'text') detectFormat(key, source, head);
  const texts = () => toTexts(source.pieces(), encoding);
  const size = source.decompressed ? undefined : reader.facts.size / bytesPerLetter(encoding);
  if (format === 'jsonl') return openJsonLines(texts(), size);
  if (format === 'json') return openJson(texts, head);
  return openCsv(texts(), { format, head, size });
}

/** Of plain letters, to guess how much text an object has. */
const bytesPerLetter = (encoding: string) =>
  encoding.startsWith('utf-32') ? 4 : encoding.startsWith('utf-16') ? 2 : 1;

async function readHead(source: ByteSource, encoding: string): Promise<string> {
  const bytes = await peek(source.pieces(), headLength);
  return decodePiece(bytes, { encoding, offset: 0, isEnd: bytes.length < headLength }).text;
}

async function openParquetObject(
  source: ByteSource,
  { rows, columns }: TableOptions,
  signal: AbortSignal,
): Promise<Table> {
  const { content, reader, decompressed } = source;
  if (decompressed)
    throw new ToolError('INVALID_ARGUMENT', `this Parquet file is packed in ${decompressed}`, {
      why: 'it is read by ranges, which a packed file has not',
    });
  if (content.kind !== 'binary' || content.what !== 'Parquet')
    throw new ToolError('INVALID_ARGUMENT', 'this is no Parquet file', { try: 'format auto' });
  const { size } = reader.facts;
  const whole = size <= smallFile ? await reader.read(0, size) : undefined;
  const read = async (start: number, end: number) =>
    whole ? Uint8Array.from(whole.subarray(start, end)) : reader.read(start, end);
  return openParquetAside({ size, read }, { rows: rows + 1, columns }, signal); // one more tells whether there are more
}
