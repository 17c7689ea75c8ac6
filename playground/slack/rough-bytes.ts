const PER_VALUE = 16;
const MAX_DEPTH = 64;

/** About how much memory plain data takes, in bytes: two per character, and a little for each value. Never throws. */
export function roughBytes(value: unknown, depth = 0): number {
  if (typeof value === 'string') return PER_VALUE + 2 * value.length;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return PER_VALUE;
  let bytes = PER_VALUE;
  for (const inner of Object.values(value)) bytes += PER_VALUE + roughBytes(inner, depth + 1);
  return bytes;
}
