/** The form of levels and places in a dictionary: numbers of so many bits, each by itself or as often as it repeats. */
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';

/** The first `count` of the numbers, of `width` bits each. */
export function readRuns(bytes: Uint8Array, width: number, count: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = new Array<number>(count).fill(0);
  if (width > 0) readRleBitPackedHybrid({ view, offset: 0 }, width, found, bytes.length);
  return found.slice(0, count); // the last run may be longer
}

/** Numbers of `width` bits in one run. */
export const toRun = (numbers: number[], width: number): Uint8Array =>
  Buffer.concat([
    Uint8Array.from(toVarint(Math.ceil(numbers.length / 8) * 2 + 1)),
    toBits(numbers, width),
  ]);

/** Numbers of so many bits, the lowest first, in groups of eight. */
export function toBits(numbers: number[], width: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(numbers.length / 8) * width);
  numbers.forEach((number, i) => {
    for (let bit = 0; bit < width; bit++) {
      const at = i * width + bit;
      if ((number >>> bit) & 1) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
    }
  });
  return bytes;
}

/** In how many bits numbers up to the highest are told. */
export const bitsFor = (highest: number): number => 32 - Math.clz32(highest);

/** A number below 2³² in groups of seven bits, the lowest first. */
export function toVarint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}
