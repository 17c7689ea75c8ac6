const minute = 60_000;
const day = 24 * 60 * minute;
const spans: Record<string, number> = { m: minute, h: 60 * minute, d: day, w: 7 * day };

/** A day or moment as JQL writes it: `2026-11-22`, `2026/11/22 08:15`, `-5d`, `4w 2d`, milliseconds. UTC. */
export function toMoment(text: string, now: number): number | undefined {
  const exact = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (exact) {
    const [year = 0, month = 0, date = 0, hour = 0, minutes = 0] = exact
      .slice(1)
      .map((part) => Number(part ?? 0));
    const ms = Date.UTC(year, month - 1, date, hour, minutes);
    const read = new Date(ms);
    return read.getUTCMonth() === month - 1 &&
      read.getUTCDate() === date &&
      hour < 24 &&
      minutes < 60
      ? ms
      : undefined;
  }
  if (/^\d{5,15}$/.test(text)) return Number(text);
  const [, sign, parts] = /^([-+]?)((?:\d{1,6}[wdhm]\s*)+)$/.exec(text.trim()) ?? [];
  if (!parts) return;
  const sum = [...parts.matchAll(/(\d+)([wdhm])/g)].reduce(
    (total, [, count, unit = '']) => total + Number(count) * (spans[unit] ?? 0),
    0,
  );
  return sign === '-' ? now - sum : now + sum;
}

type Unit = 'Day' | 'Week' | 'Month' | 'Year';
const natural: Record<Unit, string> = { Day: 'd', Week: 'w', Month: 'M', Year: 'y' };

/** `startOfWeek("-1")`, `endOfMonth("+2d")`: weeks begin on Sunday, as a Jira site's do unless told. UTC. */
export function edgeOf(
  edge: 'start' | 'end',
  unit: Unit,
  offset: string | undefined,
  now: number,
): number | undefined {
  const start = startOf(unit, now);
  const base = edge === 'start' ? start : move(start, 1, natural[unit]) - 1;
  if (offset === undefined) return base;
  const [, sign, count, letter] = /^([-+]?)(\d{1,5})([yMwdhm]?)$/.exec(offset.trim()) ?? [];
  if (count === undefined) return;
  const by = Number(`${sign}${count}`);
  // The end of another month is not as far from its start as this one's.
  if (edge === 'end' && (!letter || letter === natural[unit]))
    return move(start, by + 1, natural[unit]) - 1;
  return move(base, by, letter || natural[unit]);
}

function startOf(unit: Unit, now: number): number {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'Year') return Date.UTC(year, 0, 1);
  if (unit === 'Month') return Date.UTC(year, month, 1);
  return Date.UTC(year, month, date.getUTCDate() - (unit === 'Week' ? date.getUTCDay() : 0));
}

function move(ms: number, by: number, unit: string): number {
  const span = spans[unit];
  if (span) return ms + by * span;
  const date = new Date(ms);
  const months = unit === 'y' ? by * 12 : by;
  return Date.UTC(
    date.getUTCFullYear(),
    date.getUTCMonth() + months,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  );
}
