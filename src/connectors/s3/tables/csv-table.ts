import { CsvError, parse } from 'csv-parse';
import { sniffDelimiter } from './sniff-delimiter.ts';
import { resume, sampleSize, type Table, takeSample } from './table.ts';
import { type TextType, toCell, toTextType } from './text-types.ts';

export interface CsvOptions {
  format: 'csv' | 'tsv';
  /** The beginning of the text. */
  head: string;
  /** Of the object when it is not compressed, in bytes: to guess how many rows there are. */
  size?: number | undefined;
}

/** Longest record, in characters: a lone quote would make one of the whole rest. */
const longestRecord = 1_000_000;
const mostColumns = 1000;

/** Reads CSV as people write it: any delimiter, quotes in odd places, rows of any length, with or without a header. */
export async function openCsv(
  texts: AsyncIterable<string>,
  { format, head, size }: CsvOptions,
): Promise<Table> {
  const delimiter = format === 'tsv' ? '\t' : sniffDelimiter(head);
  const queue: string[][] = [];
  const parser = parse({
    // Records that wait in the stream would be lost with the first fault.
    on_record(record: string[]) {
      queue.push(record);
      return null;
    },
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  parser.on('error', () => {}); // whoever wrote is told
  const records = readRecords(texts, queue, parser);
  const sample = await takeSample(records);
  const guessed = estimate(parser.info, size);
  const hasHeader = isHeader(sample);
  const body = hasHeader ? sample.slice(1) : sample;
  const width = Math.min(mostColumns, Math.max(0, ...sample.map(({ length }) => length)));
  const types = Array.from({ length: width }, (_, i) =>
    toTextType(body.map((row) => row[i] ?? '')),
  );
  const names = toNames(hasHeader ? (sample[0] ?? []) : [], width);
  const seen = { rows: 0, odd: 0, isEnd: false, fault: records.fault };
  return {
    format,
    columns: names.map((name, i) => ({ name, type: types[i] ?? 'text' })),
    rows: toRows(resume(body, records), types, seen),
    total() {
      const isAll = sample.length < sampleSize; // there were no more
      if ((seen.isEnd || isAll) && !records.fault())
        return { value: isAll ? body.length : seen.rows, precision: 'exact' };
      return guessed ? { value: guessed - Number(hasHeader), precision: 'estimate' } : undefined;
    },
    notes: () => toNotes(seen, hasHeader, width),
    delimiter,
  };
}

/** So much is parsed at once, in characters: records that wait cost memory. */
const portion = 32_000;

type Parser = ReturnType<typeof parse>;
type Records = AsyncGenerator<string[]> & { fault(): string | undefined };

/** What the parser can't read ends the records; what came before is still good. */
function readRecords(texts: AsyncIterable<string>, queue: string[][], parser: Parser): Records {
  let fault: string | undefined;
  async function* read() {
    try {
      for await (const text of texts)
        for (let at = 0; at < text.length; at += portion) {
          await write(parser, text.slice(at, at + portion));
          yield* queue.splice(0);
        }
      await end(parser);
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      fault = toFault(error);
    } finally {
      parser.destroy();
    }
    yield* queue.splice(0);
  }
  return Object.assign(read(), { fault: () => fault });
}

const write = (parser: Parser, text: string) =>
  new Promise<void>((resolve, reject) => {
    parser.write(text, (error) => (error ? reject(error) : resolve()));
  });

const end = (parser: Parser) =>
  new Promise<void>((resolve, reject) => {
    parser.once('error', reject).once('end', resolve).resume().end();
  });

const toFault = ({ code, lines }: CsvError & { lines?: number }) =>
  code === 'CSV_MAX_RECORD_SIZE'
    ? 'A record is longer than 1 MB; a quote may be open.'
    : code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'A quote is not closed, and the rest was taken for its text.'
      : `What comes behind line ${lines ?? '?'} is no CSV.`;

interface Seen {
  rows: number;
  /** Rows with another number of fields. */
  odd: number;
  isEnd: boolean;
  fault(): string | undefined;
}

async function* toRows(records: AsyncIterable<string[]>, types: TextType[], seen: Seen) {
  for await (const record of records) {
    seen.rows++;
    if (record.length !== types.length) seen.odd++;
    yield types.map((type, i) => toCell(record[i], type));
  }
  seen.isEnd = true;
}

function toNotes({ odd, fault }: Seen, hasHeader: boolean, width: number): string[] {
  const broken = fault();
  return [
    ...(hasHeader || width === 0 ? [] : ['There is no header row: columns are numbered.']),
    ...(odd > 0 ? [`${odd} rows have another number of fields than ${width}.`] : []),
    ...(width === mostColumns ? [`Only the first ${mostColumns} columns are shown.`] : []),
    ...(broken ? [broken] : []),
  ];
}

/**
 * A first row of different words, over others. Words that come twice, or gaps, are a header where one of the words stands
 * over what is none, such as numbers.
 */
function isHeader([first, ...others]: string[][]): boolean {
  const words = first?.filter((cell) => cell !== '') ?? [];
  if (!first || words.length === 0 || words.some((cell) => toTextType([cell]) !== 'text'))
    return false;
  if (new Set(words).size === first.length) return others.length > 0 || first.length > 1;
  return first.some((word, i) => {
    const type = toTextType(others.map((row) => row[i] ?? ''));
    return word !== '' && type !== 'text' && type !== 'empty';
  });
}

/** Names of their own, also where the header repeats one or has none. */
function toNames(header: string[], width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, i) => {
    const base = header[i]?.trim() || `column_${i + 1}`;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    return name;
  });
}

function estimate({ bytes, records }: { bytes: number; records: number }, size?: number) {
  return size && bytes > 0 && records > 0 ? Math.round((size / bytes) * records) : undefined;
}
