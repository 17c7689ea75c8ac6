import type { ModelBlock, ModelMessage, ModelRequest } from '../validate.ts';

/** A tool call of the model, and what came back, if it did. */
export interface Call {
  /** `mysql`. */
  source: string;
  /** Without the source's name: `execute_query`. */
  tool: string;
  input: Record<string, unknown>;
  result?: CallResult;
}

/** What a tool gave: its JSON (or text), or the sentence that it failed with. */
export type CallResult = { ok: true; data: unknown } | { ok: false; error: string };

/** A question, and the calls made for it. */
export interface Exchange {
  question: string;
  calls: Call[];
}

/** A request, as far as the demo model understands it. */
export interface Conversation {
  /** The current question comes last. There is always one. */
  exchanges: Exchange[];
  /** Nothing was answered yet. */
  isFirst: boolean;
  /** The source whose tools query SQL: `mysql`; absent when there is none. */
  source?: string;
  /** Names of the sources that tools are offered of. */
  sources: string[];
  /** The same with their tools. */
  offered: ReadonlyMap<string, ReadonlySet<string>>;
  /** The only source that may be asked here, where the person chose one. */
  only?: string;
  /** Tools may be called. */
  mayCall: boolean;
  /** The day it is where the person is: `2026-11-22`. */
  today: string;
  /** The system prompt, where the digests stand. */
  system: string;
}

/** Reads a request. Nothing in it can make this throw. */
export function readConversation({
  messages,
  tools = [],
  tool_choice,
  system,
}: ModelRequest): Conversation {
  const names = tools.map(({ name }) => name);
  const prompt =
    typeof system === 'string' ? system : (system ?? []).map(({ text }) => text).join('\n');
  const offered = toOffered(names, prompt);
  const only = toOnly(messages);
  const databases = [...offered]
    .filter(([, own]) => own.has('execute_query'))
    .map(([name]) => name);
  const source = databases.find((name) => name === only) ?? databases[0];
  const exchanges = toExchanges(messages);
  return {
    exchanges: exchanges.length > 0 ? exchanges : [{ question: '', calls: [] }],
    isFirst: !messages.some(
      (message) => message.role === 'assistant' && textsOf(message).length > 0,
    ),
    ...(source && { source }),
    sources: [...offered.keys()],
    offered,
    ...(only && { only }),
    mayCall: tool_choice?.type !== 'none',
    today: toToday(messages),
    system: prompt,
  };
}

/** `mysql__execute_query` → its two parts. */
function splitName(name: string): { source: string; tool: string } {
  const [source = '', ...tool] = name.split('__');
  return { source, tool: tool.join('__') };
}

/** By name, those first that tell of themselves in the prompt: of several of one kind the first is asked, and one that is down has told nothing. */
function toOffered(names: string[], prompt: string): Map<string, Set<string>> {
  const offered = new Map<string, Set<string>>();
  for (const { source, tool } of names.map(splitName))
    offered.set(source, (offered.get(source) ?? new Set()).add(tool));
  const isSilent = (source: string) => Number(!prompt.includes(`<digest source="${source}">`));
  return new Map(
    [...offered].toSorted(([a], [b]) => isSilent(a) - isSilent(b) || (a < b ? -1 : 1)),
  );
}

function toExchanges(messages: ModelMessage[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const [index, message] of messages.entries()) {
    const previous = messages[index - 1];
    if (isQuestion(message, previous))
      exchanges.push({ question: textsOf(message).at(-1) ?? '', calls: [] });
    const calls = exchanges.at(-1)?.calls;
    for (const block of blocksOf(message)) {
      if (block.type === 'tool_use') calls?.push({ ...splitName(block.name), input: block.input });
      if (block.type !== 'tool_result') continue;
      const at = idsOf(previous).indexOf(block.tool_use_id);
      const call = calls?.[calls.length - idsOf(previous).length + at];
      if (call && at >= 0) call.result = toResult(block);
    }
  }
  return exchanges;
}

/** Whoever runs the model may write to it in between ("answer now"): after results, or after an empty answer. */
function isQuestion(message: ModelMessage, previous: ModelMessage | undefined): boolean {
  if (message.role !== 'user' || hasResults(message)) return false;
  if (!previous) return true;
  return previous.role === 'user' ? !hasResults(previous) : textsOf(previous).length > 0;
}

const hasResults = (message: ModelMessage) =>
  blocksOf(message).some(({ type }) => type === 'tool_result');

const blocksOf = ({ content }: ModelMessage): ModelBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

const textsOf = (message: ModelMessage): string[] =>
  blocksOf(message).flatMap((block) => (block.type === 'text' ? [block.text] : []));

const idsOf = (message: ModelMessage | undefined): string[] =>
  (message ? blocksOf(message) : []).flatMap((block) =>
    block.type === 'tool_use' ? [block.id] : [],
  );

/** Results come as JSON, or wrapped as data of a source: `{"source","trust","data"}` or `{"source","trust","error"}`. */
function toResult({ content, is_error }: Extract<ModelBlock, { type: 'tool_result' }>): CallResult {
  const text =
    typeof content === 'string'
      ? content
      : (content ?? []).map((part) => ('text' in part ? String(part.text) : '')).join('\n');
  const parsed = parse(text);
  const wrapped = isRecord(parsed) && 'trust' in parsed ? parsed : undefined;
  if (is_error || (wrapped && 'error' in wrapped))
    return { ok: false, error: String(wrapped?.error ?? text) };
  return { ok: true, data: wrapped ? wrapped.data : (parsed ?? text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** From the newest `<context>`: "source in use: only jira". */
function toOnly(messages: ModelMessage[]): string | undefined {
  const context = messages
    .toReversed()
    .flatMap(textsOf)
    .find((text) => text.startsWith('<context>'));
  return /^source in use: only (\S+)$/m.exec(context ?? '')?.[1];
}

const monthNames =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** From the newest `<context>`: "now: Sunday, 22 November 2026 at 14:05 (Europe/Vienna)". */
function toToday(messages: ModelMessage[]): string {
  for (const message of messages.toReversed())
    for (const text of textsOf(message)) {
      if (!text.startsWith('<context>')) continue;
      const [, day, month, year] = /\b(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b/.exec(text) ?? [];
      const number = monthNames.indexOf(month ?? '') + 1;
      if (day && year && number > 0)
        return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
      const [iso] = /\b\d{4}-\d{2}-\d{2}\b/.exec(text) ?? [];
      if (iso) return iso;
    }
  return new Date().toISOString().slice(0, 10);
}
