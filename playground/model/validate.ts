import { z } from 'zod';
import { sign } from './sign.ts';

/** A refusal in the API's own form. */
export interface ApiError {
  status: number;
  type: string;
  message: string;
}

const cacheControl = z.object({
  type: z.literal('ephemeral'),
  ttl: z.enum(['5m', '1h']).optional(),
});
const cached = { cache_control: cacheControl.nullish() };
const text = z.looseObject({ type: z.literal('text'), text: z.string(), ...cached });
const block = z.discriminatedUnion('type', [
  text,
  z.looseObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.looseObject({ type: z.literal('redacted_thinking'), data: z.string() }),
  z.looseObject({
    type: z.literal('tool_use'),
    id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
    name: z.string().min(1).max(200),
    input: z.record(z.string(), z.unknown()),
    ...cached,
  }),
  z.looseObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).optional(),
    is_error: z.boolean().optional(),
    ...cached,
  }),
  z.looseObject({ type: z.literal('image'), ...cached }),
  z.looseObject({ type: z.literal('document'), ...cached }),
]);
const message = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(block)]),
});
const tool = z.looseObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
  ...cached,
});

const request = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.number().int().min(0),
  messages: z.array(message).min(1, 'at least one message is required'),
  system: z.union([z.string(), z.array(text)]).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z.looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']) }).optional(),
  stream: z.boolean().optional(),
  thinking: z
    .looseObject({ type: z.enum(['enabled', 'disabled', 'adaptive', 'between_tools']) })
    .optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().optional(),
  top_k: z.number().optional(),
  stop_sequences: z.array(z.string()).optional(),
  metadata: z.looseObject({}).optional(),
  service_tier: z.string().optional(),
  output_config: z.looseObject({}).optional(),
  context_management: z.looseObject({}).optional(),
  cache_control: cacheControl.nullish(),
});

/** A request for a message, as far as this stand-in looks at it. */
export type ModelRequest = z.infer<typeof request>;
export type ModelMessage = z.infer<typeof message>;
export type ModelBlock = z.infer<typeof block>;

const models = /^claude-(opus|sonnet|haiku|fable)-\d+(-\d{1,2})?(-\d{8}|-latest)?$/;

