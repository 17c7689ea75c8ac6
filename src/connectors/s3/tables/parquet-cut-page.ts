import type { ColumnMetaData, PageHeader, SchemaElement } from 'hyparquet';
import { type Levels, type PageHead, pageHead } from './parquet-page-head.ts';
import { bitsFor, readRuns, toBits, toRun, toVarint } from './parquet-runs.ts';

/** The first rows of a page, as a page that is not compressed. */
export interface CutPage {
  bytes: Uint8Array;
  /** That begin in it; each of them is whole. */
  rows: number;
  /** Its first value is not one of a row that began before. */
  isAligned: boolean;
  unpacked: number;
}

/** What the values of a column are. */
export interface ValueShape {
  element: SchemaElement;
  levels: Levels;
}

/** How much of a page is wanted at most. */
export interface CutLimits {
  rows: number;
  values: number;
}

/**
 * The first rows of a page that is too large as a whole, from the beginning of its bytes. DuckDB makes one page of a whole
 * column in a row group, and pandas of a million values that repeat.
 *
 * Nothing where it can't be read by parts, or not even one row goes.
 */
export async function cutPage(
  header: PageHeader,
  body: Uint8Array,
  { codec, type }: ColumnMetaData,
  { element, levels }: ValueShape,
  limits: CutLimits,
): Promise<CutPage | undefined> {
  const head = await pageHead(header, body, codec, levels);
  if (!head) return;
  const marks = readMarks(head, levels, limits);
  const { encoding, values } = head;
  const isCounted = encoding === 'PLAIN' && type !== 'BOOLEAN';
  const cut = cutRows(
    marks,
    limits.rows,
    isCounted ? toEnd(values, widthOf(type, element)) : () => 0,
  );
  if (cut.rows === 0) return;
  const there = marks.isThere.slice(0, cut.count).filter(Boolean).length;
  if (there > 0 && values.length === 0) return;
  const kept = isCounted ? values.subarray(0, cut.end) : cutRuns(head, there);
  return {
    bytes: toPage(cut, there, marks, levels, encoding === 'RLE_DICTIONARY' ? 16 : 0, kept),
    rows: cut.rows,
    isAligned: marks.repetition[0] === 0,
    unpacked: values.length,
  };
}

/** What the levels tell of the first values. */
interface Marks {
  repetition: number[];
  definition: number[];
  isThere: boolean[];
  /** A row ends behind the last of them. */
  isClosed: boolean;
}

function readMarks({ count, ...head }: PageHead, levels: Levels, limits: CutLimits): Marks {
  const isRow = levels.repetition === 0; // each value
  const most = Math.min(count, limits.values, isRow ? limits.rows : count);
  const repetition = readRuns(head.repetition, bitsFor(levels.repetition), most);
  const definition = readRuns(head.definition, bitsFor(levels.definition), most);
  const isThere = definition.map((level) => level === levels.definition);
  return { repetition, definition, isThere, isClosed: most === count || isRow };
}

/** How many rows there are, of how many values, and where these end, in bytes. */
interface Cut {
  rows: number;
  count: number;
  end: number;
}

/** The first rows, as far as all of their values are at hand. `endOf` tells where the value ends that begins at a byte. */
function cutRows(
  { repetition, isThere, isClosed }: Marks,
  most: number,
  endOf: (start: number) => number,
): Cut {
  let cut: Cut = { rows: 0, count: 0, end: 0 };
  let rows = 0;
  let end = 0;
  for (let count = 0; count <= repetition.length; count++) {
    const isBorder = count < repetition.length ? repetition[count] === 0 : isClosed;
    if (isBorder) {
      cut = { rows, count, end };
      if (rows === most) break;
      rows++;
    }
    if (isThere[count]) end = endOf(end);
    if (end === Infinity) break;
  }
  return cut;
}

const toEnd = (values: Uint8Array, width: number) => {
  const view = new DataView(values.buffer, values.byteOffset, values.length);
  return (start: number): number => {
    const length = start + 4 <= view.byteLength ? view.getUint32(start, true) : Infinity;
    const end = start + (width || 4 + length);
    return end > view.byteLength ? Infinity : end;
  };
};

/** In bytes; 0 where each value has a length of its own. */
function widthOf(type: Exclude<ColumnMetaData['type'], 'BOOLEAN'>, element: SchemaElement): number {
  if (type === 'FIXED_LEN_BYTE_ARRAY') return element.type_length ?? 0;
  return { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8, INT96: 12, BYTE_ARRAY: 0 }[type];
}

/** The first of values that are places in a dictionary or bits. */
function cutRuns({ encoding, values }: PageHead, count: number): Uint8Array {
  if (encoding === 'PLAIN') return values.subarray(0, Math.ceil(count / 8));
  if (encoding === 'RLE') return toBits(readRuns(values.subarray(4), 1, count), 1); // behind their length
  const width = values[0] ?? 0;
  return Buffer.concat([
    values.subarray(0, 1),
    toRun(readRuns(values.subarray(1), width, count), width),
  ]);
}

/** A page of version 2, whose values need not be compressed whatever the column says. */
function toPage(
  { rows, count }: Cut,
  there: number,
  marks: Marks,
  levels: Levels,
  encoding: number,
  values: Uint8Array,
): Uint8Array {
  const toLevels = (numbers: number[], highest: number) =>
    highest > 0 ? toRun(numbers.slice(0, count), bitsFor(highest)) : new Uint8Array();
  const repetition = toLevels(marks.repetition, levels.repetition);
  const definition = toLevels(marks.definition, levels.definition);
  const size = repetition.length + definition.length + values.length;
  const header = [
    ...[0x15, 6], // DATA_PAGE_V2
    ...[0x15, ...toVarint(size * 2), 0x15, ...toVarint(size * 2)],
    ...[0x5c, 0x15, ...toVarint(count * 2), 0x15, ...toVarint((count - there) * 2)],
    ...[0x15, ...toVarint(rows * 2), 0x15, encoding],
    ...[0x15, ...toVarint(definition.length * 2), 0x15, ...toVarint(repetition.length * 2)],
    ...[0x12, 0, 0], // not compressed
  ];
  return Buffer.concat([Uint8Array.from(header), repetition, definition, values]);
}
