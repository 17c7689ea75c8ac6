import type { McpChild } from './mcp-client.ts';
import type { ToolDefinition } from './toolbox.ts';

/** What was found out about a running source. */
export interface Findings {
  /** Those that may be offered: never one that might write. */
  tools: ToolDefinition[];
  /** Why it can't answer, in sentences of ours. */
  problem?: string | undefined;
  /** Why nothing of it is offered until an operator has looked. */
  quarantine?: string | undefined;
  /** What works less well than it was meant to. */
  warning?: string | undefined;
  /** What it says of itself. */
  digest?: string | undefined;
}

/** How a kind of source is looked at: a connector of ours, or somebody else's server. */
export interface SourceWatch {
  /**
   * Which of its tools may be offered, asked at each start before anything is called.
   *
   * @throws SourceProblem, or whatever the server did.
   */
  admit(child: McpChild): Promise<Findings>;
  /** Asks it something real. */
  ask(child: McpChild, before: Findings): Promise<Findings>;
  /** What a failed start means for people, when it means anything. */
  problemOf(error: unknown): string | undefined;
}

/** A source that can't be offered, for a reason that people may read. */
export class SourceProblem extends Error {
  override name = 'SourceProblem';
}
