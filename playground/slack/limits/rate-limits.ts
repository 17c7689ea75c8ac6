import type { RateGauge } from '../control-types.ts';
import { type Rate, ratesOf } from './method-rates.ts';

/** Budgets remembered at a time; past that, the one that was idle longest is forgotten. */
const MAX_BUDGETS = 2_000;

/** How much of a rate is used up. Times are milliseconds, calls come in the order of their times. */
interface Budget {
  /** How long the next call has to wait. */
  waitMs(at: number): number;
  count(at: number): void;
  used(at: number): number;
}

interface Counted {
  gauge: Pick<RateGauge, 'app_id' | 'method' | 'channel' | 'limit' | 'windowMs'>;
  budget: Budget;
}

/** Slack's rates, counted per app and method, and per channel where Slack does so. */
export class RateLimits {
  readonly #budgets = new Map<string, Counted>();

  /** Counts one call at `at` (milliseconds): 0 when it may go on, else the whole seconds to wait, for `Retry-After`. */
  take(app_id: string, method: string, channel: string | undefined, at: number): number {
    const budgets = ratesOf(method).map((rate) => this.#budget(app_id, method, channel, rate));
    const wait = Math.max(...budgets.map((budget) => budget.waitMs(at)));
    if (wait > 0) return Math.ceil(wait / 1000);
    for (const budget of budgets) budget.count(at);
    return 0;
  }

  /** The budgets that are in use at `at`, the fullest first, at most 200. */
  gauges(at: number): RateGauge[] {
    return [...this.#budgets.values()]
      .map(({ gauge, budget }) => {
        const wait = budget.waitMs(at);
        return { ...gauge, used: budget.used(at), ...(wait > 0 && { blockedUntil: at + wait }) };
      })
      .filter(({ used }) => used > 0)
      .sort((a, b) => b.used / b.limit - a.used / a.limit)
      .slice(0, 200);
  }

  #budget(app_id: string, method: string, channel: string | undefined, rate: Rate): Budget {
    const { limit, windowMs } = rate;
    const place = rate.perChannel && channel ? channel.slice(0, 100) : '';
    const key = `${app_id} ${method} ${windowMs} ${place}`;
    const known = this.#budgets.get(key) ?? {
      gauge: { app_id, method, limit, windowMs, ...(place && { channel: place }) },
      budget: rate.leaky ? new LeakyBucket(rate) : new SlidingWindow(rate),
    };
    // Put at the end again, so that the first is the one that was idle longest.
    this.#budgets.delete(key);
    this.#budgets.set(key, known);
    const [oldest] = this.#budgets.keys();
    if (this.#budgets.size > MAX_BUDGETS && oldest) this.#budgets.delete(oldest);
    return known.budget;
  }
}

/** The times of the last `limit` calls, in a circle: the next call must be a window after the oldest of them. */
class SlidingWindow implements Budget {
  readonly #times: Float64Array;
  readonly #windowMs: number;
  #next = 0;

  constructor({ limit, windowMs }: Rate) {
    this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
    this.#windowMs = windowMs;
  }

  waitMs(at: number): number {
    return Math.max(0, Number(this.#times[this.#next]) + this.#windowMs - at);
  }

  count(at: number): void {
    this.#times[this.#next] = at;
    this.#next = (this.#next + 1) % this.#times.length;
  }

  used(at: number): number {
    return this.#times.reduce((sum, time) => (time > at - this.#windowMs ? sum + 1 : sum), 0);
  }
}

/** Holds `limit` calls and loses them evenly, all in one window. */
class LeakyBucket implements Budget {
  readonly #shareMs: number;
  readonly #windowMs: number;
  #emptyAt = Number.NEGATIVE_INFINITY;

  constructor({ limit, windowMs }: Rate) {
    this.#shareMs = windowMs / limit;
    this.#windowMs = windowMs;
  }

  waitMs(at: number): number {
    return Math.max(0, this.#emptyAt + this.#shareMs - this.#windowMs - at);
  }

  count(at: number): void {
    this.#emptyAt = Math.max(this.#emptyAt, at) + this.#shareMs;
  }

  used(at: number): number {
    return Math.max(0, Math.ceil((this.#emptyAt - at) / this.#shareMs));
  }
}
