import type { Fault } from './control-types.ts';

interface Active {
  id: string;
  fault: Fault;
  /** How much of a hit has gathered: a share of 0.25 hits every fourth call, without chance. */
  gathered: number;
  left: number;
}

/** Faults on request. The newest that fits a call and is due hits it. */
export class Faults {
  #active: Active[] = [];
  #count = 0;

  add(fault: Fault): string {
    this.#count += 1;
    const id = `fault-${this.#count}`;
    const left = fault.count ?? Number.POSITIVE_INFINITY;
    this.#active.unshift({ id, fault, gathered: 0, left });
    return id;
  }

  /** Ends one fault, or all. */
  remove(id?: string): void {
    this.#active = id ? this.#active.filter((one) => one.id !== id) : [];
  }

  /** The fault that hits this call, if any. Counts the call. */
  hit(method: string): Fault | undefined {
    for (const one of this.#active) {
      if (one.left <= 0 || !fits(one.fault.method, method)) continue;
      one.gathered += one.fault.share ?? 1;
      // A thousandth of tolerance: three thirds are one.
      if (one.gathered < 0.999) continue;
      one.gathered = Math.max(0, one.gathered - 1);
      one.left -= 1;
      return one.fault;
    }
    return undefined;
  }
}

const fits = (pattern: string, method: string) =>
  pattern === '*' ||
  pattern === method ||
  (pattern.endsWith('*') && method.startsWith(pattern.slice(0, -1)));
