/**
 * How long to wait before the next try, in milliseconds: what `Retry-After` says (seconds or a date), else half a
 * second, doubled with each round, with a quarter of chance so that callers do not come back together.
 */
export function toWait(headers: Headers | undefined, round: number, now = Date.now()): number {
  const named = headers?.get('retry-after')?.trim() ?? '';
  const seconds = Number(named);
  if (named && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(named);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  return 500 * 2 ** (round - 1) * (1 + Math.random() / 4);
}
