import { cellNumber, cellText } from './table-cells.ts';

/** By which column a table is sorted, counted from 0, and which way. */
export interface Order {
  column: number;
  descending: boolean;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The rows in that order: numbers by their value and before words. Rows that are alike stay as they stood. */
export function sortRows(rows: unknown[][], order: Order | undefined): unknown[][] {
  if (!order) return rows;
  const sign = order.descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a[order.column], b[order.column]));
}

function compare(a: unknown, b: unknown): number {
  const [x, y] = [cellNumber(a), cellNumber(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined) return -1;
  if (y !== undefined) return 1;
  return collator.compare(cellText(a), cellText(b));
}
