import type { Conversation } from '../conversation.ts';
import { learn, readDigests, type Schema } from '../schema.ts';
import { type Focus, readFocus } from './focus.ts';
import { Phrase } from './phrase.ts';
import { kindsOf, type SourceKind, sourceKinds } from './source-kinds.ts';

/** A question, and what is known around it. */
export interface Asked {
  /** As it was written, one blank between words; at most 500 characters. */
  verbatim: string;
  /** The same without quotes. */
  raw: string;
  /** Lower case. */
  text: string;
  /** `2026-11-22`. */
  today: string;
  /** What the sources that may be used here are called. */
  sources: Partial<Record<SourceKind, string>>;
  /** Those that the question names: "in Jira". */
  named: SourceKind[];
  /** What was spoken of before. */
  focus: Focus;
  /** Tables of the SQL database. */
  schema: Schema;
  /** The question to be taken apart, without the names of sources. */
  phrase(): Phrase;
}

const longest = 500;

/** Takes the last question of a conversation up. Works with anything that a person can type. */
export function readAsked({ exchanges, offered, only, today, system }: Conversation): Asked {
  const kinds = kindsOf(offered, only);
  const verbatim = (exchanges.at(-1)?.question ?? '')
    .normalize('NFKC')
    .replace(/<[@#!][^>]{0,80}>/g, ' ')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[`\s]+/g, ' ')
    .trim()
    .slice(0, longest);
  const raw = calm(verbatim.replace(/["\s]+/g, ' ').trim());
  const text = raw.toLowerCase();
  const calls = exchanges.flatMap((exchange) => exchange.calls);
  return {
    verbatim,
    raw,
    text,
    today,
    sources: kinds.sources,
    named: sourceKinds.filter(({ words }) => words.test(text)).map(({ kind }) => kind),
    focus: readFocus(exchanges.slice(0, -1), kinds.all),
    schema: learn(
      readDigests(system),
      calls.filter(({ source }) => source === kinds.sources.sql),
    ),
    phrase: () => new Phrase(raw.replace(sourceNames, ' ')),
  };
}

/** Where everything is in capitals they say nothing: else "IN" would be a name. */
const calm = (text: string) =>
  !/\p{Ll}/u.test(text) && /\p{Lu}{2,}\s+\p{Lu}{2,}/u.test(text) ? text.toLowerCase() : text;

const sourceNames =
  /\b(?:(?:in|on|from|at|of|by)\s+)?(?:our\s+|the\s+)?(?:amazon\s+s3|aws\s+s3|s3|jira|shopify)\b(?!:\/\/)(?:'s\b)?/gi;
