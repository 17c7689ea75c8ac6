import { publicMessage } from '../errors.ts';
import { log } from '../log.ts';
import { LeaseLost, type Run, type TranscriptMessage } from '../store/threads.ts';
import { type ToolUse, toToolUses } from './assistant-turn.ts';
import type { Claude } from './claude.ts';
import type { AgentEvent, Sink } from './events.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { loop } from './loop.ts';
import { toBlocks } from './model-request.ts';
import { type QuestionContext, systemPrompt, userMessage } from './prompt.ts';
import { toDetail } from './tool-calls.ts';
import { type SourceState, sourceInUse, type Toolbox } from './toolbox.ts';
import { assistantText, textOf, toHistory } from './transcript.ts';

/** The reason to abort a run with when a person stops it: it ends with what there is, and no other worker goes on. */
export class Stopped extends Error {
  override name = 'Stopped';
}

export interface AnswerJob {
  run: Run;
  /** The committed conversation, oldest first. */
  transcript: TranscriptMessage[];
  context: QuestionContext;
  claude: Claude;
  toolbox: Toolbox;
  /** Gets the events; `finish` is the caller's to call. */
  sink: Pick<Sink, 'emit'>;
  /** Lease lost, shutdown, or `Stopped`. */
  signal: AbortSignal;
  /** Keeps finished messages of the run; gets those since its last call. */
  checkpoint(messages: TranscriptMessage[]): Promise<void>;
  limits?: Partial<Limits>;
}

/**
 * Answers one question of somebody who may ask: tells the sink what happens, its last event exactly one of done, stopped and failed.
 *
 * @returns the messages to commit; they always leave the transcript in a state that the model accepts.
 * @throws the signal's reason (unless `Stopped`) or LeaseLost: then nothing may be committed, another worker goes on.
 */
export async function answer(job: AnswerJob): Promise<TranscriptMessage[]> {
  const { run, signal } = job;
  const { emit, partial } = watched(job.sink);
  const turn = [...run.turn];
  try {
    const reason = replay(turn, job.toolbox, emit) ?? (await ask(job, turn, emit));
    emit({ type: 'done', reason });
    return turn;
  } catch (error) {
    if (signal.aborted && !(signal.reason instanceof Stopped)) throw signal.reason;
    if (error instanceof LeaseLost) throw error;
    if (signal.aborted) {
      const { message } = signal.reason as Stopped;
      emit({ type: 'stopped', text: message });
      return closed(turn, job, `${partial.text}\n\n(stopped: ${message})`);
    }
    log.error({ run: run.id, err: error }, 'run failed');
    const message = publicMessage(error);
    emit({ type: 'failed', message });
    return closed(turn, job, `${partial.text}\n\n(the answer failed: ${message})`);
  }
}

async function ask(job: AnswerJob, turn: TranscriptMessage[], emit: (event: AgentEvent) => void) {
  const { run, claude, toolbox, signal, checkpoint } = job;
  const context = { ...job.context, source: sourceInUse(job.context.source, toolbox.sources()) };
  const limits = { ...defaultLimits, ...job.limits };
  if (turn.length === 0)
    turn.push(userMessage(run.question, context, toolbox.sources(), new Date()));
  return loop({
    claude,
    toolbox,
    context,
    emit,
    signal,
    checkpoint,
    turn,
    limits,
    runId: run.id,
    system: systemPrompt(await toolbox.digests()),
    history: toHistory(job.transcript, limits.historyTokens, toolbox.tools().length > 0),
    // A run that was taken over late still gets the time for an honest end.
    deadline: Math.max(run.startedAt + limits.ms, Date.now() + limits.lateMs),
  });
}

/** A sink that also remembers the text of the step under way, for a run that breaks off. */
function watched(sink: Pick<Sink, 'emit'>) {
  const partial = { text: '' };
  const emit = (event: AgentEvent) => {
    if (event.type === 'step-started' || event.type === 'step-restarted') partial.text = '';
    if (event.type === 'text') partial.text += event.text;
    sink.emit(event);
  };
  return { emit, partial };
}

/**
 * Tells again what a worker that died had finished, so that the reply shows it.
 *
 * @returns `answered` when all was said already.
 */
function replay(turn: TranscriptMessage[], toolbox: Toolbox, emit: (event: AgentEvent) => void) {
  const sources = toolbox.sources();
  let step = 0;
  for (const [index, message] of turn.entries()) {
    if (message.role !== 'assistant') continue;
    step++;
    emit({ type: 'step-started', step });
    const text = textOf(message);
    if (text) emit({ type: 'text', step, text });
    for (const use of toToolUses(toBlocks(message.content)))
      replayCall(use, step, turn[index + 1], sources, emit);
  }
  const end = turn.at(-1);
  return end?.role === 'assistant' && textOf(end) ? ('answered' as const) : undefined;
}

function replayCall(
  { id, name, input }: ToolUse,
  step: number,
  results: TranscriptMessage | undefined,
  sources: SourceState[],
  emit: (event: AgentEvent) => void,
) {
  const [source = '', tool = name] = name.split('__');
  const title = sources.find((each) => each.name === source)?.title ?? source;
  const detail = toDetail(input);
  const result = toBlocks(results?.content).find(({ tool_use_id }) => tool_use_id === id);
  emit({ type: 'tool-started', step, id, source: title, tool, detail });
  emit({ type: 'tool-finished', id, ok: result !== undefined && !result.is_error, ms: 0 });
}

/** The finished messages with an end that says why there is no more: a transcript must not stop at a question. */
function closed(turn: TranscriptMessage[], job: AnswerJob, text: string): TranscriptMessage[] {
  const { run, context, toolbox } = job;
  const started =
    turn.length > 0 ? turn : [userMessage(run.question, context, toolbox.sources(), new Date())];
  return [...started, assistantText(text.trim())];
}
