import type { Conversation } from '../conversation.ts';

const elsewhere =
  /^(?:(?:and|what about|how about|now|same|the same)\s+)*(?:in|on|from|at)\s+(?:the\s+|our\s+)?(amazon s3|s3|jira|shopify|mysql|mariadb|sql|(?:sql )?database)\s*[?!.]*$/i;
const placed =
  /\s*\b(?:in|on|from|at|of)\s+(?:the\s+|our\s+)?(?:amazon s3|s3|jira|shopify|mysql|mariadb|sql|(?:sql )?database)\b/gi;

/** What may take the place of its like in the question before: an order, a SKU, an issue, an address, a project. */
const shapes = [
  /#\d{1,8}\b/,
  /\b[A-Z]{2,6}-0\d{2,5}\b/i,
  /\b[A-Z][A-Z0-9_]{1,9}-[1-9]\d{0,5}\b/i,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  /\b(?:in|of|for) [A-Z][A-Z0-9]{1,9}\b(?!-)/,
];
const opening = /^(?:and|what about|how about)\s+(?:(?:for|of|on|with)\s+)?/i;

/** Questions that go on from the one before by a word or two, written out: "and in Shopify?", "and #4712?", "and in OPS?" */
export function resume(conversation: Conversation): Conversation {
  let previous = '';
  const exchanges = conversation.exchanges.map((exchange) => {
    const question = writtenOut(exchange.question.trim(), previous);
    previous = question;
    return { ...exchange, question };
  });
  return { ...conversation, exchanges };
}

function writtenOut(question: string, previous: string): string {
  if (!previous) return question;
  const [, source] = elsewhere.exec(question) ?? [];
  if (source) {
    const bare = previous.replace(placed, '').replace(/[\s?!.]+$/, '');
    return `${bare} in ${/sql|maria|database/i.test(source) ? 'the database' : source}`;
  }
  const [lead] = opening.exec(question) ?? [];
  if (!lead) return question;
  const said = question.slice(lead.length).replace(/[\s?!.]+$/, '');
  const shape = shapes.find((one) => one.exec(said)?.[0] === said && one.test(previous));
  return shape ? previous.replace(shape, () => said) : question;
}
