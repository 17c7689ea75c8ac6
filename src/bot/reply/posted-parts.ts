import { type Claim, LeaseLost, type Run } from '../../store/threads.ts';
import type { SlackMessage } from './render.ts';
import type { CallResult, Place, Refusal, ReplyClient } from './reply-client.ts';

/** The one next thing that makes Slack look like the reply. `at`: not before then, milliseconds since 1970. */
export type Step = { position: number; at: number } & (
  | { do: 'find' }
  | { do: 'post'; message: SlackMessage }
  | { do: 'update'; ts: string; message: SlackMessage }
  | { do: 'remove'; ts: string }
  /** Deletes what was posted anew elsewhere; when that fails, it stays. */
  | { do: 'discard'; ts: string }
);

type Part =
  /** A post was begun and nobody knows what became of it. `shown` is what it said. */
  | { state: 'unsure'; since: number; lookAt: number; looks: number; shown?: string | undefined }
  | { state: 'posted'; ts: string; shown?: string | undefined };

interface PostedPartsOptions {
  slack: ReplyClient;
  claim: Pick<Claim, 'signal' | 'live' | 'savePart' | 'dropPart'>;
  run: Run;
  place: Place;
}

/** After a post of unknown outcome: the first look, in milliseconds after it. */
const firstLook = 1_000;

/** The last look comes this long after the call's timeout, when nothing can be under way any more. */
const margin = 2_000;

/**
 * The Slack messages of one reply, each posted once although Slack's posts can't be repeated safely.
 *
 * Before a post the intent is stored; when its outcome is unknown, the message is looked for by its metadata
 * before it is posted again. The messages of a worker that died are taken over the same way.
 */
export class PostedParts {
  readonly #options: PostedPartsOptions;
  readonly #parts = new Map<number, Part>();
  /** Messages that can't be used: never to be adopted again, and deleted at the end. */
  readonly #lost = new Set<string>();
  readonly #discarded = new Set<string>();
  /** The positions of messages that a worker before us may still write to. */
  readonly #inherited: Set<number>;

