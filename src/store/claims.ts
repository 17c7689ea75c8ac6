import { randomUUID } from 'node:crypto';
import { atMost } from '../within.ts';
import { defineScript, type RedisClient } from './redis.ts';
import { keysOf } from './thread-keys.ts';
import * as scripts from './thread-scripts.ts';
import {
  type Claim,
  LeaseLost,
  type Part,
  type Question,
  type Run,
  type TranscriptMessage,
} from './threads.ts';

/** Past this share of the lease without a confirmed renewal, the lease counts as lost: clocks and calls need room. */
const trusted = 0.7;

/** How long giving a lease back is tried, in milliseconds: after that it will soon end by itself. */
const releaseMs = 2000;

/** Prepares the scripts on a connection; the result takes leases. */
export function openClaims(redis: RedisClient, leaseMs: number) {
  const run = {
    claim: defineScript(redis, 'claimThread', scripts.claim),
    renew: defineScript(redis, 'renewLease', scripts.renew),
    release: defineScript(redis, 'releaseLease', scripts.release),
    begin: defineScript(redis, 'beginRun', scripts.begin),
    saveField: defineScript(redis, 'saveRunField', scripts.saveField),
    checkpoint: defineScript(redis, 'checkpointRun', scripts.checkpoint),
    commit: defineScript(redis, 'commitRun', scripts.commit),
  };

  async function claim(session: string): Promise<Claim | { heldForMs: number }> {
    const owner = randomUUID();
    const key = keysOf(session);
    const lease = new Lease(leaseMs);
    const [taken, value = 0] = (await run.claim(
      [key.lease, key.meta],
      [owner, leaseMs],
    )) as number[];
    if (!taken) return { heldForMs: value };
    lease.keep(() => run.renew([key.lease], [owner, leaseMs]));

    /** Runs a script that checks the owner; gives up when the lease is lost, however long Redis takes. */
    const fenced = async (script: typeof run.begin, keys: string[], args: (string | number)[]) => {
      lease.signal.throwIfAborted();
      const result = await Promise.race([
        script([key.lease, ...keys], [owner, ...args]),
        lease.lost,
      ]);
      if (result === 'FENCED') throw lease.lose();
      return result;
    };

    return {
      session,
      fence: value,
      signal: lease.signal,
      live: () => lease.live(),
      async begin() {
        const found = await fenced(
          run.begin,
          [key.meta, key.run, key.inbox, key.turn],
          [value, randomUUID(), Date.now()],
        );
        return found ? toRun(found as [string[], string[], string | null]) : undefined;
      },
      async savePart(current, position, part) {
        current.parts.set(position, part);
        await fenced(
          run.saveField,
          [key.run],
          [current.id, `part:${position}`, JSON.stringify(part)],
        );
      },
      async dropPart(current, position) {
        current.parts.delete(position);
        await fenced(run.saveField, [key.run], [current.id, `part:${position}`, '']);
      },
      async checkpoint(current, messages) {
        const json = messages.map((message) => JSON.stringify(message));
        await fenced(
          run.checkpoint,
          [key.run, key.turn],
          [current.id, current.turn.length, ...json],
        );
        current.turn.push(...messages);
      },
      async commit(current, messages, outcome) {
        const json = messages.map((message) => JSON.stringify(message));
        await fenced(
          run.commit,
          [key.meta, key.run, key.inbox, key.turn, key.transcript, key.askers],
          [
            current.id,
            current.question.id,
            outcome === 'refused' ? current.question.user : '',
            ...json,
          ],
        );
      },
      async release(unfinished) {
        lease.lose(); // also stops whatever still writes under this claim
        const released = run.release([key.lease, key.run], [owner, unfinished?.id ?? '']);
        await atMost(
          releaseMs,
          released.catch(() => {}),
        );
      },
    };
  }

  return { claim };
}

/** The local side of a lease: renews it, and knows by the monotonic clock until when it is surely ours. */
class Lease {
  readonly #controller = new AbortController();
  readonly #leaseMs: number;
  #confirmedAt = performance.now();
  #renewal: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  /** Rejects when the lease is lost. */
  readonly lost: Promise<never>;

  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
    this.lost = new Promise((_, reject) => {
      this.signal.addEventListener('abort', () => reject(this.signal.reason), { once: true });
    });
    this.lost.catch(() => {}); // losing a lease while nobody waits is no unhandled rejection
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  live(): boolean {
    return !this.signal.aborted && performance.now() < this.#confirmedAt + trusted * this.#leaseMs;
  }

  /** Renews four times a lease; a late confirmation counts from when it was asked for. */
  keep(renew: () => Promise<unknown>): void {
    this.#watch();
    this.#renewal = setInterval(async () => {
      const askedAt = performance.now();
      const answer = await renew().catch(() => undefined); // Redis away: the deadline decides
      if (answer === 'FENCED') this.lose();
      if (answer !== 'OK' || this.signal.aborted) return;
      this.#confirmedAt = askedAt;
      this.#watch();
    }, this.#leaseMs / 4);
  }

  #watch(): void {
    clearTimeout(this.#deadline);
    const left = this.#confirmedAt + trusted * this.#leaseMs - performance.now();
    this.#deadline = setTimeout(() => this.lose(), left);
  }

  lose(): LeaseLost {
    const reason = new LeaseLost('this claim has ended; another worker may own the thread now');
    clearInterval(this.#renewal);
    clearTimeout(this.#deadline);
    this.#controller.abort(reason);
    return reason;
  }
}

function toRun([fields, turn, seenUpTo]: [string[], string[], string | null]): Run {
  const run = new Map<string, string>();
  for (let i = 0; i < fields.length; i += 2) run.set(fields[i] ?? '', fields[i + 1] ?? '');
  const parts = new Map<number, Part>();
  for (const [field, json] of run) {
    if (field.startsWith('part:')) parts.set(Number(field.slice('part:'.length)), JSON.parse(json));
  }
  return {
    id: run.get('id') ?? '',
    question: JSON.parse(run.get('question') ?? '{}') as Question,
    startedAt: Number(run.get('startedAt')),
    takeovers: Number(run.get('takeovers')),
    ...(seenUpTo ? { seenUpTo } : {}),
    parts,
    turn: turn.map((json) => JSON.parse(json) as TranscriptMessage),
  };
}
