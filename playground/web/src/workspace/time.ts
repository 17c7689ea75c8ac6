/** A message's `ts` (`seconds.micros`) as a date. */
export function toDate(ts: string): Date {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** `9:41 AM` */
export function clockTime(ts: string, timeZone: string): string {
  return format(ts, timeZone, { hour: 'numeric', minute: '2-digit' });
}

/** `Monday, November 17, 2025 at 9:41 AM` */
export function fullTime(ts: string, timeZone: string): string {
  return format(ts, timeZone, { dateStyle: 'full', timeStyle: 'short' });
}

/** `11/17/2025`: two messages of one day give the same. */
export function dayOf(ts: string, timeZone: string): string {
  return format(ts, timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' });
}

/** `Today`, `Yesterday`, or `Monday, November 17`. */
export function dayName(ts: string, timeZone: string, now = new Date()): string {
  const seconds = now.getTime() / 1000;
  const day = dayOf(ts, timeZone);
  if (day === dayOf(String(seconds), timeZone)) return 'Today';
  if (day === dayOf(String(seconds - 86_400), timeZone)) return 'Yesterday';
  return format(ts, timeZone, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** `just now`, `5 minutes ago`, `3 hours ago`, `2 days ago`. */
export function timeAgo(ts: string, now = new Date()): string {
  const minutes = Math.floor((now.getTime() - toDate(ts).getTime()) / 60_000);
  if (!(minutes >= 1)) return 'just now';
  if (minutes < 60) return plural(minutes, 'minute');
  if (minutes < 24 * 60) return plural(Math.floor(minutes / 60), 'hour');
  return plural(Math.floor(minutes / (24 * 60)), 'day');
}

const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'} ago`;

function format(ts: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const date = toDate(ts);
  if (Number.isNaN(date.getTime())) return '';
  return formatter(timeZone, options).format(date);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one costs more than drawing a message. A time zone that the browser does not know becomes UTC. */
function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timeZone + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
  formatters.set(key, made);
  return made;
}
