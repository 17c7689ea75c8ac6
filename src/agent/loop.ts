import { UserError } from '../errors.ts';
import { log } from '../log.ts';
import { LeaseLost, type TranscriptMessage } from '../store/threads.ts';
import type { AssistantTurn } from './assistant-turn.ts';
import type { Claude } from './claude.ts';
import type { Limits } from './limits.ts';
import { ContextExceeded, RequestRefused } from './model-error.ts';
import { offered, openToolCalls, type ToolCallParts } from './tool-calls.ts';
import { userText } from './transcript.ts';
import { withValidCalls } from './valid-calls.ts';

export interface LoopParts extends ToolCallParts {
  claude: Claude;
  system: string;
  history: TranscriptMessage[];
  /** This run's messages, the question first. The loop adds each one that is finished. */
  turn: TranscriptMessage[];
  limits: Limits;
  /** When the run's time is up, milliseconds since 1970. */
  deadline: number;
  signal: AbortSignal;
  /** Keeps finished messages; gets those since its last call. */
  checkpoint(messages: TranscriptMessage[]): Promise<void>;
}

export type LoopReason = 'answered' | 'limit' | 'refused';

/** For the last call after the run's time is up. */
const graceMs = 60_000;

/**
 * Model, tools, model, … until there is an answer or a limit is reached: then one last call without tools.
 *
 * @returns why it ended; `turn` holds the messages, and ends with the assistant's, unless the model refused.
 * @throws UserError or UpstreamError when there is no answer; the signal's reason when it fired; LeaseLost.
 */
