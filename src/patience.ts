/**
 * A signal that fires when the caller's does, or when the time is up. `AbortSignal.timeout` would hold its timer, and
 * what listens to it, until then; this one is let go with the work.
 */
export class Patience implements Disposable {
  readonly #own = new AbortController();
  readonly #caller: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #isOver = false;

  /** `ms`: how long at most, in milliseconds. */
  constructor(caller: AbortSignal, ms: number) {
    this.#caller = caller;
    this.#timer = setTimeout(this.#end, ms);
    if (caller.aborted) this.#give();
    else caller.addEventListener('abort', this.#give, { once: true });
  }

  /** For the work. */
  get signal(): AbortSignal {
    return this.#own.signal;
  }

  /** The time was up before the work had ended and before the caller gave up. */
  get isOver(): boolean {
    return this.#isOver;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#give);
  }

  readonly #give = () => this.#own.abort(this.#caller.reason);

  readonly #end = () => {
    this.#isOver = !this.#own.signal.aborted;
    this.#own.abort(new DOMException('The time is up', 'TimeoutError'));
  };
}
