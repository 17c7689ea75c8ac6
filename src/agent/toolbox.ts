/** A tool as the model sees it. Names are `<source>__<tool>`. */
export interface ToolDefinition {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  inputSchema: Record<string, unknown>;
  source: string;
  readOnly: boolean;
}

/** One configured data source, and whether it answers. */
export interface SourceState {
  /** The name people type: `mysql`. */
  name: string;
  /** The name people read: `MySQL`. */
  title: string;
  /** Which of our connectors it is, `mysql`; absent for somebody else's server. */
  connector?: string;
  /** `quarantined`: its tools have changed, and nobody has accepted that. */
  state: 'starting' | 'ready' | 'down' | 'quarantined';
  /** One sentence of ours on what is wrong and how to mend it, when `down` or `quarantined`. */
  problem?: string;
  /** What works less well than it was meant to, while `ready`. */
  warning?: string;
}

export interface SourceTest extends SourceState {
  /** How long the live test took, in milliseconds. */
  ms: number;
}

/** What a tool call gave. A failed call is a result too: the model reads it and tries another way. */
export interface ToolOutcome {
  ok: boolean;
  /** What the model reads: minified JSON of a result, or a sentence of ours with a way out. At most 48 kB. */
  content: string;
  rows?: number;
  total?: number;
  truncated?: boolean;
}

export interface ToolCall {
  name: string;
  args: Record<string, unknown>;
  signal: AbortSignal;
  onProgress?: (message: string) => void;
}

/** The tools of all sources, behind one face. Built over MCP clients; a test may give an object. */
export interface Toolbox {
  sources(): SourceState[];
  /** The tools that may be offered now, sorted by name: byte-stable, so that the model's prompt cache holds. */
  tools(): ToolDefinition[];
  /** What the sources say of themselves (`<name>://digest`), by source name, sorted. At most hourly refreshed. */
  digests(): Promise<{ source: string; text: string }[]>;
  /** Never throws for what a source or the model did wrong; throws only when `signal` fired. */
  call(call: ToolCall): Promise<ToolOutcome>;
  /** Asks each source (or the one named) something real. */
  test(source?: string): Promise<SourceTest[]>;
  close(): Promise<void>;
}

/** The source that was chosen, or all of them when that one is no longer configured. */
export const sourceInUse = (chosen: string, sources: readonly SourceState[]): string =>
  sources.some(({ name }) => name === chosen) ? chosen : 'auto';