  /** `placeholder`: what a message taken over is left alone for, until there is more to show than that. */
  constructor(options: PostedPartsOptions, placeholder: SlackMessage) {
    this.#options = options;
    this.#inherited = new Set(options.run.parts.keys());
    for (const [position, { ts, since, state }] of options.run.parts) {
      const shown = position === 0 ? toKey(placeholder) : undefined;
      this.#parts.set(
        position,
        state === 'posted' && ts
          ? { state, ts, shown }
          : { state: 'unsure', since, lookAt: 0, looks: 0, shown },
      );
    }
  }

  get isEmpty(): boolean {
    return this.#parts.size === 0;
  }

  /** What to do next so that Slack shows these messages. Messages too many go only at the end. */
  next(messages: SlackMessage[], isFinal: boolean): Step | undefined {
    for (const [position, message] of messages.entries()) {
      const part = this.#parts.get(position);
      if (!part) return { do: 'post', position, message, at: 0 };
      if (part.state === 'unsure') return { do: 'find', position, at: part.lookAt };
      if (part.shown !== toKey(message))
        return { do: 'update', position, ts: part.ts, message, at: 0 };
    }
    if (!isFinal) return undefined;
    const surplus = Math.max(-1, ...this.#parts.keys());
    const part = this.#parts.get(surplus);
    if (surplus < messages.length || !part) return this.#nextDiscard();
    if (part.state === 'unsure') return { do: 'find', position: surplus, at: part.lookAt };
    return { do: 'remove', position: surplus, ts: part.ts, at: 0 };
  }

  /** Takes a step. @throws LeaseLost when the thread is another worker's, the claim's reason when it ended. */
  async take(step: Step): Promise<CallResult> {
    switch (step.do) {
      case 'post':
        return this.#post(step.position, step.message);
      case 'update':
        return this.#update(step);
      case 'find':
        return this.#find(step.position);
      case 'remove':
        return this.#remove(step);
      case 'discard':
        return this.#discard(step.ts);
    }
  }

  /** The message can't be edited any more: it is posted anew, and so is what stands below it, for the order. */
  replace(from: number): void {
    for (const [position, part] of this.#parts) {
      if (position < from || part.state !== 'posted') continue;
      this.#lost.add(part.ts);
      this.#parts.delete(position);
      this.#inherited.delete(position);
    }
  }

  /** Has the messages taken over written once more, although they should be right. */
  redraw(): void {
    for (const position of this.#inherited) {
      const part = this.#parts.get(position);
      if (part) part.shown = undefined;
    }
  }

  #nextDiscard(): Step | undefined {
    const ts = [...this.#lost].find((lost) => !this.#discarded.has(lost));
    return ts === undefined ? undefined : { do: 'discard', position: 0, ts, at: 0 };
  }

  async #post(position: number, message: SlackMessage): Promise<CallResult> {
    const { slack, claim, run, place } = this.#options;
    const since = Date.now();
    const unstored = await stored(claim.savePart(run, position, { state: 'posting', since }));
    if (unstored) return unstored;
    claim.signal.throwIfAborted();
    if (!claim.live()) throw new LeaseLost('the lease ran out before a post');

    const result = await slack.post(place, message, { run: run.id, position });
    const shown = toKey(message);
    if (result.ok) {
      await this.#adopt(position, result.ts, since, shown);
    } else if (result.problem === 'ambiguous') {
      const lookAt = Date.now() + firstLook;
      this.#parts.set(position, { state: 'unsure', since, lookAt, looks: 0, shown });
    }
    return result;
  }

  async #update({ position, ts, message }: Step & { do: 'update' }): Promise<CallResult> {
    const { slack, place } = this.#options;
    const result = await slack.update(place, ts, message);
    const shown = result.ok ? toKey(message) : undefined;
    this.#parts.set(position, { state: 'posted', ts, shown });
    return result;
  }

  async #find(position: number): Promise<CallResult> {
    const { slack, claim, run, place } = this.#options;
    const part = this.#parts.get(position);
    if (part?.state !== 'unsure') return { ok: true };
    const result = await slack.find(place, { run: run.id, position }, part.since);
    const ts = result.ok ? result.found.find((found) => !this.#lost.has(found)) : undefined;
    if (ts) {
      await this.#adopt(position, ts, part.since, part.shown);
      return { ok: true };
    }
    const settledAt = part.since + slack.timeoutMs + margin;
    if (Date.now() < settledAt || (!result.ok && part.looks < 3)) {
      const rest = !result.ok && result.problem === 'ratelimited' ? result.retryAfterMs : firstLook;
      const lookAt = Math.max(settledAt, Date.now() + rest);
      this.#parts.set(position, { ...part, lookAt, looks: part.looks + 1 });
      return { ok: true };
    }
    // Not there, or Slack does not let us look: a reply that is there twice is better than none.
    this.#parts.delete(position);
    return (await stored(claim.dropPart(run, position))) ?? { ok: true };
  }

  async #remove({ position, ts }: Step & { do: 'remove' }): Promise<CallResult> {
    const { slack, claim, run, place } = this.#options;
    const result = await slack.remove(place, ts);
    const isPassing =
      !result.ok && ['ratelimited', 'ambiguous', 'unreachable'].includes(result.problem);
    if (isPassing) return result;
    this.#parts.delete(position);
    return (await stored(claim.dropPart(run, position))) ?? { ok: true };
  }

  async #discard(ts: string): Promise<CallResult> {
    const { slack, place } = this.#options;
    this.#discarded.add(ts);
    await slack.remove(place, ts);
    return { ok: true };
  }

  /** When the store is away, the metadata in Slack will do: whoever takes over looks there. */
  async #adopt(position: number, ts: string, since: number, shown?: string): Promise<void> {
    const { claim, run } = this.#options;
    this.#parts.set(position, { state: 'posted', ts, shown });
    await stored(claim.savePart(run, position, { state: 'posted', ts, since }));
  }
}

const toKey = (message: SlackMessage): string => JSON.stringify(message);

/** Waits for a write to the store. A store that is away is a passing trouble; a lost lease is the end. */
async function stored(write: Promise<void>): Promise<Refusal | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    return { ok: false, problem: 'unreachable', code: 'store' };
  }
}
