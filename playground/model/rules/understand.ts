import type { Conversation } from './conversation.ts';
import { readFollowUp } from './follow-ups.ts';
import type { Ask } from './query.ts';
import { questions } from './questions.ts';
import { type Reading, read } from './reading.ts';
import type { Schema } from './schema.ts';

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

function understandOne(reading: Reading): Ask {
  const general = questions.filter(({ isGeneral }) => isGeneral);
  const others = questions.filter(({ isGeneral }) => !isGeneral);
  for (const read of [
    ...general.map((one) => one.read),
    readFollowUp,
    ...others.map((one) => one.read),
  ]) {
    const ask = read(reading);
    if (ask) return ask;
  }
  return { type: 'unknown' };
}
