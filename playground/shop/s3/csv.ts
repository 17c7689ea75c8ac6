import type { Cell } from '../sample.ts';

/** Rows as CSV (RFC 4180), with the columns' names above; nothing stands for NULL. */
export function toCsv(
  columns: readonly string[],
  rows: readonly Cell[][],
  delimiter = ',',
): string {
  const quoted = new RegExp(`[${delimiter}"\r\n]`);
  const cell = (value: Cell) => {
    const text = String(value ?? '');
    return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(cell).join(delimiter)}\n`).join('');
}
