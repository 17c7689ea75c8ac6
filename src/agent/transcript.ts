import type { TranscriptMessage } from '../store/threads.ts';
import { toBlocks } from './model-request.ts';
import { isCallId, isToolName } from './valid-calls.ts';

/** How every question of ours begins; the nudges within a run do not. */
const question = '<context>';

const roughly = (value: unknown) => Buffer.byteLength(JSON.stringify(value)) / 3.5;

/**
 * The part of a transcript that goes to the model: whole turns, sound ones only, within `budget` (estimated tokens).
 *
 * When the budget is passed, half of it is dropped at once: the same start serves the following questions, so the
 * prompt cache holds.
 */
export function toHistory(
  transcript: TranscriptMessage[],
  budget: number,
  hasTools = true,
): TranscriptMessage[] {
  const turns = toTurns(transcript)
    .filter(isSound)
    .filter(isFirstOfItsIds())
    // The API takes tool calls of the past only with tools at present.
    .filter((turn) => hasTools || !turn.some(hasCalls));
  const sizes = turns.map(roughly);
  let start = 0;
  let size = 0;
  for (const [index, added] of sizes.entries()) {
    size += added;
    if (size <= budget) continue;
    while (start <= index && size > budget / 2) size -= sizes[start++] ?? 0;
  }
  return turns.slice(start).flat();
}

/** The pieces of text of a message, joined. */
export function textOf({ content }: TranscriptMessage): string {
  return toBlocks(content)
    .map(({ type, text }) => (type === 'text' ? String(text) : ''))
    .join('');
}

export const userText = (text: string): TranscriptMessage => ({
  role: 'user',
  content: [{ type: 'text', text }],
});

export const assistantText = (text: string): TranscriptMessage => ({
  role: 'assistant',
  content: [{ type: 'text', text }],
});

/** A turn is a question and all that follows up to the next one. What stands before the first question is dropped. */
function toTurns(transcript: TranscriptMessage[]): TranscriptMessage[][] {
  const turns: TranscriptMessage[][] = [];
  for (const message of transcript) {
    if (startsTurn(message)) turns.push([message]);
    else turns.at(-1)?.push(message);
  }
  return turns;
}

const startsTurn = (message: TranscriptMessage) =>
  message.role === 'user' && textOf(message).startsWith(question);

/**
 * The API refuses a request in which a call has no result right behind it, or a name or an id that it does not take:
 * one such turn would end the thread.
 */
function isSound(turn: TranscriptMessage[]): boolean {
  return (
    turn.at(-1)?.role === 'assistant' &&
    turn.flatMap(callsOf).every(({ id, name }) => isCallId(id) && isToolName(name)) &&
    isUnique(callIds(turn)) &&
    turn.every((message, index) => {
      const results = idsOf(message, 'tool_result', 'tool_use_id');
      const answered = idsOf(turn[index - 1], 'tool_use', 'id');
      const given = idsOf(turn[index + 1], 'tool_result', 'tool_use_id');
      return (
        toBlocks(message.content).length > 0 &&
        idsOf(message, 'tool_use', 'id').every((id) => given.includes(id)) &&
        results.every((id) => answered.includes(id)) &&
        isUnique(results)
      );
    })
  );
}

/** For a filter: whether no turn that passed before has a call of the same id. */
function isFirstOfItsIds(): (turn: TranscriptMessage[]) => boolean {
  const taken = new Set<string>();
  return (turn) => {
    const ids = callIds(turn);
    if (ids.some((id) => taken.has(id))) return false;
    for (const id of ids) taken.add(id);
    return true;
  };
}

const isUnique = (ids: string[]) => new Set(ids).size === ids.length;

const callsOf = (message: TranscriptMessage) =>
  toBlocks(message.content).filter(({ type }) => type === 'tool_use');

const callIds = (turn: TranscriptMessage[]) =>
  turn.flatMap((each) => idsOf(each, 'tool_use', 'id'));

const hasCalls = (message: TranscriptMessage) => callsOf(message).length > 0;

function idsOf(message: TranscriptMessage | undefined, type: string, key: string): string[] {
  return toBlocks(message?.content)
    .filter((block) => block.type === type)
    .map((block) => String(block[key]));
}
