import { toNumber } from '../markdown.ts';
import type { Period } from '../period.ts';

/** "a, b and c"; of many the first twelve. */
export function listed(words: string[], and = 'and'): string {
  const shown = words.length > 12 ? [...words.slice(0, 12), `${words.length - 12} more`] : words;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} ${and} ${shown.at(-1)}`
    : (shown[0] ?? '');
}

/** "one file", "3 files". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `**${toNumber(count)}** ${count === 1 ? one : many}`;

/** `2026-11-21T08:15:00Z` as people read it: `2026-11-21 08:15`. Other text stays. */
export const toTime = (moment: unknown): string =>
  String(moment ?? '–').replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, '$1 $2');

/** A condition in words: "open" stands before what it is about, "of type Bug" behind it. */
export interface Said {
  before?: string;
  after?: string;
}

/** "open issues of type Bug in SHOP". */
export const thing = (noun: string, said: Said[]): string =>
  [...said.map(({ before }) => before), noun, ...said.map(({ after }) => after)]
    .filter(Boolean)
    .join(' ');

/** "on 2026-11-21", "from 2026-11-09 to 2026-11-15": the last day is the one before `to`. */
export function toDays({ from, to }: Period): string {
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  return from === last ? `on ${from}` : `from ${from} to ${last}`;
}
