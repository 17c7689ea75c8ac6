/** Repeatable chance: the same seed gives the same draws in the same order. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the values; early ones more often when `skew` is above 1. */
  pick<T>(values: readonly T[], skew?: number): T;
  /** 0 up to, not including, 1. */
  next(): number;
}

/** Mulberry32: 32 bits of state are plenty for sample data. */
export function openRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(values: readonly T[], skew = 1) =>
      values[Math.floor(next() ** skew * values.length)] as T,
  };
}
