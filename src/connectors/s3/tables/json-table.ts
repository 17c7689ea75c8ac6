import { ToolError } from '../../tool-error.ts';
import { splitLines } from '../content/split-lines.ts';
import { ExactNumber, parseExact } from './exact-json.ts';
import { CutJson, jsonElements } from './json-elements.ts';
import { type Column, resume, sampleSize, type Table, takeSample } from './table.ts';

type JsonObject = Record<string, unknown>;

const mostColumns = 200;
/** Longest line of JSON lines, in characters. */
const longestLine = 1_000_000;
/** Largest document that is not an array, in characters: it has to be read whole. */
const longestDocument = 4_000_000;

/** What was odd while reading. */
interface Seen {
  rows: number;
  broken: number;
  isEnd: boolean;
  /** Names that came too late to be columns. */
  late: Set<string>;
  notes: string[];
}

const toSeen = (): Seen => ({ rows: 0, broken: 0, isEnd: false, late: new Set(), notes: [] });

/** Reads JSON lines; a line that is no JSON is left out and counted. `size` is of the object when not compressed. */
export async function openJsonLines(texts: AsyncIterable<string>, size?: number): Promise<Table> {
  const seen = toSeen();
  let characters = 0;
  async function* read() {
    for await (const { text, cut } of splitLines(texts, longestLine)) {
      characters += text.length + 1;
      if (!text.trim()) continue;
      const value = cut > 0 ? undefined : tryParse(text);
      if (value === undefined) seen.broken++;
      else yield value;
    }
  }
  const table = await toTable('jsonl', read(), seen);
  const guess = size && characters > 0 ? Math.round((size / characters) * seen.rows) : undefined;
  return {
    ...table,
    total: () => table.total() ?? (guess ? { value: guess, precision: 'estimate' } : undefined),
  };
}

function tryParse(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return;
  }
}

/**
 * Reads a JSON document: the elements of an array one by one, or the first array of objects within an object.
 *
 * @throws ToolError `TOO_LARGE` for an object of more than 4 MB, `INVALID_ARGUMENT` for what is no JSON.
 */
export async function openJson(texts: () => AsyncIterable<string>, head: string): Promise<Table> {
  const seen = toSeen();
  if (/^\s*\[/.test(head)) return toTable('json', readArray(texts(), seen), seen);
  const document = await readDocument(texts());
  const { rows, path } = findRows(document);
  if (path) seen.notes.push(`The rows are those of ${path}.`);
  return toTable('json', toIterator(rows), seen);
}

async function* toIterator(rows: unknown[]) {
  yield* rows;
}

async function* readArray(texts: AsyncIterable<string>, seen: Seen) {
  try {
    for await (const element of jsonElements(texts)) {
      const value = tryParse(element);
      if (value === undefined) seen.broken++;
      else yield value;
    }
  } catch (error) {
    if (!(error instanceof CutJson)) throw error;
    seen.notes.push('The JSON ends in the middle of a row.');
  }
}

async function readDocument(texts: AsyncIterable<string>): Promise<unknown> {
  let all = '';
  for await (const text of texts) {
    all += text;
    if (all.length > longestDocument)
      throw new ToolError('TOO_LARGE', 'this JSON is one object of more than 4 MB', {
        why: 'it can only be read whole; arrays of any size can be previewed',
        try: 'read_object, for a part of its text',
      });
  }
  const value = tryParse(all);
  if (value !== undefined) return value;
  throw new ToolError('INVALID_ARGUMENT', 'this is no valid JSON', {
    try: 'read_object, for its text',
  });
}

/** `{"orders": […]}` and `{"data": {"rows": […]}}` are tables in a wrapping. */
function findRows(document: unknown, path = '', depth = 0): { rows: unknown[]; path?: string } {
  if (Array.isArray(document)) return { rows: document, path: path || '.' };
  if (isObject(document) && depth < 3) {
    const entries = Object.entries(document);
    const list = entries.find(([, value]) => Array.isArray(value) && value.some(isObject));
    if (list) return findRows(list[1], `${path}.${list[0]}`, depth + 1);
    for (const [name, value] of entries) {
      const inner = isObject(value) ? findRows(value, `${path}.${name}`, depth + 1) : undefined;
      if (inner?.path) return inner;
    }
  }
  return { rows: [document] };
}

async function toTable(
  format: 'json' | 'jsonl',
  values: AsyncGenerator<unknown>,
  seen: Seen,
): Promise<Table> {
  const sample = await takeSample(values);
  const names = toNames(sample);
  seen.rows = sample.length; // for guesses; counted anew while rows are read
  return {
    format,
    columns: names.map((name): Column => ({ name, type: toType(sample.map(pick(name))) })),
    rows: toRows(resume(sample, values), names, seen),
    total() {
      if (sample.length < sampleSize) return { value: sample.length, precision: 'exact' };
      return seen.isEnd ? { value: seen.rows, precision: 'exact' } : undefined;
    },
    notes: () => [
      ...seen.notes,
      ...(seen.broken > 0 ? [`${seen.broken} lines or elements are no valid JSON.`] : []),
      ...(names.length === mostColumns ? [`Only the first ${mostColumns} names are columns.`] : []),
      ...(seen.late.size > 0
        ? [
            `Later rows have names that are not shown, e.g. ${[...seen.late].slice(0, 3).join(', ')}.`,
          ]
        : []),
    ],
  };
}

async function* toRows(values: AsyncIterable<unknown>, names: string[], seen: Seen) {
  const known = new Set(names);
  seen.rows = 0;
  for await (const value of values) {
    seen.rows++;
    if (isObject(value) && seen.late.size < 10)
      for (const name of Object.keys(value)) if (!known.has(name)) seen.late.add(name);
    yield names.map((name) => toCell(pick(name)(value)));
  }
  seen.isEnd = true;
}

/** Of all objects, in the order in which they come; arrays have numbered columns, other values one. */
function toNames(sample: unknown[]): string[] {
  const names = new Set<string>();
  for (const value of sample) {
    if (isObject(value)) for (const name of Object.keys(value)) names.add(name);
    else if (Array.isArray(value)) value.forEach((_, i) => void names.add(`column_${i + 1}`));
    else names.add('value');
  }
  return [...names].slice(0, mostColumns);
}

const pick = (name: string) => (row: unknown) => {
  if (isObject(row)) return Object.hasOwn(row, name) ? row[name] : undefined;
  if (Array.isArray(row)) return row[Number(/^column_(\d+)$/.exec(name)?.[1] ?? 0) - 1];
  return name === 'value' ? row : undefined;
};

function toCell(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof ExactNumber) return value.source;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

function toType(values: unknown[]): string {
  const kinds = new Set(
    values.filter((value) => value !== undefined && value !== null).map(toKind),
  );
  if (kinds.has('integer') && kinds.has('number')) kinds.delete('integer');
  return kinds.size === 0 ? 'empty' : kinds.size === 1 ? ([...kinds][0] ?? '') : 'mixed';
}

const toKind = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  if (value instanceof ExactNumber) return /[.e]/i.test(value.source) ? 'number' : 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'text' : typeof value;
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof ExactNumber);
