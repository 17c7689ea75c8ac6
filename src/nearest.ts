/**
 * The names somebody may have meant, best first: equal but for case, a beginning of one another, or a few typing
 * slips away: one for short names, two, or one for each five letters of a long one.
 *
 * Names may come from outside, a thousand of a thousand letters each: slips that lie more than 128 letters apart are not
 * looked for.
 */
export function nearest(wanted: string, names: Iterable<string>, limit = 3): string[] {
  const target = wanted.toLowerCase();
  return [...names]
    .map((name) => ({ name, score: score(target, name.toLowerCase()) }))
    .filter(({ score }) => score < Infinity)
    .sort((a, b) => a.score - b.score || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map(({ name }) => name);
}

function score(wanted: string, name: string): number {
  if (wanted === name) return 0;
  const [short, long] = wanted.length < name.length ? [wanted, name] : [name, wanted];
  if (long.length - short.length > allowed(short.length))
    return short.length >= 3 && (long.startsWith(short) || long.endsWith(short)) ? 2 : Infinity;
  const slips = distance(...differing(wanted, name));
  return slips <= allowed(short.length) ? slips : Infinity;
}

const allowed = (length: number): number => (length < 4 ? 1 : Math.max(2, Math.floor(length / 5)));

/** Longest part between the first slip and the last: the time grows with its square. */
const longestDiffering = 128;

/** What is left of two names without the beginning and the end that they share, which takes nothing from the distance. */
function differing(a: string, b: string): [a: string, b: string] {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Damerau-Levenshtein (optimal string alignment): inserted, lost, changed and swapped neighbouring letters. */
function distance(a: string, b: string): number {
  if (Math.max(a.length, b.length) > longestDiffering) return Infinity;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + changed);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(at(row, j), at(before, j - 2) + 1);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: number[], index: number) => row[index] ?? Infinity;