export async function loop(parts: LoopParts): Promise<LoopReason> {
  const { claude, toolbox, system, turn, limits, emit, signal } = parts;
  const calls = openToolCalls(parts);
  const tools = offered(toolbox);
  const clock = AbortSignal.timeout(Math.max(1, parts.deadline - Date.now()));
  const grace = AbortSignal.timeout(Math.max(1, parts.deadline - Date.now()) + graceMs);

  let { history } = parts;
  let { replyTokens } = limits;
  let kept = turn.length > 1 ? turn.length : 0;
  let step = turn.filter(({ role }) => role === 'assistant').length;
  let tokens = 0;
  let last = false;
  let nudged = false;

  const overLimit = () =>
    step >= limits.steps ||
    tokens >= limits.tokens ||
    calls.spent() ||
    calls.repeated() >= 2 ||
    clock.aborted;

  const discard = (reason: string) => emit({ type: 'step-restarted', step, reason });

  async function finish(reason: LoopReason): Promise<LoopReason> {
    await save();
    return reason;
  }

  /** Losing a checkpoint costs a repeated model call after a crash, no more; losing the lease ends the run. */
  async function save() {
    const fresh = turn.slice(kept);
    if (fresh.length === 0) return;
    try {
      await parts.checkpoint(fresh);
      kept = turn.length;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LeaseLost) throw error;
      log.warn({ run: parts.runId, err: error }, 'checkpoint failed');
    }
  }

  async function ask(within: AbortSignal): Promise<AssistantTurn> {
    const messages = [...history, ...turn];
    try {
      const reply = await claude.stream(
        { system, tools, messages, maxTokens: replyTokens, answerNow: last },
        {
          signal: within,
          onText: (text) => emit({ type: 'text', step, text }),
          onThinking: (text) => emit({ type: 'thinking', step, text }),
          onRestart: discard,
        },
      );
      const { input, output, cacheRead, cacheWrite } = reply.usage;
      tokens += input + output + cacheWrite + cacheRead / 10;
      log.info({ run: parts.runId, step, stop: reply.stopReason, ...reply.usage }, 'model call');
      return withValidCalls(reply, messages);
    } catch (error) {
      const mayBeHistory = error instanceof ContextExceeded || error instanceof RequestRefused;
      if (!mayBeHistory || history.length === 0) throw error;
      log.warn({ run: parts.runId, err: error }, 'asking without the older conversation');
      return noRoom;
    }
  }

  /** What follows from a reply: the reason to end, or nothing to go on. */
  async function take(reply: AssistantTurn, within: AbortSignal): Promise<LoopReason | undefined> {
    const { content, text, toolUses, stopReason } = reply;
    switch (stopReason) {
      case 'refusal':
        // What was refused must not stay in the conversation, or everything after it is refused as well.
        discard('refused');
        turn.length = 0;
        emit({ type: 'text', step, text: sentences.refused });
        return 'refused';
      case 'model_context_window_exceeded':
        if (history.length === 0) throw new ContextExceeded();
        history = [];
        discard('the older conversation is left out');
        return;
      case 'max_tokens':
        if (text && (toolUses.length === 0 || replyTokens > limits.replyTokens)) {
          emit({ type: 'note', text: sentences.cut });
          turn.push({ role: 'assistant', content: withoutCalls(content) });
          return finish('limit');
        }
        // The last tool call is unfinished: never run a half of one.
        if (replyTokens > limits.replyTokens) throw new UserError(sentences.tooLong);
        replyTokens *= 2;
        discard('the reply was too long');
        return;
      case 'pause_turn':
        if (last || content.length === 0) break;
        turn.push({ role: 'assistant', content });
        return;
    }
    if (stopReason === 'tool_use' && toolUses.length > 0 && !last) {
      const results = await calls.run(toolUses, step, within);
      turn.push({ role: 'assistant', content }, { role: 'user', content: results });
      await save();
      return;
    }
    return conclude(withoutCalls(content), text, knownEnds.has(stopReason));
  }

  async function conclude(content: unknown[], text: string, mayNudge: boolean) {
    if (!text && mayNudge && !nudged && !last) {
      // An empty reply after tools happens; asking once more usually helps.
      nudged = true;
      if (content.length > 0) turn.push({ role: 'assistant', content });
      turn.push(userText(sentences.nudge));
      return;
    }
    if (!text) emit({ type: 'text', step, text: sentences.nothing });
    turn.push({
      role: 'assistant',
      content: text ? content : [...content, { type: 'text', text: sentences.nothing }],
    });
    return finish(last ? 'limit' : 'answered');
  }

  for (;;) {
    signal.throwIfAborted();
    if (!last && overLimit()) {
      last = true;
      turn.push(userText(sentences.answerNow));
    }
    step++;
    emit({ type: 'step-started', step });
    const within = AbortSignal.any([signal, last ? grace : clock]);
    try {
      const reason = await take(await ask(within), within);
      if (reason) return reason;
    } catch (error) {
      signal.throwIfAborted();
      if (grace.aborted) throw new UserError(sentences.late, { cause: error });
      if (last || !clock.aborted) throw error;
      discard('the time is up');
    }
  }
}

/** An end that a later API invents is an end: nothing more is asked or called. */
const knownEnds = new Set(['end_turn', 'tool_use', 'stop_sequence', 'pause_turn']);

const withoutCalls = (content: AssistantTurn['content']) =>
  content.filter(({ type }) => type !== 'tool_use');

/** As if the model itself had said so: a request that can't be taken may also be refused before a reply begins. */
const noRoom: AssistantTurn = {
  content: [],
  text: '',
  toolUses: [],
  stopReason: 'model_context_window_exceeded',
  usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
};

const sentences = {
  answerNow:
    'The limit for this question is reached: no more tool calls. Answer now with what you have, and say what is missing.',
  nudge: 'Please answer the question now, with what you have found.',
  nothing: 'I found no answer to that. Please ask in other words.',
  refused: 'I can’t help with that one. Please ask something else, or in other words.',
  cut: 'My answer got too long and was cut. Ask for a smaller part to see the rest.',
  tooLong: 'The answer got too long for me. Please ask for a smaller part of it.',
  late: 'I ran out of time on that. Please ask for a smaller part of it.',
};
