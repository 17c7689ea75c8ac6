import { isDeep } from '../args.ts';
import { now } from '../clock.ts';
import type { Delivery } from '../control-types.ts';
import type { Ring } from '../ring.ts';

export interface Retry {
  /** 1 for the first repetition. */
  num: number;
  reason: string;
}

/** What became of one attempt. `stop`: the app asked not to be sent this again. */
export type Outcome =
  | { acked: true; body: unknown }
  | { acked: false; reason: string; stop?: true };

/** One way to the app. `attempt` never throws; it calls `left` when the payload is on its way. */
export interface Transport {
  /** What it calls the reason when no ack came in time. */
  readonly late: string;
  attempt(delivery: Delivery, left: () => void, retry?: Retry): Promise<Outcome>;
  online(): boolean;
  close(): void;
}

export interface DeliveryOptions {
  appId: string;
  transport: () => Transport;
  log: Ring<Delivery>;
  /** The id of the next delivery, unlike any other of any app. */
  nextId: () => number;
  /** Waits before the repetitions, in milliseconds; their number is the number of repetitions. */
  redeliveryMs: number[];
  /** Whether the app, now, is to hear events of a type. */
  mayHear: (type: string) => boolean;
  /** Called whenever a delivery has come further. */
  onProgress: (delivery: Delivery) => void;
}

/** Events under way at a time; past that, new ones fail at once, as nobody seems to listen. */
const MAX_PENDING = 5_000;

/** Brings payloads to the app: events until they are taken or the repetitions are used up, everything else once. */
export class Deliveries {
  readonly #options: DeliveryOptions;
  readonly #pauses = new Set<() => void>();
  #closed = false;
  #pending = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Resolves when the first attempt is over; the repetitions go on by themselves. `twice`: sent again although it was taken. */
  async event(type: string, body: Record<string, unknown>, twice = false): Promise<Delivery> {
    const delivery = this.#open('event', type, body);
    if (this.#pending >= MAX_PENDING) {
      this.#fail(delivery);
      return delivery;
    }
    this.#pending += 1;
    const first = await this.#attempt(delivery);
    void this.#repeat(delivery, first, twice).finally(() => {
      this.#pending -= 1;
    });
    return delivery;
  }

  /** A command or click. Slack never repeats these. */
  async interactive(
    kind: Exclude<Delivery['kind'], 'event'>,
    type: string,
    body: Record<string, unknown>,
  ): Promise<Outcome> {
    const delivery = this.#open(kind, type, body);
    const outcome = readable(await this.#attempt(delivery));
    if (!outcome.acked) this.#fail(delivery);
    return outcome;
  }

  close(): void {
    this.#closed = true;
    for (const end of this.#pauses) end();
  }

  #open(kind: Delivery['kind'], type: string, body: Record<string, unknown>): Delivery {
    return this.#options.log.push({
      id: this.#options.nextId(),
      app_id: this.#options.appId,
      kind,
      type,
      body,
      createdAt: now(),
      attempts: 0,
      retryReasons: [],
      failed: false,
    });
  }

  async #repeat(delivery: Delivery, first: Outcome, twice: boolean): Promise<void> {
    let outcome = first;
    const waits = twice && first.acked ? [0] : this.#options.redeliveryMs;
    for (const [index, ms] of waits.entries()) {
      if (outcome.acked && !(twice && index === 0)) return;
      if (!outcome.acked && outcome.stop) break;
      await this.#pause(ms);
      if (this.#closed) return;
      if (!this.#options.mayHear(delivery.type)) break;
      const reason = outcome.acked ? this.#options.transport().late : outcome.reason;
      outcome = await this.#attempt(delivery, { num: index + 1, reason });
    }
    if (!outcome.acked && delivery.ackedAt === undefined) this.#fail(delivery);
  }

  async #attempt(delivery: Delivery, retry?: Retry): Promise<Outcome> {
    if (retry) delivery.retryReasons.push(retry.reason);
    const left = () => {
      delivery.attempts += 1;
      delivery.deliveredAt ??= now();
      this.#options.onProgress(delivery);
    };
    const outcome = await this.#options.transport().attempt(delivery, left, retry);
    if (outcome.acked) delivery.ackedAt ??= now();
    this.#options.onProgress(delivery);
    return outcome;
  }

  /** Thousands may wait at once, so no listeners on one signal: adding to those takes longer with each. */
  async #pause(ms: number): Promise<void> {
    if (this.#closed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#pauses.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#pauses.delete(resolve);
  }

  #fail(delivery: Delivery): void {
    delivery.failed = true;
    this.#options.onProgress(delivery);
  }
}

/** An answer that is nested beyond all sense is none: what recurses over it could not cope. */
const readable = (outcome: Outcome): Outcome =>
  outcome.acked && isDeep(outcome.body) ? { acked: false, reason: 'unknown_error' } : outcome;
