/** The same row of numbers from 0 to 1 for the same seed (Mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const deep = (levels: number): unknown =>
  Array.from({ length: levels }).reduce((inner) => ({ type: 'rich_text', elements: [inner] }), 'x');

/** `String()` and `Number()` throw on it. */
const textless = { toString: 1 };

/** What nobody expects in the place of anything. */
const odd: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  '\0',
  '\ud800',
  '٣',
  'null',
  '[null]',
  '{"type":"modal"}',
  '9'.repeat(400),
  'Infinity',
  ',,,',
  '__proto__',
  'constructor',
  'x'.repeat(20_000),
  '['.repeat(5_000),
  [],
  [[]],
  [null],
  {},
  JSON.parse('{"__proto__":{"x":1}}'),
  { constructor: { prototype: 1 } },
  deep(45),
  deep(250),
  Array(2_000).fill('x'),
];

/** A copy of a value with something odd, or nothing, in the place of one of its parts. */
export function spoiled(value: unknown, random: () => number): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || random() < 0.1)
    return random() < 0.3 ? textless : odd[Math.floor(random() * odd.length)];
  const key = keys[Math.floor(random() * keys.length)] ?? '';
  const inner = spoiled((value as Record<string, unknown>)[key], random);
  if (Array.isArray(value)) return value.with(Number(key), inner);
  const { [key]: _, ...others } = value as Record<string, unknown>;
  return random() < 0.1 ? others : { ...others, [key]: inner };
}