/** The model of this name as the models endpoint shows it, or nothing where the API knows none. */
export const toModel = (id: string) =>
  models.test(id)
    ? { type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' }
    : undefined;

/** The request, or the refusal that the real API gives to one like it. */
export function validate(body: unknown): { request: ModelRequest } | { error: ApiError } {
  const parsed = request.safeParse(body);
  if (!parsed.success) {
    return refuse(toProblem(parsed.error.issues[0], []));
  }
  const { data } = parsed;
  if (!toModel(data.model))
    return { error: { status: 404, type: 'not_found_error', message: `model: ${data.model}` } };
  for (const rule of rules) {
    const message = rule(data);
    if (message) return refuse(message);
  }
  return { request: data };
}

/** Of a union's alternatives the last one is the list, which is what clients send. */
function toProblem(issue: z.core.$ZodIssue | undefined, above: PropertyKey[]): string {
  const path = [...above, ...(issue?.path ?? [])];
  const inner = issue?.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : undefined;
  return inner ? toProblem(inner, path) : `${path.join('.') || 'body'}: ${issue?.message}`;
}

const refuse = (message: string) => ({
  error: { status: 400, type: 'invalid_request_error', message },
});

type Rule = (request: ModelRequest) => string | undefined;

const blocksOf = ({ content }: ModelMessage): ModelBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

/** The first problem that a check finds, message by message. */
const eachMessage =
  (
    check: (message: ModelMessage, index: number, all: ModelMessage[]) => string | undefined,
  ): Rule =>
  ({ messages }) => {
    for (const [index, message] of messages.entries()) {
      const problem = check(message, index, messages);
      if (problem) return problem;
    }
    return undefined;
  };

const firstIsUser: Rule = ({ messages }) =>
  messages[0]?.role === 'user' ? undefined : 'messages: first message must use the "user" role';

const hasContent = eachMessage(({ content }, index) =>
  content.length > 0 ? undefined : `messages.${index}: all messages must have non-empty content`,
);

const hasText = eachMessage((message, index) => {
  const at = blocksOf(message).findIndex((block) => {
    const nested =
      block.type === 'tool_result' && Array.isArray(block.content) ? block.content : [];
    return [block, ...nested].some((one) => one.type === 'text' && !String(one.text).trim());
  });
  return at < 0
    ? undefined
    : `messages.${index}.content.${at}: text content blocks must contain non-whitespace text`;
});

const systemHasText: Rule = ({ system }) =>
  Array.isArray(system) && system.some(({ text }) => !text.trim())
    ? 'system: text content blocks must be non-empty'
    : undefined;

const rolesFit = eachMessage(({ role, content }, index) => {
  const wrong = role === 'user' ? ['tool_use', 'thinking', 'redacted_thinking'] : ['tool_result'];
  const found = Array.isArray(content) && content.find(({ type }) => wrong.includes(type));
  return found
    ? `messages.${index}: \`${found.type}\` blocks can not be in \`${role}\` messages`
    : undefined;
});

const idsOf = (message: ModelMessage | undefined, type: 'tool_use' | 'tool_result'): string[] =>
  (message ? blocksOf(message) : []).flatMap((block) => {
    if (block.type === 'tool_use' && type === 'tool_use') return [block.id];
    if (block.type === 'tool_result' && type === 'tool_result') return [block.tool_use_id];
    return [];
  });

const callsAreAnswered = eachMessage((message, index, all) => {
  const answered = idsOf(all[index + 1], 'tool_result');
  const open = idsOf(message, 'tool_use').filter((id) => !answered.includes(id));
  return open.length === 0
    ? undefined
    : `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
});

const answersHaveCalls = eachMessage((message, index, all) => {
  const called = idsOf(all[index - 1], 'tool_use');
  const stray = idsOf(message, 'tool_result').find((id) => !called.includes(id));
  return stray === undefined
    ? undefined
    : `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
});

const answersAreSingle = eachMessage((message, index) => {
  const ids = idsOf(message, 'tool_result');
  return new Set(ids).size === ids.length
    ? undefined
    : `messages.${index}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with the same id.`;
});

const answersComeFirst = eachMessage((message, index) => {
  const blocks = blocksOf(message);
  const count = idsOf(message, 'tool_result').length;
  return blocks.slice(0, count).every(({ type }) => type === 'tool_result')
    ? undefined
    : `messages.${index}: \`tool_result\` blocks must come first in a message that answers \`tool_use\`.`;
});

const callsAreUnique: Rule = ({ messages }) => {
  const ids = messages.flatMap((message) => idsOf(message, 'tool_use'));
  return new Set(ids).size === ids.length ? undefined : 'messages: `tool_use` ids must be unique';
};

const callsHaveTools: Rule = ({ messages, tools }) =>
  tools?.length || !messages.some((message) => idsOf(message, 'tool_use').length > 0)
    ? undefined
    : 'Requests which include `tool_use` or `tool_result` blocks must define tools.';

const thinkingIsUnchanged = eachMessage((message, index) => {
  const at = blocksOf(message).findIndex(
    (block) => block.type === 'thinking' && block.signature !== sign(block.thinking),
  );
  return at < 0
    ? undefined
    : `messages.${index}.content.${at}: Invalid \`signature\` in \`thinking\` block`;
});

const toolNamesAreUnique: Rule = ({ tools = [] }) =>
  new Set(tools.map(({ name }) => name)).size === tools.length
    ? undefined
    : 'tools: Tool names must be unique.';

/** In the order that the cache sees them: tools, system, messages. */
const breakpoints = ({ tools = [], system, messages, cache_control }: ModelRequest) =>
  [
    ...tools,
    ...(Array.isArray(system) ? system : []),
    ...messages.flatMap(blocksOf),
    { cache_control },
  ].flatMap((part) => {
    const control = cacheControl.safeParse(
      'cache_control' in part ? part.cache_control : undefined,
    );
    return control.success ? [control.data.ttl ?? '5m'] : [];
  });

const cacheIsBounded: Rule = (body) => {
  const found = breakpoints(body);
  if (found.length > 4)
    return `A maximum of 4 blocks with cache_control may be provided. Found ${found.length}.`;
  return found.lastIndexOf('1h') > found.indexOf('5m') && found.includes('5m')
    ? "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block"
    : undefined;
};

/** What the 5.5 models no longer take. */
const fitsNewModels: Rule = (body) => {
  if (!/-5-5\b/.test(body.model)) return undefined;
  const sampling = (['temperature', 'top_p', 'top_k'] as const).find(
    (key) => body[key] !== undefined,
  );
  if (sampling) return `${sampling}: not supported by ${body.model}`;
  if (body.thinking?.type === 'enabled' || body.thinking?.type === 'disabled')
    return `thinking.type: "${body.thinking.type}" is not supported by ${body.model}`;
  if (body.tool_choice?.type === 'any' || body.tool_choice?.type === 'tool')
    return `tool_choice.type: "${body.tool_choice.type}" is not supported by ${body.model}`;
  if (body.messages.at(-1)?.role === 'assistant')
    return `messages: ${body.model} does not support assistant message prefill. The conversation must end with a user message.`;
  return undefined;
};

const rules: Rule[] = [
  firstIsUser,
  hasContent,
  hasText,
  systemHasText,
  rolesFit,
  callsAreUnique,
  callsAreAnswered,
  answersHaveCalls,
  answersAreSingle,
  answersComeFirst,
  callsHaveTools,
  thinkingIsUnchanged,
  toolNamesAreUnique,
  cacheIsBounded,
  fitsNewModels,
];
