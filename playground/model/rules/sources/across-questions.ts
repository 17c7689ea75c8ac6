import {
  failuresAndTickets,
  orderStory,
  sameStock,
  stockInDatabase,
  ticketsOfCustomer,
} from './across-answers.ts';
import type { Asked } from './asked.ts';
import { issueNoun } from './jira-wish.ts';
import type { Phrase } from './phrase.ts';
import type { Plan } from './plan.ts';
import { orderNumber, sku, takeCustomer } from './shopify-questions.ts';
import { type SourceKind, titleOf } from './source-kinds.ts';
import { type SourceQuestion, say } from './source-question.ts';

/** Kinds of question that take several sources to answer. */
export const acrossQuestions: SourceQuestion[] = [
  { kind: 'tickets about a customer’s orders', read: readTickets },
  { kind: 'tickets of the customer spoken of', read: readTheirTickets },
  { kind: 'what happened with an order', read: readStory },
  { kind: 'whether stock is the same', read: readSameStock },
  { kind: 'payment failures and their tickets', read: readFailures },
  { kind: 'stock of one product in the database', read: readStock },
];

/** What is missing to answer, if anything. */
const missing = ({ sources }: Asked, ...kinds: SourceKind[]): Plan | undefined => {
  const absent = kinds.find((kind) => !sources[kind]);
  return (
    absent &&
    say(`That takes ${titleOf(absent)}, which is not available here, so I cannot answer it.`)
  );
};

function readTickets(asked: Asked, phrase: Phrase): Plan | undefined {
  if (!phrase.drop(issueNoun) || !phrase.drop(/\borders?\b(?= (?:of|by|from))/i)) return undefined;
  if (
    !phrase.drop(
      /\b(?:that )?(?:mention(?:s|ing)?|nam(?:e|es|ing)|about|concern(?:s|ing)?|for|regarding)\b/i,
    )
  )
    return undefined;
  const customer = takeCustomer(phrase);
  if (!customer) return undefined;
  return missing(asked, 'jira', 'shopify') ?? ticketsOfCustomer(asked.sources, customer);
}

/** "And their tickets?" Without a word on whose, these would be everybody's. */
function readTheirTickets(asked: Asked, phrase: Phrase): Plan | undefined {
  const { customer } = asked.focus;
  if (!phrase.drop(/\b(?:they|their|his|her|she|he)\b/i) || !phrase.drop(issueNoun))
    return undefined;
  if (customer)
    return missing(asked, 'jira', 'shopify') ?? ticketsOfCustomer(asked.sources, customer);
  return undefined;
}

/** "What happened with order #4711?", "everything about order 4711". */
function readStory(asked: Asked, phrase: Phrase): Plan | undefined {
  const { sources, schema, named, focus } = asked;
  if (
    named.length > 0 ||
    !phrase.drop(
      /\bwhat(?:'s| has| is)? (?:happened|happening|going on|wrong|up|the story)\b(?: (?:with|to|about|on|of))?|\b(?:everything|all) (?:you (?:know|have) )?(?:about|on)\b|\bwhy (?:has|is|was)\b/i,
    )
  )
    return undefined;
  const number =
    phrase.take(orderNumber)?.[1] ??
    phrase.take(/\border\s+(?:number |no\.? )?(\d{1,8})\b/i)?.[1] ??
    (phrase.drop(/\b(?:that|this|the) order\b|\bit\b/i)
      ? focus.order?.replace(/^#/, '')
      : undefined);
  if (!number) return undefined;
  phrase.drop(/\b(?:the )?order\b/i);
  return orderStory(sources, schema, Number(number));
}

function readSameStock(asked: Asked, phrase: Phrase): Plan | undefined {
  const { text, sources, schema } = asked;
  const isAsked = /\b(?:same|equal|differ(?:s|ent|ence)?|match(?:es)?|agree|compare|identical)\b/i;
  if (!/\b(stock|inventory)\b/.test(text) || !sku.test(phrase.rest) || !phrase.drop(isAsked))
    return undefined;
  phrase.drop(/\b(?:the )?(?:stock|inventory)\b(?: level)?/i);
  phrase.drop(/\b(?:mysql|mariadb|sql|(?:the |our )?database)\b/i);
  phrase.drop(/\bbetween\b/i);
  const [, wanted = ''] = phrase.take(sku) ?? [];
  return missing(asked, 'shopify', 'sql') ?? sameStock(sources, schema, wanted.toUpperCase());
}

/** Shopify says "inventory", databases "stock". */
function readStock({ sources, schema, named, text }: Asked, phrase: Phrase): Plan | undefined {
  const isMeant = named.includes('sql') || (named.length === 0 && /\bstock\b/.test(text));
  if (!isMeant || !sources.sql || named.includes('shopify') || !sku.test(phrase.rest))
    return undefined;
  if (!phrase.drop(/\b(?:stock|inventory)\b(?: of| for| level of)?/i)) return undefined;
  phrase.drop(/\b(?:in )?(?:mysql|mariadb|sql|(?:the |our )?database)\b/i);
  phrase.drop(/\bhow (?:many|much)\b/i);
  phrase.drop(/\b(?:sku|product|item|article)\b(?!-)/i);
  const [, wanted = ''] = phrase.take(sku) ?? [];
  return stockInDatabase(sources.sql, schema, wanted.toUpperCase());
}

function readFailures(asked: Asked, phrase: Phrase): Plan | undefined {
  const { today } = asked;
  if (
    !phrase.drop(
      /\b(?:payment|card)s? (?:failures?|errors?|problems?)\b|\bfailed (?:payments?|cards?)\b|\bpayments? (?:that )?failed\b/i,
    )
  )
    return undefined;
  if (!phrase.drop(/\b(?:in|from|of) (?:the |our )?(?:app )?logs?\b|\blogs?\b/i)) return undefined;
  phrase.drop(
    /\b(?:and|with) (?:their|the|its) (?:jira )?(?:tickets?|issues?)\b|\b(?:tickets?|issues?)\b/i,
  );
  const [, written] =
    phrase.take(/\b(?:of|from|on|for)?\s*(yesterday|today|\d{4}-\d\d-\d\d)(?:'s)?\b/i) ?? [];
  if (!written)
    return say(
      'Of which day? For example “payment failures in the logs of yesterday and their tickets”.',
    );
  const shift = written.toLowerCase() === 'yesterday' ? 86_400_000 : 0;
  const day = /^\d/.test(written)
    ? written
    : new Date(Date.parse(`${today}T00:00:00Z`) - shift).toISOString().slice(0, 10);
  return missing(asked, 's3', 'jira') ?? failuresAndTickets(asked.sources, day, today);
}
