import type { TranscriptMessage } from '../store/threads.ts';
import type { ToolDefinition } from './toolbox.ts';

/** One call of the model, in our words. */
export interface ModelRequest {
  system: string;
  /** Sorted by name, the same list for every request of a deployment, or the prompt cache is lost. */
  tools: ToolDefinition[];
  messages: TranscriptMessage[];
  /** Upper limit of the reply, in tokens, thinking included. */
  maxTokens: number;
  /** No tool may be called: the model answers with what it has. */
  answerNow?: boolean;
}

type Block = Record<string, unknown>;

/** Tools and system are shared by all threads, so they are kept for an hour; a history for five minutes. */
const shared = { type: 'ephemeral', ttl: '1h' };
const moving = { type: 'ephemeral' };

/**
 * The body of a Messages API call: four cache breakpoints at most (last tool, system, the ends of the request before
 * and of this one), no sampling parameters, thinking only for models that know it.
 */
export function toRequestBody(model: string, request: ModelRequest) {
  const tools = request.tools.map(({ name, description, inputSchema }, index) => ({
    name,
    description,
    input_schema: inputSchema,
    ...(index === request.tools.length - 1 && { cache_control: shared }),
  }));
  return {
    model,
    max_tokens: request.maxTokens,
    system: [{ type: 'text', text: request.system, cache_control: shared }],
    messages: withBreakpoints(request.messages),
    ...(tools.length > 0 && { tools }),
    ...(tools.length > 0 && request.answerNow && { tool_choice: { type: 'none' } }),
    ...(knowsAdaptiveThinking(model) && { thinking: { type: 'adaptive', display: 'summarized' } }),
  };
}

/**
 * Whether the model takes `thinking: {type: 'adaptive'}`: Claude 5 and later. Their text between tool calls is
 * thinking, and hidden unless a summary is asked for: without it, tool work would be silent.
 */
export function knowsAdaptiveThinking(model: string): boolean {
  const major = /^claude-[a-z]+-(\d+)(-|$)/.exec(model)?.[1];
  return major !== undefined && Number(major) >= 5;
}

/** The same messages without the model's thinking, for a model that refuses another one's. */
export function withoutThinking(messages: TranscriptMessage[]): TranscriptMessage[] {
  return messages
    .map(({ role, content }) => ({
      role,
      content: toBlocks(content).filter(({ type }) => !String(type).endsWith('thinking')),
    }))
    .filter(({ content }) => content.length > 0);
}

/** A message's content as blocks: the API also takes a plain string. */
export function toBlocks(content: unknown): Block[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content)
    ? content.filter((block) => block && typeof block === 'object')
    : [];
}

/**
 * Breakpoints at the end of this request and of the one before it: a cache entry is looked for only 20 blocks back
 * from a breakpoint, and one step with many calls is longer. The messages are stored verbatim, so they go on copies;
 * thinking blocks can't carry one.
 */
function withBreakpoints(messages: TranscriptMessage[]): TranscriptMessage[] {
  const isUser = ({ role }: TranscriptMessage) => role === 'user';
  const reply = messages.findLastIndex((message) => !isUser(message));
  const ends = [
    messages.findLastIndex(isUser),
    messages.slice(0, Math.max(reply, 0)).findLastIndex(isUser),
  ];
  return messages.map((message, index) => {
    const blocks = ends.includes(index) ? toBlocks(message.content) : [];
    const end = blocks.at(-1);
    if (!end) return message;
    return { ...message, content: [...blocks.slice(0, -1), { ...end, cache_control: moving }] };
  });
}
