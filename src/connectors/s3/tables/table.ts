/** A column as answers and kept rows name it. */
export interface Column {
  name: string;
  type: string;
}

/** A table in an object, read as far as somebody asks for its rows. */
export interface Table {
  format: TableFormat;
  columns: Column[];
  /** Cells in the order of the columns: text or `LongText`, numbers that a double holds exactly, booleans, null. Read once. */
  rows: AsyncIterable<unknown[]>;
  /** How many rows there are, once that is known or can be guessed. */
  total(): { value: number; precision: 'exact' | 'estimate' } | undefined;
  /** Whether cells are missing that the table has; a note tells which. */
  isPartial?(): boolean;
  /** What was odd, as far as it was read. */
  notes(): string[];
  /** Of CSV and TSV. */
  delimiter?: string;
  /** To be called where something is left open behind the rows. */
  close?(): Promise<void>;
}

/** The beginning of a text that is longer than anybody is shown, and how many characters the whole has. */
export interface LongText {
  head: string;
  length: number;
}

/** So much of a cell is kept, in characters. */
export const longestKept = 8_000;

export const tableFormats = ['csv', 'tsv', 'jsonl', 'json', 'parquet'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Rows from which columns and types are learned. */
export const sampleSize = 200;

/** The first items of an iterator, which stays open behind them. */
export async function takeSample<Item>(items: AsyncIterator<Item>): Promise<Item[]> {
  const sample: Item[] = [];
  while (sample.length < sampleSize) {
    const next = await items.next();
    if (next.done) break;
    sample.push(next.value);
  }
  return sample;
}

/** The sample, and then what comes behind it; leaving it half-way closes the iterator. */
export async function* resume<Item>(
  sample: readonly Item[],
  items: AsyncIterator<Item>,
): AsyncGenerator<Item> {
  try {
    yield* sample;
    for (let next = await items.next(); !next.done; next = await items.next()) yield next.value;
  } finally {
    await items.return?.();
  }
}
