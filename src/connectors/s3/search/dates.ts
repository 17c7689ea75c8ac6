/** A day, a month, a quarter or a year, as far as it is told. Months and quarters count from 1. */
export interface DatePart {
  year?: number;
  quarter?: number;
  month?: number;
  day?: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthWord =
  /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/;

/** The month that a word names, from 1; nothing for another word. */
export const toMonth = (word: string): number | undefined =>
  monthWord.test(word) ? months.indexOf(word.slice(0, 3)) + 1 : undefined;

const year = '(?<year>(?:19|20)\\d\\d)';
const month = '(?<month>0[1-9]|1[0-2])';
const day = '(?<day>0[1-9]|[12]\\d|3[01])';
const between = '[-_/.]';
const hive = `(?:[a-z]+=)?`;

/** How names write dates: `2026-06-30`, `2026/06`, `20260630`, `30.06.2026`, `06-2026`, `year=2026/month=06`, `2026`. */
const forms = [
  `${year}${between}${hive}${month}(?:${between}${hive}${day})?`,
  `${year}${month}(?:${day})?`,
  `(?:${day}${between})?${month}${between}${year}`,
  year,
].map((form) => new RegExp(`(?<![\\d])${form}(?![\\d])`, 'g'));

/** The dates in a text, in any of those forms; also quarters (`q2`) and, as words of their own, months. */
export function findDates(text: string): { dates: DatePart[]; rest: string } {
  const dates: DatePart[] = [];
  let rest = text;
  for (const form of forms)
    rest = rest.replace(form, (...found) => {
      dates.push(toPart(found.at(-1) as Record<string, string | undefined>));
      return ' ';
    });
  rest = rest.replace(/(?<![a-z0-9])q([1-4])(?![a-z0-9])/g, (_, quarter: string) => {
    dates.push({ quarter: Number(quarter) });
    return ' ';
  });
  rest = rest.replace(/[a-z]+/g, (word) => {
    const month = toMonth(word);
    if (month === undefined) return word;
    dates.push({ month });
    return ' ';
  });
  return { dates, rest };
}

const toPart = (groups: Record<string, string | undefined>): DatePart =>
  Object.fromEntries(
    Object.entries(groups)
      .filter(([, digits]) => digits !== undefined)
      .map(([name, digits]) => [name, Number(digits)]),
  );

/**
 * How a wanted date fits those of a name: 1 when one of them is in it, -1 when the name speaks of other times only,
 * 0 when it speaks of none.
 */
export function fitDate(wanted: DatePart, found: readonly DatePart[]): number {
  const fields = (['year', 'quarter', 'month', 'day'] as const).filter((field) => field in wanted);
  const told = fields.filter((field) => found.some((date) => read(date, field) !== undefined));
  if (told.length === 0) return 0;
  const isIn = found.some((date) =>
    told.every((field) => (read(date, field) ?? wanted[field]) === wanted[field]),
  );
  return isIn ? told.length / fields.length : -1;
}

const read = (date: DatePart, field: keyof DatePart): number | undefined =>
  field === 'quarter' && date.month ? Math.ceil(date.month / 3) : date[field];
