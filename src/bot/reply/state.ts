import type { AgentEvent, ToolProof } from '../../agent/events.ts';
import { closeFence } from './mend.ts';

/** What a reply has to show: all that the agent told so far. Never changed, only replaced. */
export interface ReplyState {
  /** The answer's text by model call, in order. */
  steps: readonly Step[];
  tools: readonly ToolWork[];
  /** Sentences for below the answer. */
  notes: readonly string[];
  /** What is happening when no tool is at work; empty when nobody said. */
  status: string;
  /** The end of the model's thinking, at most 300 characters. */
  thinking: string;
  end?: Extract<AgentEvent, { type: 'done' | 'stopped' | 'failed' }>;
}

interface Step {
  step: number;
  text: string;
  usedTools: boolean;
}

/** One tool call, under way until it has an `outcome`. */
export interface ToolWork {
  id: string;
  step: number;
  /** What people call the source: `MySQL`. */
  source: string;
  tool: string;
  detail: string;
  progress?: string;
  outcome?: { ok: boolean; ms: number; proof: ToolProof };
}

/** A reply before anything was told. */
export const emptyReply: ReplyState = {
  steps: [],
  tools: [],
  notes: [],
  status: '',
  thinking: '',
};

/** Characters kept of the model's thinking: enough for a line, it is only ever shown as one. */
export const thinkingKept = 300;

/** The state after an event. What comes after the end changes nothing. */
export function advance(state: ReplyState, event: AgentEvent): ReplyState {
  if (state.end) return state;
  switch (event.type) {
    case 'status':
    case 'waiting':
      return { ...state, status: event.text };
    case 'note':
      return { ...state, notes: [...state.notes, event.text] };
    case 'step-started':
      return { ...quiet(state), steps: withStep(state, event.step, (step) => step) };
    case 'step-restarted':
      return { ...quiet(state), steps: withStep(state, event.step, voided) };
    case 'thinking':
      return { ...state, thinking: (state.thinking + event.text).slice(-thinkingKept) };
    case 'text':
      return {
        ...quiet(state),
        steps: withStep(state, event.step, (step) => ({ ...step, text: step.text + event.text })),
      };
    case 'tool-started': {
      const { id, step, source, tool, detail } = event;
      const work: ToolWork = { id, step, source, tool, detail };
      return {
        ...quiet(state),
        steps: withStep(state, step, (before) => ({ ...before, usedTools: true })),
        tools: [...state.tools.filter((other) => other.id !== id), work],
      };
    }
    case 'tool-progress':
      return withTool(state, event.id, { progress: event.message });
    case 'tool-finished': {
      const { id, ok, ms, proof = {} } = event;
      return withTool(state, id, { outcome: { ok, ms, proof } });
    }
    case 'done':
    case 'stopped':
    case 'failed':
      return { ...quiet(state), end: event };
  }
}

/**
 * The answer so far, as Markdown.
 *
 * What the model says before it calls tools ("Let me look at the tables.") is shown until there is more, and
 * is no part of the answer then.
 */
export function answerText({ steps }: ReplyState): string {
  const spoken = steps.filter(({ text }) => text.trim() !== '');
  const last = spoken.at(-1);
  return spoken
    .filter((step) => step === last || !isPreamble(step))
    .map((step) => step.text.replace(/^\s*\n/, ''))
    .map((text, index, all) => (index === all.length - 1 ? text : closeFence(text).trimEnd()))
    .join('\n\n');
}

/** Whether the end of the answer's text is still being written. */
export const isWriting = ({ steps, end }: ReplyState): boolean =>
  !end && steps.at(-1)?.usedTools === false && steps.at(-1)?.text !== '';

/** Whether there is any text of an answer. Cheaper than `answerText`. */
export const hasText = ({ steps }: ReplyState): boolean =>
  steps.some(({ text }) => /\S/.test(text));

const preambleLength = 200;

const isPreamble = ({ text, usedTools }: Step): boolean =>
  usedTools &&
  text.trim().length <= preambleLength &&
  !/\n\s*\n|^\s*(?:[-*+]|\d+[.)])\s|^\s*\||```|~~~/m.test(text.trim());

const quiet = (state: ReplyState): ReplyState => ({ ...state, status: '', thinking: '' });

const voided = (step: Step): Step => ({ ...step, text: '', usedTools: false });

function withStep(
  { steps }: ReplyState,
  number: number,
  change: (step: Step) => Step,
): readonly Step[] {
  const at = steps.findIndex(({ step }) => step === number);
  if (at >= 0) return steps.with(at, change(steps[at] as Step));
  return [...steps, change({ step: number, text: '', usedTools: false })];
}

function withTool(state: ReplyState, id: string, change: Partial<ToolWork>): ReplyState {
  const at = state.tools.findIndex((tool) => tool.id === id);
  if (at < 0) return state;
  return { ...state, tools: state.tools.with(at, { ...(state.tools[at] as ToolWork), ...change }) };
}
