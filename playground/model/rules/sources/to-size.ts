import { toNumber } from '../markdown.ts';

const units = ['kB', 'MB', 'GB', 'TB'];

/** `1500` → `1.5 kB`, by thousands. */
export function toSize(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** In a sentence, where it has to be exact: `5,368,709,120 bytes (5.4 GB)`. */
export const toExactSize = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : `${toNumber(bytes)} bytes (${toSize(bytes)})`;
