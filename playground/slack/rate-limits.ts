interface Rate {
  perSecond: number;
  burst: number;
  /** Whether each channel has a bucket of its own. */
  perChannel?: boolean;
}

/** Slack's documented rates; bursts are not documented, these are guesses on the low side. */
const rates: Record<string, Rate> = {
  'chat.postMessage': { perSecond: 1, burst: 5, perChannel: true },
  'chat.update': { perSecond: 50 / 60, burst: 20 },
};

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets per method, and per channel where Slack counts so. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one call at `at` (milliseconds): 0 when it may go on, else the seconds to wait, for `Retry-After`. */
  take(method: string, channel: string | undefined, at: number): number {
    const rate = Object.hasOwn(rates, method) ? rates[method] : undefined;
    if (!rate) return 0;
    const key = rate.perChannel ? `${method} ${channel}` : method;
    const old = this.#buckets.get(key) ?? { tokens: rate.burst, at };
    const tokens = Math.min(rate.burst, old.tokens + ((at - old.at) / 1000) * rate.perSecond);
    const allowed = tokens >= 1;
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at });
    return allowed ? 0 : Math.ceil((1 - tokens) / rate.perSecond);
  }
}
