/** What the model gave in one call. */
export interface AssistantTurn {
  /** The content blocks verbatim: thinking and signatures must go back unchanged. */
  content: Record<string, unknown>[];
  text: string;
  toolUses: ToolUse[];
  /** `end_turn`, `tool_use`, `max_tokens`, … or one that a later API invents. */
  stopReason: string;
  usage: { input: number; output: number; cacheRead: number; cacheWrite: number };
}

export interface ToolUse {
  id: string;
  name: string;
  input: Record<string, unknown>;
  /** Its arguments were no JSON, or nested past all use; `input` is empty then. */
  unreadable?: true;
}

/** A message as the SDK gathers it; a tool's `input` is parsed when it is read, and may throw. */
export interface GatheredMessage {
  content: readonly { type: string; input?: unknown }[];
  stop_reason: string | null;
  usage: {
    input_tokens: number;
    output_tokens: number;
    cache_read_input_tokens?: number | null;
    cache_creation_input_tokens?: number | null;
  };
}

/** The message as plain data. A call with arguments beyond reading is kept as one without, and marked. */
export function toAssistantTurn({ content, stop_reason, usage }: GatheredMessage): AssistantTurn {
  const parts = content.map(toPart).filter(({ block }) => !isBlank(block));
  const blocks = parts.map(({ block }) => block);
  return {
    content: blocks,
    text: blocks.map(({ type, text }) => (type === 'text' ? String(text) : '')).join(''),
    toolUses: parts.flatMap(({ block, ...mark }) =>
      toToolUses([block]).map((use) => ({ ...use, ...mark })),
    ),
    stopReason: stop_reason ?? 'none',
    usage: {
      input: usage.input_tokens,
      output: usage.output_tokens,
      cacheRead: usage.cache_read_input_tokens ?? 0,
      cacheWrite: usage.cache_creation_input_tokens ?? 0,
    },
  };
}

/** The tool calls among the blocks of a message. */
export function toToolUses(blocks: Block[]): ToolUse[] {
  return blocks
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, name, input }) => ({ id: String(id), name: String(name), input: toObject(input) }));
}

/** Whether the last block is a tool call whose arguments are no JSON: what makes the SDK give a whole stream up. */
export function endsUnreadable({ content }: Pick<GatheredMessage, 'content'>): boolean {
  const last = content.at(-1);
  return last?.type === 'tool_use' && toInput(last) === undefined;
}

type Block = Record<string, unknown>;

/** Far more than any tool takes, and far less than where walking through it overflows the stack. */
const deepest = 100;

function toPart(gathered: GatheredMessage['content'][number]): { block: Block; unreadable?: true } {
  // Through JSON: the SDK's blocks carry lazy getters.
  if (gathered.type !== 'tool_use') return { block: JSON.parse(JSON.stringify(gathered)) };
  const input = toInput(gathered);
  const keys = Object.keys(gathered).filter((key) => key !== 'input');
  const rest = Object.fromEntries(keys.map((key) => [key, (gathered as Block)[key]]));
  if (input) return { block: { ...rest, input } };
  return { block: { ...rest, input: {} }, unreadable: true };
}

/** Nothing where the arguments are no JSON or too deep. */
function toInput(gathered: { input?: unknown }): ToolUse['input'] | undefined {
  try {
    const { input } = gathered;
    return isDeeper(input, deepest) ? undefined : toObject(input);
  } catch {
    return undefined;
  }
}

/** Level by level instead of by recursion, which is what depth breaks. */
function isDeeper(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= most; depth++) {
    level = level.flatMap((one) => (one && typeof one === 'object' ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** A call without arguments that make sense is a call without arguments: anything else could not be sent back. */
const toObject = (input: unknown) =>
  input && typeof input === 'object' && !Array.isArray(input) ? (input as ToolUse['input']) : {};

/** Blank text is refused when it comes back. */
const isBlank = ({ type, text }: Block) => type === 'text' && !String(text).trim();
