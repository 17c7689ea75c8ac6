import { type Period, readPeriod } from './period.ts';
import type { Ask } from './query.ts';
import type { Column, Schema, Table } from './schema.ts';
import { indexOfWords, synonymsOf, toRawWords, toWords, wordsOfName } from './words.ts';

/** A table that a question names. */
export interface Mention {
  table: Table;
  /** The position of its first word, and how many words it takes. */
  at: number;
  length: number;
  /** A number right behind it, "user 42"; as text where it is too large to be exact. */
  id?: number | string;
}

/** What can be recognised in a question before it is known what is asked. */
export interface Reading {
  /** Lower case, one blank between words, signs kept; at most 500 characters. */
  text: string;
  /** The same with its capitals. */
  raw: string;
  /** Lower case, singular. */
  words: string[];
  rawWords: string[];
  /** In the order of the question. */
  mentions: Mention[];
  /** How many are wanted, 1 to 100. */
  limit?: number;
  period?: Period;
  schema: Schema;
  sources: string[];
  /** What was asked before, in the same conversation. */
  previous?: Ask;
}

export interface ReadingContext {
  schema: Schema;
  sources: string[];
  today: string;
  previous?: Ask | undefined;
}

/** Takes a question apart. Works with anything that a person can type. */
export function read(
  question: string,
  { schema, sources, today, previous }: ReadingContext,
): Reading {
  const raw = question
    .normalize('NFKC')
    .replace(/<[@#!][^>]{0,80}>/g, ' ')
    .replace(/[*_~`]{2,}|[*~`]|(?<!\p{L})_|_(?!\p{L})/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
  const text = raw.toLowerCase();
  const words = toWords(raw);
  const limit = readLimit(text);
  const period = readPeriod(text, today);
  return {
    text,
    raw,
    words,
    rawWords: toRawWords(raw),
    mentions: readMentions(raw, schema),
    ...(limit && { limit }),
    ...(period && { period }),
    schema,
    sources,
    ...(previous && { previous }),
  };
}

const ranks =
  'first|last|latest|newest|oldest|earliest|recent|top|best|worst|biggest|largest|smallest|highest|lowest|cheapest|next|show|list|get|only|me|just|most';
const numbers = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const number = `(\\d{1,4}|${numbers.join('|')})`;
const before = new RegExp(
  `\\b(?:${ranks})\\s+${number}\\b(?!\\s*(?:day|week|month|quarter|year|hour|%))`,
);
const behind = new RegExp(`\\b${number}\\s+(?:most\\s+)?(?:${ranks}|expensive)\\b`);

function readLimit(text: string): number | undefined {
  const found = (before.exec(text) ?? behind.exec(text))?.[1];
  if (!found) return undefined;
  const named = numbers.indexOf(found);
  const value = named >= 0 ? named + 1 : Number(found);
  return Math.min(100, Math.max(1, value));
}

/** The tables that these words name, in their order. */
export function readMentions(text: string, schema: Schema): Mention[] {
  const words = toWords(text);
  const rawWords = toRawWords(text.toLowerCase());
  const found = schema.tables.flatMap((table) => candidates(words, rawWords, table));
  // "customers" may mean tables of several databases: the one that is spoken of by name is meant.
  const named = new Set(
    found.filter(({ weight }) => weight === 3).map(({ table }) => table.database),
  );
  for (const one of found) if (named.has(one.table.database)) one.weight += 0.5;
  found.sort((a, b) => b.weight * b.length - a.weight * a.length || a.at - b.at);
  const taken = new Set<number>();
  const mentions: Mention[] = [];
  for (const { table, at, length } of found) {
    const span = Array.from({ length }, (_, offset) => at + offset);
    if (span.some((position) => taken.has(position))) continue;
    for (const position of span) taken.add(position);
    const id = idBehind(words, at + length);
    mentions.push({ table, at, length, ...(id !== undefined && { id }) });
  }
  return mentions.sort((a, b) => a.at - b.at);
}

/** Named in full counts most, by its last word ("items") less, by another word for it least. */
function candidates(words: string[], rawWords: string[], table: Table) {
  const name = wordsOfName(table.name);
  const last = name.at(-1) ?? '';
  return words.flatMap((word, at) => {
    if (words[at + 1] === 'by' && /^(order|group)$/.test(rawWords[at] ?? '')) return []; // "order by price"
    if (indexOfWords(words.slice(at, at + name.length), name) === 0)
      return [{ table, at, length: name.length, weight: 3 }];
    if (name.length > 1 && word === last) return [{ table, at, length: 1, weight: 2 }];
    const isSynonym = name.length === 1 && synonymsOf(word).includes(last);
    return isSynonym ? [{ table, at, length: 1, weight: 1 }] : [];
  });
}

/** "user 42", "order no 42", "member with id 42". */
function idBehind(words: string[], at: number): number | string | undefined {
  const rest = words.slice(at, at + 3);
  while (/^(with|id|no|nr|number)$/.test(rest[0] ?? '')) rest.shift();
  const [word = ''] = rest;
  if (!/^\d{1,40}$/.test(word)) return undefined;
  return word.length <= 15 ? Number(word) : word;
}

/** The table that "it" or "them" means: what the question before was about. */
export function meant({ text, previous }: Reading): Table | undefined {
  if (!/\b(it|its|them|they|those|these|that|this|there)\b/.test(text)) return undefined;
  if (previous?.type === 'query') return previous.query.table;
  return previous && 'table' in previous ? previous.table : undefined;
}

/** The column that the words name best, if any: in full, else by one telling word of its name. */
export function findColumn(
  words: string[],
  table: Table,
  accept: (column: Column) => boolean = () => true,
): Column | undefined {
  let best: Column | undefined;
  let bestScore = 0;
  for (const column of table.columns.filter(accept)) {
    const name = wordsOfName(column.name);
    const telling = name.filter((word) => word.length > 2 && !/^(date|time|code|key)$/.test(word));
    const isNamed = indexOfWords(words, name) >= 0;
    const score = isNamed ? 10 * name.length : telling.some((word) => words.includes(word)) ? 1 : 0;
    if (score > bestScore) {
      best = column;
      bestScore = score;
    }
  }
  return best;
}

/** The words behind the last of these that stands in the question. */
export function wordsBehind(words: string[], keywords: string[]): string[] {
  const at = words.findLastIndex((word) => keywords.includes(word));
  return at < 0 ? [] : words.slice(at + 1);
}
