/** Seconds since 1970 as a clock on the wall in that time zone shows them: `2026-11-01T09:30`. Empty for what is no moment. */
export function toWallTime(seconds: string | null, timeZone: string): string {
  const ms = Number(seconds) * 1_000;
  if (!seconds || Number.isNaN(new Date(ms).getTime())) return '';
  return new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, 16);
}

/** The way back: `2026-11-01T09:30` in that time zone as seconds since 1970. Null for what is no time. */
export function toSeconds(wallTime: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${wallTime}Z`);
  if (Number.isNaN(asUtc)) return null;
  const guess = asUtc - offsetMs(asUtc, timeZone);
  // Once more, since the clocks may have changed between the guess and the truth.
  return String((asUtc - offsetMs(guess, timeZone)) / 1_000);
}

/** How far the time zone is ahead of UTC at that moment. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const [year, month, day, hour, minute, second] = [
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
  ].map((type) => Number(parts.find((part) => part.type === type)?.value));
  return (
    Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) -
    Math.floor(ms / 1_000) * 1_000
  );
}
