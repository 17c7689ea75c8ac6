import { nearest } from '../../../nearest.ts';
import { findDates, fitDate } from './dates.ts';
import { splitWords, type Term, toPlain, type WordTerm } from './terms.ts';

/** A key that may be meant, and how well it fits: 1 is every term. */
export interface Ranked<Item> {
  item: Item;
  score: number;
}

/** The kind of a file says less than its name. */
const endings = /^(csv|tsv|txt|md|jsonl?|parquet|gz|zst|log|pdf|png|jpe?g|xlsx?|xml|html)$/;

/** Below this a key has too little of what was asked for. */
export const goodScore = 0.55;

/**
 * Gives keys their score: each term counts between -1 (another month than the one asked for) and 1, and a little more
 * in the name than in its folders.
 */
export class KeyRanker<Item extends { key: string }> {
  readonly #terms: readonly Term[];
  readonly #weights: readonly number[];
  readonly #weight: number;
  /** Keys of a bucket share most of their words. */
  readonly #known = new Map<string, number>();

  readonly #least: number;

  constructor(terms: readonly Term[], least = goodScore) {
    this.#terms = terms;
    this.#least = least;
    this.#weights = terms.map((term) => ('word' in term && endings.test(term.word) ? 0.5 : 1));
    this.#weight = this.#weights.reduce((sum, each) => sum + each, 0);
  }

  /** Nothing for a key that does not fit. */
  rank(item: Item): Ranked<Item> | undefined {
    if (this.#terms.length === 0) return { item, score: 1 };
    const plain = toPlain(item.key);
    const { dates, rest } = findDates(plain);
    const name = new Set(splitWords(plain.slice(plain.lastIndexOf('/', plain.length - 2) + 1)));
    const words = splitWords(rest);
    const scores = this.#terms.map((term) =>
      'date' in term ? fitDate(term.date, dates) : this.#fitWord(term, words, name),
    );
    const score =
      scores.reduce((sum, each, i) => sum + each * (this.#weights[i] ?? 1), 0) / this.#weight;
    return score < this.#least ? undefined : { item, score: Math.round(score * 100) / 100 };
  }

  #fitWord({ word, kinds }: WordTerm, words: string[], name: Set<string>): number {
    let best = 0;
    for (const each of words) {
      const fit = kinds?.includes(each) ? 1 : this.#compare(word, each);
      const here = fit > 0 && name.has(each) ? fit + 0.05 : fit;
      if (here > best) best = here;
    }
    return best;
  }

  #compare(wanted: string, word: string): number {
    const pair = `${wanted} ${word}`;
    const known = this.#known.get(pair);
    if (known !== undefined) return known;
    const fit = compareWords(wanted, word);
    if (this.#known.size < 50_000) this.#known.set(pair, fit);
    return fit;
  }
}

/** 1 for the same word, less for one that only looks like it. */
function compareWords(wanted: string, word: string): number {
  if (wanted === word) return 1;
  if (/^\d/.test(wanted)) return Number(wanted) === Number(word) ? 0.9 : 0;
  if (toStem(wanted) === toStem(word)) return 0.95;
  const [short, long] = wanted.length < word.length ? [wanted, word] : [word, wanted];
  if (short.length >= 3 && long.startsWith(short)) return 0.8;
  if (short.length >= 4 && long.includes(short)) return 0.6;
  if (short.length >= 5 && nearest(wanted, [word]).length > 0) return 0.6;
  return 0;
}

const toStem = (word: string) => word.replace(/(?:ies|y)$/, 'i').replace(/(?:es|s)$/, '');

/** The best first; of equals the newest, or else the last by name, which is the newest where names bear dates. */
export function byRank<Item extends { key: string; modified?: Date }>(
  a: Ranked<Item>,
  b: Ranked<Item>,
): number {
  if (a.score !== b.score) return b.score - a.score;
  const age = (b.item.modified?.getTime() ?? 0) - (a.item.modified?.getTime() ?? 0);
  return age !== 0 ? age : a.item.key < b.item.key ? 1 : -1;
}

/** The keys that fit, the best first. */
export function rankKeys<Item extends { key: string; modified?: Date }>(
  terms: readonly Term[],
  items: readonly Item[],
): Item[] {
  const ranker = new KeyRanker<Item>(terms);
  const ranked = items.flatMap((item) => ranker.rank(item) ?? []);
  return ranked.sort(byRank).map(({ item }) => item);
}
