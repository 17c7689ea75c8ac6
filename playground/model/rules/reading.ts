import { type Period, readPeriod } from './period.ts';
import type { Ask } from './query.ts';
import type { Column, Schema, Table } from './schema.ts';
import { indexOfWords, stemsOf, synonymsOf, toRawWords, toWords, wordsOfName } from './words.ts';

/** A table that a question names. */
export interface Mention {
  table: Table;
  /** The position of its first word, and how many words it takes. */
  at: number;
  length: number;
  /** A number right behind it, "user 42"; as text where it is too large to be exact. */
  id?: number | string;
  /** Where that number stands. */
  idAt?: number;
}

/** A verb that stands for a table: "ordered", "reviewed". */
export type Deed = Pick<Mention, 'table' | 'at' | 'length'>;

/** What can be recognised in a question before it is known what is asked. */
export interface Reading {
  /** Lower case, one blank between words, signs kept; at most 500 characters. */
  text: string;
  /** The same with its capitals. */
  raw: string;
  /** Lower case, singular. */
  words: string[];
  rawWords: string[];
  /** What stands behind the 500 characters, which nobody reads. */
  wordsBeyond: string[];
  /** In the order of the question. */
  mentions: Mention[];
  deeds: Deed[];
  /** How many are wanted, at most 100; 0 and less is left for a question of its own. */
  limit?: number;
  /** More were wanted. */
  isCapped: boolean;
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

const maxLength = 500;

/** Takes a question apart. Works with anything that a person can type. */
export function read(
  question: string,
  { schema, sources, today, previous }: ReadingContext,
): Reading {
  const whole = question
    .normalize('NFKC')
    .replace(/<[@#!][^>]{0,80}>/g, ' ')
    .replace(/\bcan['’]t\b/gi, 'can not')
    .replace(/n['’]t\b/gi, ' not')
    .replace(/[*_~`]{2,}|[*~`]|(?<!\p{L})_|_(?!\p{L})/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const raw = whole.slice(0, maxLength);
  const text = raw.toLowerCase();
  const words = toWords(raw);
  const mentions = readMentions(raw, schema);
  const count = readLimit(text);
  // "Orders of user 42 last month" wants no 42 orders.
  const wanted = mentions.some(({ id }) => id !== undefined && id === count) ? undefined : count;
  const period = readPeriod(text, today);
  return {
    text,
    raw,
    words,
    rawWords: toRawWords(raw),
    wordsBeyond: toRawWords(whole.slice(maxLength)),
    mentions,
    deeds: readDeeds(words, mentions, schema),
    ...(wanted !== undefined && { limit: Math.min(100, wanted) }),
    isCapped: wanted !== undefined && wanted > 100,
    ...(period && { period }),
    schema,
    sources,
    ...(previous && { previous }),
  };
}

const ranks =
  'first|last|latest|newest|oldest|earliest|recent|top|best|worst|biggest|largest|smallest|highest|lowest|cheapest|next|show|list|get|only|me|just|most';
const numbers = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const number = `(-?\\d{1,15}|${numbers.join('|')})`;
const before = new RegExp(
  `\\b(?:${ranks})(?:\\s+|-)${number}\\b(?![-.,]\\d)(?!\\s*(?:day|week|month|quarter|year|hour|%))`,
);
const behind = new RegExp(
  `(?<![\\p{L}\\d.,-])${number}\\s+(?:most\\s+)?(?:${ranks}|expensive)\\b`,
  'u',
);

function readLimit(text: string): number | undefined {
  const found = (before.exec(text) ?? behind.exec(text))?.[1];
  return found === undefined ? undefined : toCount(found);
}

/** `5`, "five" → 5. */
export function toCount(word: string): number {
  const named = numbers.indexOf(word);
  return named >= 0 ? named + 1 : Number(word);
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
    mentions.push({ table, at, length, ...idBehind(words, at + length) });
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
function idBehind(words: string[], at: number): Pick<Mention, 'id' | 'idAt'> {
  let idAt = at;
  while (idAt < at + 3 && /^(with|id|no|nr|number)$/.test(words[idAt] ?? '')) idAt++;
  const word = words[idAt] ?? '';
  if (idAt >= at + 3 || !/^\d{1,40}$/.test(word)) return {};
  return { id: word.length <= 15 ? Number(word) : word, idAt };
}

/** "Ordered by" sorts, and is no deed. */
const readDeeds = (words: string[], mentions: Mention[], { tables }: Schema): Deed[] =>
  words.flatMap((word, at): Deed[] => {
    const stems = stemsOf(word);
    if (stems.length === 0 || words[at + 1] === 'by') return [];
    if (mentions.some((one) => at >= one.at && at < one.at + one.length)) return [];
    const table = tables.find(({ name }) => {
      const last = wordsOfName(name).at(-1) ?? '';
      const things = [last, ...synonymsOf(last)];
      return [...things, ...things.flatMap(stemsOf)].some((thing) => stems.includes(thing));
    });
    return table ? [{ table, at, length: 1 }] : [];
  });

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
