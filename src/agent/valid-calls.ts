import type { TranscriptMessage } from '../store/threads.ts';
import { type AssistantTurn, toToolUses } from './assistant-turn.ts';
import { toBlocks } from './model-request.ts';

/** Whether the API takes this back as the name of a tool. */
export const isToolName = (name: unknown) =>
  typeof name === 'string' && /^[a-zA-Z0-9_-]{1,128}$/.test(name);

/** Whether the API takes this back as the id of a call. */
export const isCallId = isToolName;

/**
 * The reply with calls that can go back to the API: it refuses a conversation with a name or an id that it does not
 * take, or with an id twice, and would refuse it for ever. What fits stays as it is.
 */
export function withValidCalls(
  reply: AssistantTurn,
  conversation: TranscriptMessage[],
): AssistantTurn {
  if (reply.toolUses.length === 0) return reply;
  const taken = new Set(
    conversation.flatMap(({ content }) => toToolUses(toBlocks(content)).map(({ id }) => id)),
  );
  const toolUses = reply.toolUses.map((use) => {
    const id = toFreeId(use.id, taken);
    taken.add(id);
    return { ...use, id, name: toName(use.name) };
  });
  // The calls stand in the order of their blocks.
  let next = 0;
  const content = reply.content.map((block) => {
    if (block.type !== 'tool_use') return block;
    const { id, name } = toolUses[next++] ?? {};
    return { ...block, id, name };
  });
  return { ...reply, content, toolUses };
}

const toName = (name: string) => toWord(name).slice(0, 128) || 'unnamed';

function toFreeId(given: string, taken: Set<string>): string {
  const id = toWord(given).slice(0, 100) || 'call';
  const fits = isCallId(given) ? given : id;
  if (!taken.has(fits)) return fits;
  for (let n = 2; ; n++) if (!taken.has(`${id}_${n}`)) return `${id}_${n}`;
}

const toWord = (text: string) => text.replace(/[^a-zA-Z0-9_-]/g, '_');
