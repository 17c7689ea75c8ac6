import { type DatePart, findDates } from './dates.ts';

/** What somebody looks for, word by word. */
export type Term = WordTerm | { date: DatePart };

export interface WordTerm {
  word: string;
  /** Endings of files that people call so. */
  kinds?: readonly string[];
}

/** Words that every name answers to. */
const empty = new Set(
  'a an the of for in on at from to by my our your all any some with and or is are was that this those these what which where file files object objects document documents s3 bucket folder key please find search show open read get give me us latest newest recent last current named called about'.split(
    ' ',
  ),
);

/** Kinds of file as people call them, by their endings. */
const kinds: Record<string, readonly string[]> = {
  excel: ['xlsx', 'xls'],
  spreadsheet: ['csv', 'tsv', 'xlsx', 'xls'],
  table: ['csv', 'tsv', 'parquet', 'jsonl', 'xlsx'],
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg'],
  picture: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg'],
  photo: ['jpg', 'jpeg', 'png', 'webp', 'heic'],
  log: ['log', 'logs'],
};

/** The terms of a few words in plain English: "the June sales file" is a month and a word. */
export function toTerms(text: string, now = new Date()): Term[] {
  const plain = toPlain(text.slice(0, 500));
  const { dates, rest } = findDates(replaceRelative(plain, now));
  const words = splitWords(rest).filter((word) => !empty.has(word));
  const unique = [...new Set(words)].slice(0, 20);
  return [
    ...dates.map((date) => ({ date })),
    ...unique.map((word) => {
      const found = kinds[word] ?? kinds[word.replace(/s$/, '')];
      return found ? { word, kinds: found } : { word };
    }),
  ];
}

/** In small letters and without accents. */
export const toPlain = (text: string) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Words and numbers apart from one another: `sales2026` is two. */
export const splitWords = (text: string): string[] => text.match(/\p{L}+|\p{N}+/gu) ?? [];

/** Days and months by the calendar: yesterday is a date of its own. */
function replaceRelative(text: string, now: Date): string {
  const shifted = (change: (date: Date) => void, length: number) => () => {
    const date = new Date(now);
    change(date);
    return ` ${date.toISOString().slice(0, length)} `;
  };
  return text
    .replace(
      /\btoday(?:['’]s)?\b/g,
      shifted(() => {}, 10),
    )
    .replace(
      /\byesterday(?:['’]s)?\b/g,
      shifted((date) => date.setUTCDate(date.getUTCDate() - 1), 10),
    )
    .replace(
      /\bthis month(?:['’]s)?\b/g,
      shifted(() => {}, 7),
    )
    .replace(
      /\b(?:last|previous) month(?:['’]s)?\b/g,
      shifted((date) => date.setUTCMonth(date.getUTCMonth() - 1, 1), 7),
    )
    .replace(
      /\bthis year(?:['’]s)?\b/g,
      shifted(() => {}, 4),
    )
    .replace(
      /\b(?:last|previous) year(?:['’]s)?\b/g,
      shifted((date) => date.setUTCFullYear(date.getUTCFullYear() - 1), 4),
    );
}
