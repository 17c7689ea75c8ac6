/** A stretch of days; `to` is not included. */
export interface Period {
  from: string;
  to: string;
  /** As people say it: "last week". */
  label: string;
}

const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** The stretch of time that a question names, if any. Weeks begin on Monday. `today` is `2026-11-22`. */
export function readPeriod(text: string, today: string): Period | undefined {
  const at = new Date(`${today}T00:00:00Z`);
  const [label = '', which = '', count = '', unit = ''] = relative.exec(text) ?? [];
  if (unit) {
    const name = unit.replace(/s$/, '') as Span;
    if (count) return { ...lastDays(at, name, Number(count)), label };
    if (which === 'this' || which === 'current') return { ...spans[name](at, 0), label };
    return { ...spans[name](at, -1), label };
  }
  const written = readDates(text, at);
  if (written) return written;
  if (/\btoday\b/.test(text)) return { ...spans.day(at, 0), label: 'today' };
  if (/\byesterday\b/.test(text)) return { ...spans.day(at, -1), label: 'yesterday' };
  return readMonth(text, at) ?? readYear(text);
}

const relative =
  /\b(this|current|last|past|previous)\s+(?:(\d{1,3})\s+)?(days?|weeks?|months?|quarters?|years?)\b/;

type Span = 'day' | 'week' | 'month' | 'quarter' | 'year';

const iso = (date: Date) => date.toISOString().slice(0, 10);
const day = (date: Date, offset: number) => new Date(date.getTime() + offset * 86_400_000);
const first = (year: number, month: number) => new Date(Date.UTC(year, month, 1));
const range = (from: Date, to: Date) => ({ from: iso(from), to: iso(to) });

/** The span around a day, shifted by whole spans. */
const spans: Record<Span, (at: Date, shift: number) => { from: string; to: string }> = {
  day: (at, shift) => range(day(at, shift), day(at, shift + 1)),
  week(at, shift) {
    const monday = day(at, -((at.getUTCDay() + 6) % 7) + 7 * shift);
    return range(monday, day(monday, 7));
  },
  month(at, shift) {
    const month = at.getUTCMonth() + shift;
    return range(first(at.getUTCFullYear(), month), first(at.getUTCFullYear(), month + 1));
  },
  quarter(at, shift) {
    const month = Math.floor(at.getUTCMonth() / 3) * 3 + 3 * shift;
    return range(first(at.getUTCFullYear(), month), first(at.getUTCFullYear(), month + 3));
  },
  year(at, shift) {
    const year = at.getUTCFullYear() + shift;
    return range(first(year, 0), first(year + 1, 0));
  },
};

const lengths: Record<Span, number> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

/** So many days back, today included. */
const lastDays = (at: Date, unit: Span, count: number) =>
  range(day(at, 1 - count * lengths[unit]), day(at, 1));

/** "between 2026-01-01 and 2026-01-31", "since 2026-01-01", "on 2026-01-05": the last day is part of it. */
function readDates(text: string, today: Date): Period | undefined {
  const [label = '', word, first = '', last] = dates.exec(text) ?? [];
  const from = toDay(first);
  if (!from) return undefined;
  if (word === 'since') return { ...range(from, day(today, 1)), label };
  if (word === 'after') return { ...range(day(from, 1), day(today, 1)), label };
  const isRange = word === 'between' || word === 'from';
  const to = last ? toDay(last) : from;
  if (!to || to < from || isRange !== (last !== undefined)) return undefined;
  return { ...range(from, day(to, 1)), label };
}

const date = '(\\d{4}-\\d{2}-\\d{2})';
const dates = new RegExp(
  `\\b(between|from|since|after|on)\\s+${date}(?:\\s+(?:and|to|until|till|through)\\s+${date})?(?![\\w-])`,
);

/** Nothing for days that do not exist: 31 February. */
function toDay(text: string): Date | undefined {
  const found = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(found.getTime()) && iso(found) === text ? found : undefined;
}

/** "in March" is the last March that has begun, unless a year stands with it. */
function readMonth(text: string, at: Date): Period | undefined {
  const [label, name = '', written] =
    /\b(?:in|of|for|since|during)\s+([a-z]{3,9})(?:\s+(\d{4}))?\b/.exec(text) ?? [];
  const month = months.indexOf(name);
  if (!label || month < 0) return undefined;
  const year = written ? Number(written) : at.getUTCFullYear() - (month > at.getUTCMonth() ? 1 : 0);
  const to = label.startsWith('since') ? day(at, 1) : first(year, month + 1);
  return { ...range(first(year, month), to), label };
}

function readYear(text: string): Period | undefined {
  const [label, year] = /\b(?:in|of|for|during)\s+((?:19|20)\d{2})\b/.exec(text) ?? [];
  if (!label || !year) return undefined;
  return { from: `${year}-01-01`, to: `${Number(year) + 1}-01-01`, label };
}
