/**
 * The names somebody may have meant, best first: equal but for case, a beginning of one another, or a few typing
 * slips away: one for short names, two, or one for each five letters of a long one.
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
  const slips = distance(wanted, name);
  return slips <= allowed(short.length) ? slips : Infinity;
}

const allowed = (length: number): number => (length < 4 ? 1 : Math.max(2, Math.floor(length / 5)));

/** Damerau-Levenshtein (optimal string alignment): inserted, lost, changed and swapped neighbouring letters. */
function distance(a: string, b: string): number {
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
