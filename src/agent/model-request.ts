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
 * The body of a Messages API call: three cache breakpoints (last tool, system, end of the history), no sampling
 * parameters, thinking only for models that know it.
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
    messages: withBreakpoint(request.messages),
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

/** The messages are stored verbatim, so the breakpoint goes on a copy; thinking blocks can't carry one. */
function withBreakpoint(messages: TranscriptMessage[]): TranscriptMessage[] {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  return messages.map((message, index) => {
    if (index !== last) return message;
    const blocks = toBlocks(message.content);
    const end = blocks.at(-1);
    if (!end) return message;
    return { ...message, content: [...blocks.slice(0, -1), { ...end, cache_control: moving }] };
  });
}
