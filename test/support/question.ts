import type { Question } from '../../src/store/threads.ts';

let count = 0;

/** A question as the bot stores it; whatever matters to a test is given. */
export function question(given: Partial<Question> & { team: string }): Question {
  count += 1;
  const id = given.id ?? `1700000000.${String(count).padStart(6, '0')}`;
  const thread = given.thread ?? '1700000000.000000';
  return {
    session: `${given.team}:C1:${thread}`,
    kind: 'mention',
    id,
    channel: 'C1',
    thread,
    inThread: false,
    user: 'U1',
    text: 'how many orders?',
    files: [],
    identities: [`ts:${id}`, `ev:Ev${count}`],
    at: Date.now(),
    ...given,
  };
}
