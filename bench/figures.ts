/** One measured figure and what it should be at most; none when it only serves for comparison. */
export interface Figure {
  name: string;
  value: number;
  unit: 'ms' | 'MB' | 's' | '×';
  target?: number | undefined;
}

/** The `share`-quantile (0–1) of numbers, by nearest rank. */
export function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** p50 and one more quantile of the same measurement, each with its target, if it has one. */
export const spread = (
  name: string,
  numbers: number[],
  p50: number | undefined,
  [share, most]: [share: number, most?: number],
): Figure[] => [
  { name: `${name}, p50`, value: quantile(numbers, 0.5), unit: 'ms', target: p50 },
  { name: `${name}, p${share * 100}`, value: quantile(numbers, share), unit: 'ms', target: most },
];

/** The figures as lines of a table. */
export function toTable(figures: Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map(({ name, value, unit, target }) => {
      const shown = value < 10 ? value.toFixed(2) : value.toFixed(0);
      const line = `${name.padEnd(width)}  ${shown.padStart(7)} ${unit.padEnd(2)}`;
      if (target === undefined) return line;
      const verdict = value <= target ? 'ok' : 'MISSED';
      return `${line}  ≤ ${String(Number(target.toFixed(2))).padStart(4)}  ${verdict}`;
    })
    .join('\n');
}
