/** What the agent tells while it works on one question. It knows no Slack words; a sink turns these into what people see. */
export type AgentEvent =
  /** What is happening now, when no tool is at work: "Reading the thread". */
  | { type: 'status'; text: string }
  /** A model call begins. `step` counts from 1. */
  | { type: 'step-started'; step: number }
  /** The model call broke off and is made again: all text of this step so far is void. */
  | { type: 'step-restarted'; step: number; reason: string }
  /** A piece of the model's summarised thinking: something to show as status, never as answer. */
  | { type: 'thinking'; step: number; text: string }
  /** A piece of the answer, Markdown, exactly as the model gave it. */
  | { type: 'text'; step: number; text: string }
  /** `source` is the source's title ("MySQL"), `detail` one line about the call ("SELECT …"), not yet gated. */
  | { type: 'tool-started'; step: number; id: string; source: string; tool: string; detail: string }
  | { type: 'tool-progress'; id: string; message: string }
  | { type: 'tool-finished'; id: string; ok: boolean; ms: number; proof?: ToolProof }
  /** A sentence of ours that belongs below the answer: "I cannot read attached files yet." */
  | { type: 'note'; text: string }
  /** The model or a source asked for patience. */
  | { type: 'waiting'; text: string }
  /** The last event of every run is exactly one of these three. */
  | { type: 'done'; reason: 'answered' | 'limit' | 'refused' }
  | { type: 'stopped'; text: string }
  | { type: 'failed'; message: string };

/** What a tool call rested on, for the footer below an answer. */
export interface ToolProof {
  /** Rows in the result that the model was given. */
  rows?: number;
  /** Rows that exist, when the source counted them. */
  total?: number;
  truncated?: boolean;
}

/**
 * Whoever shows a run: the bot's reply, an HTTP stream, a test's array.
 *
 * `emit` never waits and never throws: the model's stream must not depend on how fast somebody draws.
 */
export interface Sink {
  emit(event: AgentEvent): void;
  /** Resolves when everything emitted is shown for good. Throws what made that impossible. */
  finish(): Promise<void>;
}
