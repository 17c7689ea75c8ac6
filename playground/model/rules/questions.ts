import { readAggregate, readCount, readSplit, readTop, readWhetherEmpty } from './ask-figures.ts';
import { readDetails, readNewest, readRows } from './ask-rows.ts';
import { asksForChange } from './asks-for-change.ts';
import { subjectOf } from './filters.ts';
import type { Ask } from './query.ts';
import { meant, type Reading } from './reading.ts';

/** One kind of question. */
export interface Question {
  kind: string;
  /** Stands by itself: never meant as going on from the question before. */
  isGeneral?: true;
  read(reading: Reading): Ask | undefined;
}

/** All kinds, in the order in which they are tried: those with the most telling words first. */
export const questions: Question[] = [
  {
    kind: 'change',
    isGeneral: true,
    read: ({ text }) => (asksForChange(text) ? { type: 'change' } : undefined),
  },
  {
    kind: 'greeting',
    isGeneral: true,
    read: ({ text }) =>
      text === '' ||
      /^(hi|hello|hey|hallo|good (morning|afternoon|evening)|moin|servus)\b[^?]{0,30}$/.test(text)
        ? { type: 'hello' }
        : undefined,
  },
  {
    kind: 'thanks',
    isGeneral: true,
    read: ({ text }) =>
      /^(ok(ay)?,? )?(many )?(thanks|thank you|thx|cheers|great|perfect|nice|cool)\b[^?]{0,40}$/.test(
        text,
      )
        ? { type: 'thanks' }
        : undefined,
  },
  {
    kind: 'help',
    isGeneral: true,
    read: ({ text }) =>
      /^\/?help\b|what can (you|i) (do|ask)|what do you know|how do(es)? (you|this) work|who are you|are you claude/.test(
        text,
      )
        ? { type: 'help' }
        : undefined,
  },
  {
    kind: 'nothing wanted',
    isGeneral: true,
    read: ({ limit }) =>
      limit !== undefined && limit < 1 ? { type: 'nothing wanted' } : undefined,
  },
  { kind: 'another source', isGeneral: true, read: readElsewhere },
  {
    kind: 'databases',
    isGeneral: true,
    read: ({ text }) => (/\b(databases|schemas)\b/.test(text) ? { type: 'databases' } : undefined),
  },
  {
    kind: 'table sizes',
    isGeneral: true,
    read: ({ text }) =>
      /\b(biggest|largest|smallest) tables?\b|\btable sizes?\b|\b(size|statistics|stats) of (the |all )*(tables|database)|how (big|large) (is|are) (the|our|all) (tables|database)/.test(
        text,
      )
        ? { type: 'sizes' }
        : undefined,
  },
  {
    kind: 'tables',
    isGeneral: true,
    read: ({ text, mentions }) =>
      /\b(which|what|list|show|all|the|how many)\b.*\btables\b|^tables\b/.test(text) ||
      (mentions.length === 0 && /\bwhat (data|is in (the|my|our) database)/.test(text))
        ? { type: 'tables' }
        : undefined,
  },
  { kind: 'indexes', isGeneral: true, read: readAbout('indexes', /\bind(ex(es|ed)?|ices)\b/) },
  {
    kind: 'structure',
    isGeneral: true,
    read: readAbout(
      'describe',
      /\b(describe|columns?|fields?|structure|schema|definition)\b|look like/,
    ),
  },
  { kind: 'newest or first rows', read: readNewest },
  { kind: 'aggregate', read: readAggregate },
  { kind: 'top', read: readTop },
  { kind: 'figure over time or per group', read: readSplit },
  { kind: 'whether empty', read: readWhetherEmpty },
  { kind: 'how many', read: readCount },
  { kind: 'one row', read: readDetails },
  { kind: 'rows', read: readRows },
];

const otherSources = [
  { name: 's3', title: 'Amazon S3', pattern: /\b(s3|buckets?)\b/ },
  { name: 'jira', title: 'Jira', pattern: /\b(jira|jql|sprints?)\b/ },
  { name: 'shopify', title: 'Shopify', pattern: /\bshopify\b/ },
];

function readElsewhere({ text, mentions, sources }: Reading): Ask | undefined {
  const asked = otherSources.find(({ pattern }) => pattern.test(text));
  return asked && mentions.length === 0 && !sources.includes(asked.name)
    ? { type: 'elsewhere', source: asked.title }
    : undefined;
}

function readAbout(type: 'describe' | 'indexes', pattern: RegExp) {
  return (reading: Reading): Ask | undefined => {
    const table = subjectOf(reading)?.table ?? meant(reading);
    return table && pattern.test(reading.text) ? { type, table } : undefined;
  };
}
