import type { Conversation } from './conversation.ts';
import { readFollowUp } from './follow-ups.ts';
import type { Ask } from './query.ts';
import { questions } from './questions.ts';
import { type Reading, read } from './reading.ts';
import type { Schema } from './schema.ts';
import { unreadWords } from './unread.ts';

/** What the last question of a conversation asks for. It may go on from the last one before it that was about data. */
export function understand({ exchanges, sources, today }: Conversation, schema: Schema): Ask {
  let ask: Ask = { type: 'unknown' };
  let previous: Ask | undefined;
  for (const { question } of exchanges) {
    ask = understandOne(read(question, { schema, sources, today, previous }));
    if (ask.type === 'query' || 'table' in ask) previous = ask;
  }
  return ask;
}

/** The first way to read a question that leaves no word of it unread: a query that drops a word may give a wrong number. */
function understandOne(reading: Reading): Ask {
  const general = questions.filter(({ isGeneral }) => isGeneral);
  const others = questions.filter(({ isGeneral }) => !isGeneral);
  let unread: Extract<Ask, { type: 'unread' }> | undefined;
  for (const read of [
    ...general.map((one) => one.read),
    readFollowUp,
    ...others.map((one) => one.read),
  ]) {
    const ask = read(reading);
    if (!ask) continue;
    if (ask.type !== 'query') return ask;
    const words = unreadWords(reading, ask);
    if (words.length === 0) return ask;
    if (!unread || words.length < unread.words.length) unread = { type: 'unread', words };
  }
  return unread ?? { type: 'unknown' };
}
