import { everydayWords, toRawWords, toWords } from '../words.ts';

/**
 * A question that is taken apart: what was understood is taken out, so that what nobody understood can be told.
 *
 * A word that is dropped may change the answer.
 */
export class Phrase {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  /** What is left, with capitals and single blanks. */
  get rest(): string {
    return this.#rest.replace(/\s+/g, ' ').trim();
  }

  /** Finds a pattern, takes it out, and gives what it found. Capitals count only where the pattern says so by itself. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#rest);
    if (!found) return undefined;
    const { index } = found;
    this.#rest = `${this.#rest.slice(0, index)} | ${this.#rest.slice(index + found[0].length)}`;
    return found;
  }

  /** Whether it was there. */
  drop(pattern: RegExp): boolean {
    return this.take(pattern) !== undefined;
  }

  /** The words that say something and that nobody took. */
  unread(): string[] {
    const known = toWords(this.#rest);
    return toRawWords(this.#rest).filter((_, at) => !everydayWords.has(known[at] ?? ''));
  }
}
