import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import { cutText, outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool, RichAnswer, type ToolContext } from '../connector.ts';
import { spoolRows } from '../spool-rows.ts';
import { ToolError } from '../tool-error.ts';
import { bucketArgument, keyArgument, versionArgument } from './arguments.ts';
import { ObjectReader } from './client/object-reader.ts';
import type { S3 } from './client/s3.ts';
import { openSource } from './content/byte-source.ts';
import { openTable } from './tables/open-table.ts';
import {
  type Column,
  type LongText,
  longestKept,
  type Table,
  tableFormats,
} from './tables/table.ts';

const input = z.object({
  bucket: bucketArgument,
  key: keyArgument,
  version_id: versionArgument,
  format: z.enum(['auto', ...tableFormats]).default('auto'),
  rows: z.number().int().min(1).default(20).describe('50000 at most come'),
  columns: z.array(z.string().max(300)).min(1).max(100).optional().describe('Only these'),
});
type Args = z.output<typeof input>;

/** Most rows that one call reads; who wants more gets these. */
const mostRows = 50_000;
/** Of columns and rows in an answer, in bytes of JSON. */
const mostBytes = 18_000;
/** Of a cell, in characters. */
const longestShown = 500;

export const previewTableObject = (s3: S3) =>
  defineTool({
    name: 'preview_table_object',
    description:
      'Read a table in an object: CSV, TSV, JSON, JSON lines or Parquet, also gzip or zstd. Gives columns with types and the first rows; with many rows the rest behind a link.',
    input,
    output: z.object({
      bucket: z.string(),
      key: z.string(),
      etag: z.string(),
      format: z.enum(tableFormats),
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
      rows: z.array(z.array(z.unknown())),
      row_count: z.number().describe('rows read; when truncated, rows may hold fewer'),
      total: z.looseObject({ value: z.number(), precision: z.string() }).optional(),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run(wish, context) {
      const args = { ...wish, rows: Math.min(wish.rows, mostRows) };
      const { bucket, key, version_id: versionId } = args;
      const reader = await ObjectReader.open(s3, { bucket, key, versionId }, context.signal);
      const source = await openSource(reader, true);
      const table = await openTable(key, source, args, context.signal);
      const facts = {
        bucket,
        key,
        etag: reader.facts.etag.replaceAll('"', ''),
        size: reader.facts.size,
        ...(source.decompressed && { decompressed: source.decompressed }),
      };
      const { answer, link } = await toAnswer(table, args, context).finally(() => table.close?.());
      const notes = [...table.notes(), ...answer.notes].map((note) => outsideText(note, 400));
      const whole = { ...facts, ...answer, notes: notes.length > 0 ? notes : undefined };
      return link ? new RichAnswer(whole, { link }) : whole;
    },
  });

async function toAnswer(table: Table, { rows: limit, columns: names }: Args, context: ToolContext) {
  const picked = pick(table.columns, names);
  const shown = fitColumns(picked.map(({ column }) => column));
  const rows = toPicked(table.rows, picked)[Symbol.asyncIterator]();
  const head = await readHead(rows, shown, limit);
  const isFull = head.count < limit && !head.isEnd;
  const kept = isFull ? await keep(head, rows, { table, picked, limit }, context) : undefined;
  const rest = await hasMore(head, rows, kept);
  await rows.return?.();
  const rowCount = kept?.rows ?? head.count;
  const total = table.total();
  const notes = toNotes({ isFull, kept: kept?.rows, shown: head.rows.length, limit, rest });
  const isPartial = table.isPartial?.() ?? false;
  const hidden = picked.length - shown.length;
  return {
    answer: {
      format: table.format,
      ...(table.delimiter && { delimiter: table.delimiter }),
      columns: shown,
      rows: head.rows,
      row_count: rowCount,
      ...(total && { total }),
      truncated: isFull || rest || hidden > 0 || !isAll(table, rowCount) || isPartial,
      notes: hidden > 0 ? [...notes, `${hidden} more columns: name them in columns.`] : notes,
    },
    link: kept?.link,
  };
}

/** Rows may end early where a table is damaged or too large to be read on; its own notes tell why. */
function isAll(table: Table, rowCount: number): boolean {
  const total = table.total();
  return total?.precision === 'exact' && total.value <= rowCount;
}

interface Picked {
  column: Column;
  index: number;
}

/** @throws ToolError `INVALID_ARGUMENT` for a column that does not exist. */
function pick(columns: readonly Column[], names: readonly string[] | undefined): Picked[] {
  if (!names) return columns.map((column, index) => ({ column, index }));
  return names.map((name) => {
    const index = columns.findIndex((column) => column.name === name);
    const column = columns[index];
    if (column) return { column, index };
    const all = columns.map(({ name }) => name);
    const close = nearest(name, all);
    const hints = (close.length > 0 ? close : all.slice(0, 20)).map((each) =>
      outsideText(each, 80),
    );
    throw new ToolError(
      'INVALID_ARGUMENT',
      `there is no column ${JSON.stringify(outsideText(name, 80))}`,
      {
        try: hints.join(', '),
      },
    );
  });
}

async function* toPicked(rows: AsyncIterable<unknown[]>, picked: Picked[]) {
  for await (const row of rows) yield picked.map(({ index }) => row[index] ?? null);
}

/** As many columns as leave room for rows. */
function fitColumns(columns: Column[]): Column[] {
  let bytes = 0;
  const fits = columns.filter(({ name, type }) => {
    bytes += Buffer.byteLength(JSON.stringify({ name: cutText(name, 100), type })) + 1;
    return bytes <= mostBytes / 2;
  });
  return fits.map(({ name, type }) => ({ name: outsideText(name, 100), type }));
}

interface Head {
  /** As they are shown. */
  rows: unknown[][];
  /** As they came; one more than are shown when they do not fit. */
  read: unknown[][];
  count: number;
  isEnd: boolean;
}

/** Rows until the answer is full, the limit is reached, or there are no more. */
async function readHead(
  rows: AsyncIterator<unknown[]>,
  columns: Column[],
  limit: number,
): Promise<Head> {
  const head: Head = { rows: [], read: [], count: 0, isEnd: false };
  let bytes = Buffer.byteLength(JSON.stringify(columns));
  while (head.count < limit) {
    const next = await rows.next();
    if (next.done) return { ...head, isEnd: true };
    head.read.push(next.value);
    const shown = next.value.slice(0, columns.length).map((cell) => toCell(cell, longestShown));
    bytes += Buffer.byteLength(JSON.stringify(shown)) + 1;
    if (bytes > mostBytes && head.count > 0) return head;
    head.rows.push(shown);
    head.count++;
  }
  return head;
}

function toCell(cell: unknown, longest: number): unknown {
  if (typeof cell === 'string') return cutText(cell, longest);
  if (typeof cell !== 'object' || cell === null) return cell;
  const { head, length } = cell as LongText;
  return cutText(head, longest, length);
}

/** All rows up to the limit, for whoever reads the link. */
async function keep(
  { read }: Head,
  rows: AsyncIterator<unknown[]>,
  { table, picked, limit }: { table: Table; picked: Picked[]; limit: number },
  context: ToolContext,
) {
  let isWhole = false;
  async function* all() {
    for (const row of read) yield row;
    for (let count = read.length; ; count++) {
      const next = await rows.next();
      isWhole = next.done === true && isAll(table, count);
      if (next.done || count >= limit) return;
      if (count % 5000 === 0) context.progress(`${count} rows read`);
      yield next.value;
    }
  }
  const columns = picked.map(({ column }) => column);
  return spoolRows(context, columns, toKept(all()), () => isWhole);
}

async function* toKept(rows: AsyncIterable<unknown[]>) {
  for await (const row of rows) yield row.map((cell) => toCell(cell, longestKept));
}

async function hasMore(
  { isEnd, read, count }: Head,
  rows: AsyncIterator<unknown[]>,
  kept: { complete: boolean } | undefined,
) {
  if (isEnd) return false;
  if (kept) return !kept.complete;
  return read.length > count || !(await rows.next()).done;
}

interface Cut {
  /** The answer has no room for all rows that were asked for. */
  isFull: boolean;
  /** Rows behind the link. */
  kept: number | undefined;
  shown: number;
  limit: number;
  rest: boolean;
}

function toNotes({ isFull, kept, shown, limit, rest }: Cut): string[] {
  if (isFull && kept === undefined)
    return [`Only ${shown} rows fit into an answer: fewer columns leave room for more.`];
  const wayOn =
    limit < mostRows
      ? `raise rows (${limit} now, at most ${mostRows})`
      : `${mostRows} are the most in one call`;
  return [
    ...(isFull ? [`The first ${shown} rows; ${kept} are behind the link.`] : []),
    ...(rest && (kept ?? limit) === limit ? [`There are more rows: ${wayOn}.`] : []),
  ];
}
