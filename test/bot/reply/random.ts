/** A small seeded generator of numbers from 0 to 1 (mulberry32), so that a failure can be repeated. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` texts of 1 to `longest` pieces each, always the same ones. */
export const randomTexts = (pieces: readonly string[], count: number, longest: number): string[] =>
  Array.from({ length: count }, (_, seed) => {
    const next = random(seed);
    const length = 1 + Math.floor(next() * longest);
    return Array.from({ length }, () => pieces[Math.floor(next() * pieces.length)]).join('');
  });
