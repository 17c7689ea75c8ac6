import { type EntryFacts, factsOf } from './entry-facts.ts';
import type { Entry } from './inspection-log.ts';

export type TrafficKind = 'call' | 'event' | 'command' | 'interactive' | 'suggestion';

/** What to show; empty fields mean everything. */
export interface TrafficFilter {
  app_id: string;
  kind: TrafficKind | '';
  onlyProblems: boolean;
  /** Anywhere in the name, the result, the arguments or the payload. */
  text: string;
}

export const noFilter: TrafficFilter = { app_id: '', kind: '', onlyProblems: false, text: '' };

const mostLetters = 20_000;

/** The entries that fit. */
export function filtered(entries: Entry[], filter: TrafficFilter): Entry[] {
  const wanted = filter.text.trim().toLowerCase();
  return entries.filter((entry) => {
    const facts = factsOf(entry);
    if (filter.app_id && facts.app_id !== filter.app_id) return false;
    if (filter.kind && kindOf(entry) !== filter.kind) return false;
    if (filter.onlyProblems && !isProblem(facts)) return false;
    return !wanted || wordsIn(entry, facts).includes(wanted);
  });
}

const kindOf = (entry: Entry): TrafficKind =>
  entry.type === 'call' ? 'call' : entry.delivery.kind;

const isProblem = ({ outcome }: EntryFacts) => outcome !== 'ok' && outcome !== 'pending';

/** Made once for each entry: while one types, each letter asks for all of them. */
const known = new WeakMap<Entry, string>();

function wordsIn(entry: Entry, { name, result }: EntryFacts): string {
  const made = known.get(entry);
  if (made !== undefined) return made;
  const body = entry.type === 'call' ? [entry.call.args, entry.call.answer] : [entry.delivery.body];
  const words = `${name} ${result} ${JSON.stringify(body)}`.slice(0, mostLetters).toLowerCase();
  known.set(entry, words);
  return words;
}
