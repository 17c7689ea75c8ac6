import { EventEmitter } from 'node:events';
import type { Fault } from '../control-types.ts';

/** Faults kept at a time; past that the oldest end. */
const MAX_FAULTS = 1_000;

interface Active {
  id: string;
  fault: Fault;
  /** How much of a hit has gathered: a share of 0.25 hits every fourth call, without chance. */
  gathered: number;
  left: number;
}

/** Faults on request. The newest that fits a call and is due hits it. */
export class Faults {
  readonly #changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  #active: Active[] = [];
  #count = 0;

  add(fault: Fault): string {
    this.#count += 1;
    const id = `fault-${this.#count}`;
    const left = fault.count ?? Number.POSITIVE_INFINITY;
    this.#active.unshift({ id, fault, gathered: 0, left });
    this.#active.length = Math.min(this.#active.length, MAX_FAULTS);
    this.#changes.emit('change');
    return id;
  }

  /** Ends one fault, or all. */
  remove(id?: string): void {
    this.#active = id ? this.#active.filter((one) => one.id !== id) : [];
    this.#changes.emit('change');
  }

  /** Those that can still hit a call, newest first; `count` is what is left of it. */
  list(): (Fault & { id: string })[] {
    return this.#active.map(({ id, fault, left }) => ({
      ...fault,
      id,
      ...(Number.isFinite(left) && { count: left }),
    }));
  }

  /** Calls `listener` whenever the list is another. Returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  /** The fault that hits this call of an app, if any. Counts the call. */
  hit(method: string, app_id?: string): Fault | undefined {
    for (const one of this.#active) {
      if (!fits(one.fault, method, app_id)) continue;
      one.gathered += one.fault.share ?? 1;
      // A thousandth of tolerance: three thirds are one.
      if (one.gathered < 0.999) continue;
      one.gathered = Math.max(0, one.gathered - 1);
      this.#use(one);
      return one.fault;
    }
    return undefined;
  }

  #use(one: Active): void {
    if (!Number.isFinite(one.left)) return;
    one.left -= 1;
    if (one.left <= 0) this.#active = this.#active.filter((other) => other !== one);
    this.#changes.emit('change');
  }
}

const fits = ({ method: pattern, app_id }: Fault, method: string, caller: string | undefined) =>
  (app_id === undefined || app_id === caller) &&
  (pattern === '*' ||
    pattern === method ||
    (pattern.endsWith('*') && method.startsWith(pattern.slice(0, -1))));
