import { z } from 'zod';
import { nearest } from '../nearest.ts';
import { cutText } from '../outside-text.ts';
import { type Attachments, RichAnswer, type Tool, type ToolContext } from './connector.ts';
import { ToolError } from './tool-error.ts';

/** No answer may be larger than this, in bytes of JSON: some MCP clients break on lines past 64 kB. */
const hardLimit = 48_000;
/** Of a refusal, in characters: it may quote what was sent. */
const longestRefusal = 8_000;

/** What the model reads; `structured` is the same as an object and absent on errors. */
export interface ToolReply extends Attachments {
  text: string;
  structured?: Record<string, unknown>;
}

/** Calls a tool by name. Never throws: whatever goes wrong is a reply without `structured`. */
export async function callTool(
  tools: readonly Tool[],
  name: string,
  args: unknown,
  context: ToolContext,
): Promise<ToolReply> {
  const started = performance.now();
  const facts = (outcome: string) => ({
    tool: name,
    outcome,
    ms: Math.round(performance.now() - started),
  });
  try {
    const tool = tools.find((tool) => tool.name === name) ?? unknownTool(name, tools);
    const result = await tool.run(parseArguments(tool, args ?? {}), context);
    const { answer: structured, attachments } =
      result instanceof RichAnswer ? result : { answer: result, attachments: {} };
    const text = JSON.stringify(structured);
    if (Buffer.byteLength(text) > hardLimit)
      throw new ToolError('TOO_LARGE', 'the answer is larger than 48 kB', {
        try: 'fewer columns, fewer rows, or a narrower filter',
      });
    context.log.info(facts('ok'));
    return { text, structured, ...attachments };
  } catch (error) {
    if (error instanceof ToolError) {
      context.log.info(facts(error.code));
      return { text: cutText(error.message, longestRefusal) };
    }
    if (context.signal.aborted) {
      context.log.info(facts('cancelled'));
      return { text: cancelled.message };
    }
    const reason = error instanceof Error ? error.stack : String(error);
    context.log.error({ ...facts('fault'), error: reason }); // also where calls are not logged
    return { text: fault.message };
  }
}

const cancelled = new ToolError('CANCELLED', 'the caller no longer waits for this call');

const fault = new ToolError('UPSTREAM_ERROR', 'the connector failed on this call', {
  try: 'the call again; if it fails again, tell the person that the operator finds the reason in the log',
});

function unknownTool(name: string, tools: readonly Tool[]): never {
  const names = tools.map((tool) => tool.name);
  const close = nearest(name, names);
  throw new ToolError('NOT_FOUND', `there is no tool ${JSON.stringify(name.slice(0, 64))}`, {
    try: (close.length > 0 ? close : names).join(', '),
  });
}

/** @throws ToolError `INVALID_ARGUMENT` that lists every fault. */
function parseArguments(tool: Tool, args: unknown): Record<string, unknown> {
  const result = tool.input.safeParse(args);
  if (result.success) return result.data;
  const names = Object.keys(tool.input.shape);
  const faults = result.error.issues.map((issue) => toFault(issue, names));
  throw new ToolError('INVALID_ARGUMENT', faults.slice(0, 5).join('; '), {
    try: `the arguments of ${tool.name}: ${names.map((name) => describeArgument(tool, name)).join(', ')}`,
  });
}

function toFault(issue: z.core.$ZodIssue, names: string[]): string {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, 5).map(unknownArgument(names)).join('; ');
  const where = issue.path.join('.') || 'the arguments';
  const missing = issue.code === 'invalid_type' && /received undefined$/.test(issue.message);
  return missing
    ? `${where} is missing`
    : `${where}: ${issue.message.replace(/^Invalid input: /, '')}`;
}

const unknownArgument = (names: string[]) => (key: string) => {
  const [close] = nearest(key, names, 1);
  return `unknown argument ${JSON.stringify(key.slice(0, 64))}${close ? `, did you mean ${close}?` : ''}`;
};

const describeArgument = (tool: Tool, name: string) => {
  const schema: unknown = tool.input.shape[name];
  const optional = schema instanceof z.ZodType && schema.safeParse(undefined).success;
  return optional ? `${name} (optional)` : name;
};
