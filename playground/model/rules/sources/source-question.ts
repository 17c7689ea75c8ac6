import type { Asked } from './asked.ts';
import type { Phrase } from './phrase.ts';
import type { Plan } from './plan.ts';

/** One kind of question to a source. */
export interface SourceQuestion {
  kind: string;
  /**
   * Only where the source is named or in use, or nothing else could be meant: its words fit another source as well.
   */
  needsName?: true;
  /** Takes out of the phrase what it understands; nothing when the question is of another kind. */
  read(asked: Asked, phrase: Phrase): Plan | undefined;
}

/** A plan that needs no calls. */
export function* say(sentence: string): Plan {
  yield* [];
  return sentence;
}
