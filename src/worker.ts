import { setTimeout } from 'node:timers/promises';
import type { AgentEvent, Sink } from './agent/events.ts';
import { filesUnread, greeting, onlyFiles } from './agent/greeting.ts';
import { pause } from './agent/pause.ts';
import { type Directory, decide } from './agent/policy.ts';
import type { EarlierMessage, QuestionContext } from './agent/prompt.ts';
import type { SourceState } from './agent/toolbox.ts';
import { publicMessage, UserError } from './errors.ts';
import type { Log } from './log.ts';
import type { Preferences } from './store/preferences.ts';
import {
  type Claim,
  LeaseLost,
  type Question,
  type Run,
  type Threads,
  type TranscriptMessage,
} from './store/threads.ts';
import { within } from './within.ts';

/** What the agent is asked to do: it emits to the sink and resolves to the messages to keep. */
export interface Assignment {
  run: Run;
  transcript: TranscriptMessage[];
  context: QuestionContext;
  sink: Sink;
  signal: AbortSignal;
  checkpoint: (messages: TranscriptMessage[]) => Promise<void>;
}

interface WorkerParts {
  threads: Pick<Threads, 'claim' | 'transcript'>;
  /** Opens the reply of a run: the first thing people see of it. */
  openSink(run: Run, claim: Claim): Sink;
  answer(assignment: Assignment): Promise<TranscriptMessage[]>;
  directory: Directory;
  history(question: Question, seenUpTo: string | undefined): Promise<EarlierMessage[]>;
  /** What is connected, for the answer to a mention without a question. */
  sources(): SourceState[];
  preferences: Pick<Preferences, 'source'>;
  /** Fires when the process has to end now; runs are left to another worker. */
  shutdown: AbortSignal;
  log: Log;
}

/** A question that outlived this many workers is given up, in case it is what ends them. */
const maxTakeovers = 3;

/**
 * A wake: claim the thread, answer what waits in its inbox one by one, release it.
 *
 * A thread that somebody else works on is left to them; if they die, the sweeper wakes it again.
 */
export function createWorker(parts: WorkerParts): (session: string) => Promise<void> {
  return async (session) => {
    const taken = await claimThread(session, parts);
    if (!taken) return;
    const claim = { ...taken, signal: AbortSignal.any([taken.signal, parts.shutdown]) };
    let run: Run | undefined;
    try {
      for (run = await claim.begin(); run; run = await claim.begin()) {
        await answerOne(run, claim, parts);
        parts.shutdown.throwIfAborted();
      }
    } catch (error) {
      if (!(error instanceof LeaseLost) && !parts.shutdown.aborted) throw error;
      parts.log.info({ session, fence: claim.fence }, 'left to another worker');
    } finally {
      await claim.release(parts.shutdown.aborted ? run : undefined);
    }
  };
}

/** Nothing when another worker has the thread and is alive. */
async function claimThread(session: string, { threads }: WorkerParts): Promise<Claim | undefined> {
  const first = await threads.claim(session);
  if (!('heldForMs' in first)) return first;
  // The holder may be dead, and this wake the last one: wait for the lease to end. A living holder renews it.
  await setTimeout(first.heldForMs + 20);
  const second = await threads.claim(session);
  return 'heldForMs' in second ? undefined : second;
}

async function answerOne(run: Run, claim: Claim, parts: WorkerParts): Promise<void> {
  const startedAt = performance.now();
  const { question } = run;
  const sink = parts.openSink(run, claim);
  const outcome = await outcomeOf(run, claim, sink, parts);
  claim.signal.throwIfAborted();

  let shown = true;
  await sink.finish().catch((error: unknown) => {
    if (error instanceof LeaseLost || claim.signal.aborted) throw error;
    shown = false;
    parts.log.error({ err: error, run: run.id }, 'an answer could not be shown');
  });
  await claim.commit(run, outcome.messages, outcome.refused ? 'refused' : undefined);
  parts.log.info(
    {
      run: run.id,
      session: question.session,
      user: question.user,
      kind: question.kind,
      takeovers: run.takeovers,
      shown,
      waitedMs: run.startedAt - question.at,
      ms: Math.round(performance.now() - startedAt),
    },
    'question answered',
  );
}

interface Outcome {
  messages: TranscriptMessage[];
  refused?: boolean;
}

/** Answers, or says honestly why not. Throws only when the thread was lost or the process ends. */
async function outcomeOf(run: Run, claim: Claim, sink: Sink, parts: WorkerParts): Promise<Outcome> {
  const { question } = run;
  const { signal } = claim;
  try {
    if (run.takeovers > maxTakeovers)
      return say(sink, {
        type: 'failed',
        message: 'I was interrupted several times at this question and give up. Please ask again.',
      });
    const [{ person, audience }, source, transcript, earlier] = await Promise.all([
      factsOf(question, parts.directory, signal),
      parts.preferences.source(question.team, { ...question, person: question.user }),
      parts.threads.transcript(question.session),
      earlierMessages(run, parts),
    ]);
    signal.throwIfAborted();
    const decision = decide({ subject: person, audience });
    if (!decision.allow) {
      parts.log.info({ run: run.id, user: question.user, rule: decision.rule }, 'refused');
      return { ...say(sink, text(decision.message), done('refused')), refused: true };
    }
    if (!question.text) {
      const reply = question.files.length > 0 ? onlyFiles : greeting(parts.sources());
      return say(sink, text(reply), done('answered'));
    }
    if (question.files.length > 0) sink.emit({ type: 'note', text: filesUnread });
    const messages = await parts.answer({
      run,
      transcript,
      context: { person, audience, source, earlier },
      sink,
      signal,
      checkpoint: (finished) => claim.checkpoint(run, finished),
    });
    return { messages };
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLost) throw error;
    parts.log.error({ err: error, run: run.id }, 'a question failed');
    return say(sink, { type: 'failed', message: publicMessage(error) });
  }
}

/** Pauses before Slack is asked again who somebody is, in milliseconds: about a minute in all. */
const patience = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];

/** Who asks, and who will read the answer. A short trouble of Slack's is waited out: the placeholder stands meanwhile. */
async function factsOf(question: Question, directory: Directory, signal: AbortSignal) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const [person, audience] = await Promise.all([
        directory.person(question.user),
        directory.audience(question.channel),
      ]);
      return { person, audience };
    } catch (error) {
      const ms = patience[attempt];
      if (ms === undefined || error instanceof UserError) throw error;
      await pause(ms, signal);
    }
  }
}

/** How long the thread's earlier messages are waited for, in milliseconds; an answer without them is better than none. */
const historyMs = 5000;

async function earlierMessages(run: Run, { history, log }: WorkerParts): Promise<EarlierMessage[]> {
  try {
    return await within(historyMs, history(run.question, run.seenUpTo));
  } catch (error) {
    log.warn({ err: error, run: run.id }, 'the thread was not read');
    return [];
  }
}

/** An answer of our own, which the model never sees. */
function say(sink: Sink, ...events: AgentEvent[]): Outcome {
  for (const event of events) sink.emit(event);
  return { messages: [] };
}

const text = (words: string): AgentEvent => ({ type: 'text', step: 1, text: words });
const done = (reason: 'answered' | 'refused'): AgentEvent => ({ type: 'done', reason });
