import type { Step } from './posted-parts.ts';
import type { ReplyForm } from './render.ts';
import type { Refusal } from './reply-client.ts';

/** How a reply goes on after a refusal. `replace`: this message can't be edited, a new one takes its place. */
type WayOn = 'again' | 'replace' | 'give-up';

/** When the end of a reply is given up: it was refused so many times in a row, over so many milliseconds. */
const sure = { times: 1, ms: 0 };
const likely = { times: 2, ms: 5_000 };
const unclear = { times: 5, ms: 20_000 };

/** Slack's words for a place or a token that does not come back by itself. */
const closedForGood = new Set([
  'account_inactive',
  'token_revoked',
  'team_disabled',
  'is_archived',
  'not_in_channel',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
]);

/** In milliseconds. */
const longestRest = 30_000;

/** So many edits that find their message gone, and nothing more is shown until the end. */
const goneTaken = 2;

/** Messages posted anew at the end: one in each form, or the answer would be there again and again. */
const replacedAtEnd = 3;

const plainer = { markdown: 'sections', sections: 'text', text: undefined } as const;

/**
 * What Slack refused of one reply, and what follows from it: the form, the rests, and when to give up.
 *
 * Before the end nothing is given up: Slack may have recovered by then. At the end all is tried afresh.
 */
export class Troubles {
  #form: ReplyForm = 'markdown';
  /** Whether every form was refused since Slack last took something: then it is not the form. */
  #isFormTried = false;
  #restUntil = 0;
  #rests = 0;
  #limitedUntil = 0;
  /** Refusals since Slack last took something; not those that say that Slack is away. */
  #refused = { times: 0, since: 0 };
  #gone = 0;
  #isEnding = false;

  get form(): ReplyForm {
    return this.#form;
  }

  /** Before then nothing is sent; milliseconds since 1970. */
  get notBefore(): number {
    return Math.max(this.#restUntil, this.#limitedUntil);
  }

  /** Whether edits are of no use until the end. */
  get isHeld(): boolean {
    return !this.#isEnding && this.#gone >= goneTaken;
  }

  /** Slack took a message. A form that it took is kept for the rest of the reply. */
  onTaken(): void {
    this.#isFormTried = false;
    this.#rests = 0;
    this.#refused.times = 0;
  }

  /** The end is known. What was refused before counts no more; only a limit is a limit. */
  onEnding(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    if (this.#refused.times > 0) this.#form = 'markdown';
    this.onTaken();
    this.#restUntil = 0;
    this.#gone = 0;
  }

  onLimit(retryAfterMs: number): void {
    this.#limitedUntil = Date.now() + Math.max(retryAfterMs, 500);
  }

  onRefusal(step: Step, { problem, code }: Refusal): WayOn {
    if (problem === 'ambiguous' || problem === 'unreachable') {
      this.#rest();
      return 'again';
    }
    if (problem === 'gone' && step.do === 'update') return this.#onGone();
    if (this.#refused.times++ === 0) this.#refused.since = Date.now();
    if ((problem === 'blocks-refused' || problem === 'other') && this.#goPlainer()) return 'again';
    this.#rest();
    if (!this.#isEnding || !this.#isHopeless(problem, code)) return 'again';
    // What can't be edited, for reasons that nobody knows, may still be posted.
    const isUneditable = step.do === 'update' && !isOfPlace(problem);
    return isUneditable ? this.#onGone() : 'give-up';
  }

  #onGone(): WayOn {
    this.#gone++;
    if (this.isHeld) return 'again';
    return this.#isEnding && this.#gone > replacedAtEnd ? 'give-up' : 'replace';
  }

  #goPlainer(): boolean {
    if (this.#isFormTried) return false;
    const next = plainer[this.#form];
    this.#form = next ?? 'markdown';
    this.#isFormTried = !next;
    return next !== undefined;
  }

  #rest(): void {
    this.#rests++;
    this.#restUntil = Date.now() + Math.min(longestRest, 250 * 2 ** this.#rests);
  }

  #isHopeless(problem: Refusal['problem'], code: string): boolean {
    const enough = closedForGood.has(code) ? sure : isOfPlace(problem) ? likely : unclear;
    const { times, since } = this.#refused;
    return times >= enough.times && Date.now() - since >= enough.ms;
  }
}

/** Whether a refusal is about where and as whom we write, rather than what. */
const isOfPlace = (problem: Refusal['problem']) => problem === 'closed' || problem === 'auth';
