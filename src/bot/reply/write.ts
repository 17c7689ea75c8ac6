import type { AgentEvent, Sink } from '../../agent/events.ts';
import { publicMessage, UpstreamError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { EditBudget, EditIntent, EditKind } from '../../store/edit-budget.ts';
import { type Claim, LeaseLost, type Run } from '../../store/threads.ts';
import { editGap, type Pending, pending } from './edit-gap.ts';
import type { Gate } from './output-gate.ts';
import { PostedParts, type Step } from './posted-parts.ts';
import { type Limits, type ReplyForm, render, type SlackMessage, slackLimits } from './render.ts';
import type { Place, Refusal, ReplyClient } from './reply-client.ts';
import { advance, emptyReply, hasText, type ReplyState } from './state.ts';
import { Troubles } from './troubles.ts';

export interface ReplyParts {
  slack: ReplyClient;
  claim: Pick<Claim, 'signal' | 'live' | 'savePart' | 'dropPart'>;
  run: Run;
  /** Whose edit budget is used; the question's team when absent. */
  workspace?: string;
  budget: EditBudget;
  gate: Gate;
  log: Log;
  limits?: Limits;
}

/** How long the end of a reply is tried, in milliseconds. */
const patience = 10 * 60_000;

/**
 * Opens the reply to a run: posts a placeholder at once, then makes Slack show what is emitted.
 *
 * One call at a time, the latest state wins, the end goes first. `finish` throws UpstreamError when Slack
 * can't be made to show the end, LeaseLost when the lease ran out, and the reason of the claim's signal as
 * soon as it fires, whatever is under way.
 */
export const openReply = (parts: ReplyParts): Sink => new Reply(parts);

class Reply implements Sink {
  readonly #options: ReplyParts;
  readonly #place: Place;
  readonly #parts: PostedParts;
  readonly #troubles = new Troubles();
  readonly #done: Promise<void>;
  readonly #openedAt = Date.now();
  /** Until when a call of a worker before us may still arrive: then the end is written once more. */
  #settleAt: number | undefined;

  #state: ReplyState = emptyReply;
  #drawn: { state: ReplyState; form: ReplyForm; messages: SlackMessage[] };
  #news: Pending = pending.nothing;
  #endedAt = 0;

  #wordsShown = false;
  #lastCallAt = 0;

  #wake: (() => void) | undefined;
  #isIdle = false;

  constructor(options: ReplyParts) {
    const { run, slack } = options;
    const { team, channel, thread } = run.question;
    this.#options = options;
    this.#place = { workspace: options.workspace ?? team, channel, ...(thread && { thread }) };
    const messages = this.#render();
    this.#drawn = { state: this.#state, form: this.#troubles.form, messages };
    this.#parts = new PostedParts(
      { ...options, place: this.#place },
      messages[0] ?? { text: '', blocks: [] },
    );
    this.#settleAt = run.parts.size > 0 ? this.#openedAt + slack.timeoutMs + 2_000 : undefined;
    this.#done = this.#draw();
    this.#done.catch(() => {}); // whoever calls `finish` hears of it
  }

  emit(event: AgentEvent): void {
    if (this.#state.end) return;
    const kind = this.#kind();
    const news = this.#news;
    this.#state = advance(this.#state, event);
    this.#news = Math.max(news, newsOf(event)) as Pending;
    if (this.#state.end) this.#endedAt = Date.now();
    // Words that come while an edit waits for its time go with it; nothing has to wake up for them.
    if (this.#isIdle || this.#kind() !== kind || this.#news > news) this.#wake?.();
  }

  async finish(): Promise<void> {
    if (!this.#state.end) this.emit({ type: 'failed', message: publicMessage(undefined) });
    return this.#done;
  }

  async #draw(): Promise<void> {
    const { slack, claim } = this.#options;
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = () => {
      reject(claim.signal.reason);
      this.#wake?.();
    };
    claim.signal.addEventListener('abort', stop);
    const status = slack.setStatus(this.#place, 'is thinking…').catch(() => {});
    try {
      // What Slack or the store still owes us is not waited for; when it comes, the next check ends the turns.
      await Promise.race([stopped, this.#turns()]);
    } finally {
      claim.signal.removeEventListener('abort', stop);
      if (!claim.signal.aborted)
        void status.then(() => slack.setStatus(this.#place, '')).catch(() => {});
    }
  }

  async #turns(): Promise<void> {
    while (await this.#turn());
  }

  /** Takes one step or waits for one. False: all is shown. */
  async #turn(): Promise<boolean> {
    this.#check();
    if (this.#state.end) this.#troubles.onEnding();
    const kind = this.#kind();
    const gap = kind === 'progress' ? editGap(this.#news, Date.now() - this.#openedAt) : 0;
    const isDue = await this.#until(Math.max(this.#troubles.notBefore, this.#lastCallAt + gap));
    if (!isDue) return true;

    const step = this.#nextStep();
    if (!step) return this.#rest();
    if (!(await this.#until(step.at))) return true;

    const waitMs = await this.#askBudget(step, kind);
    if (waitMs > 0) {
      if (this.#kind() === kind) await this.#pause(waitMs);
      return true;
    }
    this.#check();
    const latest = this.#nextStep(); // there may be more to show than when the budget was asked
    if (latest?.do === step.do && latest.position === step.position) await this.#take(latest);
    return true;
  }

  #kind(): EditKind {
    if (this.#state.end) return 'final';
    const isFirst = this.#parts.isEmpty || (!this.#wordsShown && hasText(this.#state));
    return isFirst ? 'first' : 'progress';
  }

  #nextStep(): Step | undefined {
    const { form, isHeld } = this.#troubles;
    if (isHeld) return undefined;
    if (this.#drawn.state !== this.#state || this.#drawn.form !== form)
      this.#drawn = { state: this.#state, form, messages: this.#render() };
    return this.#parts.next(this.#drawn.messages, this.#state.end !== undefined);
  }

  #render(): SlackMessage[] {
    const { gate, limits = slackLimits } = this.#options;
    return render(this.#state, { gate, form: this.#troubles.form, limits });
  }

  async #askBudget(step: Step, kind: EditKind): Promise<number> {
    const method = methodOf(step);
    if (!method) return 0;
    const { budget, run, log } = this.#options;
    const { workspace, channel } = this.#place;
    const lastEditAt = this.#lastCallAt;
    try {
      const intent = { workspace, method, channel, run: run.id, kind, lastEditAt };
      return (await budget.grant(intent)).waitMs;
    } catch (error) {
      log.warn({ run: run.id, err: error }, 'edit budget not reachable');
      return kind === 'final' ? 0 : 1_000;
    }
  }

  async #take(step: Step): Promise<void> {
    const { state } = this.#drawn;
    const news = this.#news;
    const isDrawing = step.do === 'post' || step.do === 'update';
    if (isDrawing) {
      this.#lastCallAt = Date.now();
      this.#news = pending.nothing;
    }
    const result = await this.#parts.take(step);
    if (!result.ok) {
      this.#news = Math.max(this.#news, news) as Pending;
      this.#onRefusal(step, result);
      return;
    }
    if (!isDrawing) return;
    this.#troubles.onTaken();
    this.#wordsShown ||= hasText(state);
  }

  #onRefusal(step: Step, refusal: Refusal): void {
    const { run, log } = this.#options;
    const { problem, code } = refusal;
    log.warn({ run: run.id, call: step.do, part: step.position, problem, code }, 'Slack refused');
    if (refusal.problem === 'ratelimited') {
      this.#coolDown(step, refusal.retryAfterMs);
      return;
    }
    const wayOn = this.#troubles.onRefusal(step, refusal);
    if (wayOn === 'give-up') throw undeliverable(code);
    if (wayOn === 'replace') this.#parts.replace(step.position);
  }

  #coolDown(step: Step, retryAfterMs: number): void {
    const { budget, run, log } = this.#options;
    this.#troubles.onLimit(retryAfterMs);
    const method = methodOf(step);
    if (!method) return;
    budget.coolDown(this.#place.workspace, method, retryAfterMs).catch((error: unknown) => {
      log.warn({ run: run.id, err: error }, 'edit budget not reachable');
    });
  }

  /** Nothing to do now. False: nor ever again. */
  async #rest(): Promise<boolean> {
    if (!this.#state.end) {
      await this.#pause();
      return true;
    }
    if (this.#settleAt === undefined || this.#lastCallAt >= this.#settleAt) return false;
    if (!(await this.#until(this.#settleAt))) return true;
    this.#settleAt = undefined;
    this.#parts.redraw();
    return true;
  }

  #check(): void {
    const { claim } = this.#options;
    claim.signal.throwIfAborted();
    if (!claim.live()) throw new LeaseLost('the lease ran out while a reply was written');
    if (this.#endedAt && Date.now() - this.#endedAt > patience) throw undeliverable('gave up');
  }

  /** True at once when the time has come, else false after it, or when something more pressing came up. */
  async #until(time: number): Promise<boolean> {
    const wait = time - Date.now();
    if (wait <= 0) return true;
    await this.#pause(wait);
    return false;
  }

  async #pause(ms?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    this.#isIdle = ms === undefined;
    const timer = ms === undefined ? undefined : setTimeout(resolve, Math.min(ms, 60_000));
    await promise;
    clearTimeout(timer);
    this.#wake = undefined;
    this.#isIdle = false;
  }
}

function methodOf(step: Step): EditIntent['method'] | undefined {
  if (step.do === 'post') return 'chat.postMessage';
  return step.do === 'update' ? 'chat.update' : undefined;
}

function newsOf({ type }: AgentEvent): Pending {
  if (type === 'thinking') return pending.thought;
  return type === 'text' || type === 'step-started' ? pending.words : pending.event;
}

const undeliverable = (code: string) => new UpstreamError('Slack', `undeliverable: ${code}`);
