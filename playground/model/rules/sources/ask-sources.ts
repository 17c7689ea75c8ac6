import { capital } from '../../../../src/capital.ts';
import { asksForChange } from '../asks-for-change.ts';
import type { Conversation } from '../conversation.ts';
import { readMentions } from '../reading.ts';
import { quoted } from '../small-talk.ts';
import { wordsOfName } from '../words.ts';
import { acrossQuestions } from './across-questions.ts';
import { type Asked, readAsked } from './asked.ts';
import { followPlan, type PlanStep } from './follow-plan.ts';
import { jiraQuestions } from './jira-questions.ts';
import type { Plan } from './plan.ts';
import { s3Questions } from './s3-questions.ts';
import { shopifyQuestions } from './shopify-questions.ts';
import { kindsOf, type SourceKind, titleOf } from './source-kinds.ts';
import type { SourceQuestion } from './source-question.ts';

/** What sources other than a database make of a question. */
export interface OtherSources {
  /** They answer it. */
  step?: PlanStep;
  /** What to say where the database does not understand it either. */
  otherwise?: string;
  /** What they can be asked. */
  examples: string[];
}

interface Family {
  kind: SourceKind;
  questions: SourceQuestion[];
  examples: string[];
  /** What a table of the database may be called as well, in the singular: then its name has to be said. */
  nouns: string[];
}

const families: Family[] = [
  {
    kind: 's3',
    questions: s3Questions,
    nouns: ['file', 'object', 'bucket', 'folder', 'version'],
    examples: ['Which buckets are there?', 'Find *.csv in exports', 'Preview the June sales file'],
  },
  {
    kind: 'jira',
    questions: jiraQuestions,
    nouns: [
      'issue',
      'ticket',
      'bug',
      'task',
      'story',
      'incident',
      'epic',
      'sprint',
      'project',
      'comment',
    ],
    examples: [
      'Open bugs in SHOP',
      'What changed on SHOP-12?',
      'How many open tickets per status?',
    ],
  },
  {
    kind: 'shopify',
    questions: shopifyQuestions,
    nouns: ['inventory'],
    examples: [
      'What is low on stock?',
      'Latest orders in Shopify',
      'Who is the customer of order #4711?',
    ],
  },
];

/** The last question of a conversation, read as one to S3, Jira or Shopify, or to several at once. */
export function askSources(conversation: Conversation): OtherSources {
  const asked = readAsked(conversation);
  const examples = examplesOf(asked, 2);
  if (asksForChange(asked.text)) return { examples };
  const { plan, unread } = readPlan(asked);
  const made = conversation.exchanges.at(-1)?.calls ?? [];
  if (plan) return { step: followPlan(plan, made), examples };
  const otherwise = unread ?? notUnderstood(asked, conversation);
  return { examples, ...(otherwise && { otherwise }) };
}

const examplesOf = ({ sources }: Asked, each: number) =>
  families.filter(({ kind }) => sources[kind]).flatMap((family) => family.examples.slice(0, each));

interface Found {
  plan?: Plan;
  unread?: string;
}

/** The first way to read the question that leaves no word of it unread. */
function readPlan(asked: Asked): Found {
  let best: { words: string[]; kind: SourceKind | undefined } | undefined;
  for (const { kind, question } of toTry(asked)) {
    const phrase = asked.phrase();
    const plan = question.read(asked, phrase);
    if (!plan) continue;
    const words = phrase.unread();
    if (words.length === 0) return { plan };
    if (!best || words.length < best.words.length) best = { words, kind };
  }
  if (!best) return {};
  const sentence = `I did not understand ${quoted(best.words)}, and would rather give no answer than a wrong one.`;
  return { unread: withExamples(sentence, asked, best.kind) };
}

function toTry(asked: Asked): { kind?: SourceKind; question: SourceQuestion }[] {
  const { named, sources, focus, raw, schema } = asked;
  const across = acrossQuestions.map((question) => ({ question }));
  const tables = readMentions(raw, schema).map(({ table }) => wordsOfName(table.name).at(-1) ?? '');
  const isOpen = ({ kind, nouns }: Family) =>
    named.length === 0
      ? focus.kind === kind || !tables.some((table) => nouns.includes(table))
      : named.includes(kind);
  const own = families
    .filter((family) => sources[family.kind] && isOpen(family))
    .toSorted((a, b) => Number(b.kind === focus.kind) - Number(a.kind === focus.kind))
    .flatMap(({ kind, questions }) =>
      questions
        .filter(({ needsName }) => !needsName || named.includes(kind) || !sources.sql)
        .map((question) => ({ kind, question })),
    );
  return [...across, ...own];
}

function withExamples(sentence: string, asked: Asked, kind: SourceKind | undefined): string {
  const examples =
    families.find((family) => family.kind === kind)?.examples ??
    examplesOf(asked, Object.keys(asked.sources).length > 1 ? 1 : 3);
  const lines = examples.map((example) => `- ${example}`);
  return [`${sentence} I can answer questions like these:`, '', ...lines].join('\n');
}

/** Of a question that has to stay without an answer, where more can be said than that. */
function notUnderstood(asked: Asked, { only, offered }: Conversation): string | undefined {
  const { named, sources } = asked;
  const { all } = kindsOf(offered, undefined);
  const missing = named.find((kind) => !sources[kind]) ?? (only && readableBy(asked, all));
  if (missing && only)
    return `Only ${only} is in use here, so I cannot look in ${titleOf(missing)}. \`/datasource auto\` makes all sources available.`;
  if (missing)
    return sources.sql
      ? undefined
      : `${capital(titleOf(missing))} is not connected, so I cannot look there.`;
  if (only && offered.has(only) && !all.has(only))
    return `Only ${only} is in use here, and the demo model knows no questions for ${only}; Claude does. \`/datasource auto\` makes all sources available.`;
  const kind = named.find((one) => one !== 'sql');
  if (!kind && (sources.sql || Object.keys(sources).length === 0)) return undefined;
  const where = only ? ` Only ${only} is in use here.` : '';
  const about = kind ? ` about ${titleOf(kind)}` : '';
  return withExamples(`I did not understand that${about}.${where}`, asked, kind);
}

/** The source that would understand the question, were it in use. */
function readableBy(asked: Asked, all: ReadonlyMap<string, SourceKind>): SourceKind | undefined {
  const sources = Object.fromEntries([...all].map(([name, kind]) => [kind, name]));
  return families.find(
    ({ kind, questions }) =>
      sources[kind] !== undefined &&
      questions.some((question) => {
        const phrase = asked.phrase();
        return question.read({ ...asked, sources }, phrase) && phrase.unread().length === 0;
      }),
  )?.kind;
}

/** What the SQL rules need to know: no other source's questions and calls; no database where another source is in use. */
export function ofDatabase(conversation: Conversation): Conversation {
  const { exchanges, source, only, ...rest } = conversation;
  const last = exchanges.at(-1);
  const own = exchanges
    .map(({ question, calls }) => ({
      question,
      calls: calls.filter((call) => call.source === source),
      isOther: calls.length > 0 && !calls.some((call) => call.source === source),
    }))
    .filter(({ isOther }, at) => !isOther || exchanges[at] === last);
  const isOpen = source !== undefined && (only === undefined || only === source);
  return { ...rest, exchanges: own, ...(isOpen && { source }) };
}
