import type { z } from 'zod';
import type { Log } from '../log.ts';
import type { Spool } from './spool.ts';

/** What MCP hosts are told about a tool. Without `readOnlyHint: true` a tool counts as a write. */
export interface ToolAnnotations {
  readOnlyHint: boolean;
  destructiveHint?: boolean;
  idempotentHint?: boolean;
  /** True when the tool reaches things beyond the one configured source. */
  openWorldHint: boolean;
}

/** What a tool gets beside its arguments. */
export interface ToolContext {
  /** Fires when the caller no longer wants the answer; it must reach the driver. */
  signal: AbortSignal;
  /** Tells the caller how far the work is, in one short sentence. */
  progress(message: string): void;
  log: Log;
  /** Takes the rows that an answer cannot hold. Absent where nobody could read them. */
  spool?: Spool | undefined;
}

/** Something to be read at an address, with what a host tells of it. */
export interface ResourceLink {
  uri: string;
  /** Like a file's. */
  name: string;
  description: string;
  mimeType: string;
  /** In bytes. */
  size: number;
}

/** A picture for hosts that can show one to their model. */
export interface Picture {
  /** `image/png`, `image/jpeg`, `image/gif` or `image/webp`. */
  mimeType: string;
  /** In base64, of at most 1 MB before that. */
  data: string;
}

/** What stands beside an answer's object. */
export interface Attachments {
  /** To what the answer could not hold. */
  link?: ResourceLink;
  picture?: Picture;
}

/** What a tool gives when its answer is more than an object. */
export class RichAnswer<Answer> {
  readonly answer: Answer;
  readonly attachments: Attachments;

  constructor(answer: Answer, attachments: Attachments) {
    this.answer = answer;
    this.attachments = attachments;
  }
}

interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  /** snake_case, a verb first, without the source's name. */
  name: string;
  /** When to use it, at most 400 characters. */
  description: string;
  input: Input;
  output: Output;
  annotations: ToolAnnotations;
  /** @throws ToolError for whatever the model can understand and mend. */
  run(
    args: z.output<Input>,
    context: ToolContext,
  ): Promise<z.input<Output> | RichAnswer<z.input<Output>>>;
}

export type ToolAnswer = Record<string, unknown> | RichAnswer<Record<string, unknown>>;

/** A tool as the server sees it: its schemas and a function, with no SDK in sight. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly annotations: ToolAnnotations;
  run(args: Record<string, unknown>, context: ToolContext): Promise<ToolAnswer>;
}

/** Declares a tool: `run` gets its arguments parsed by `input` and gives what `output` describes. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, description, output, annotations, run } = definition;
  const input = definition.input.strict(); // an argument that does not exist is a mistake worth telling
  return { name, description, input, output, annotations, run: run as unknown as Tool['run'] };
}

/** One thing that was looked at. A line may be fine and still carry advice. */
export interface CheckLine {
  ok: boolean;
  /** What was found, e.g. `Signed in as reader`. No secrets, no hosts: it is shown in Slack. */
  what: string;
  /** How to mend it, naming the variable. */
  fix?: string;
}

/** A connector at work. `open` succeeds even when the source is down: calls then fail with a sentence. */
export interface OpenConnector {
  tools: Tool[];
  /** A short text from which a model can write correct queries, for the resource `<name>://digest`. */
  digest?(signal: AbortSignal): Promise<string>;
  /**
   * Looks before serving whether the source may be served at all. A line that is not ok refuses the start, one with a
   * fix is a warning; nothing when all is well or the source does not answer. Never throws.
   */
  vet?(signal: AbortSignal): Promise<CheckLine | undefined>;
  /** Asks the source something real. Never throws for what is wrong with the source: that is a line. */
  check(signal: AbortSignal): Promise<CheckLine[]>;
  close(): Promise<void>;
}

/** A data source: what it is called, which variables it needs, and how it is opened. */
export interface Connector<Env extends z.ZodObject = z.ZodObject> {
  /** What people type and tools are prefixed with: `mysql`. */
  readonly name: string;
  /** What people read: `MySQL`. */
  readonly title: string;
  /** Its variables; a field's `.describe()` is the start-up message when one is missing or wrong. */
  readonly env: Env;
  /**
   * Whether those of its variables that are set switch it on. Any does when this is absent: for variables that are
   * often set for other reasons, such as AWS's.
   */
  isConfigured?(env: Readonly<Record<string, string | undefined>>): boolean;
  /** Imports its server lazily, so that whoever lists connectors loads no source's SDK. */
  open(env: z.output<Env>): Promise<OpenConnector>;
}

/** Declares a connector. `src/connectors/index.ts` lists them all. */
export const defineConnector = <Env extends z.ZodObject>(connector: Connector<Env>) => connector;
