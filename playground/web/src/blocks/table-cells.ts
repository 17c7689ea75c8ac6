import type { AnyBlock } from '../../../slack/control-types.ts';
import { field, listField, plainText, stringField } from './text-object.ts';

/** The rows of a `table` or `data_table`, each a list of cells, whatever the app sent. */
export const tableRows = (block: AnyBlock): unknown[][] =>
  listField(block, 'rows').map((row) => (Array.isArray(row) ? row : []));

/** What a cell says, without formatting. */
export function cellText(cell: unknown): string {
  const text = plainText(cell);
  if (text) return text;
  const value = field(cell, 'value');
  if (typeof value === 'number') return String(value);
  return listField(cell, 'elements').map(cellText).join('');
}

/** What a cell counts when its column is sorted; undefined for what is no number. */
export function cellNumber(cell: unknown): number | undefined {
  const value = field(cell, 'value');
  return stringField(cell, 'type') === 'raw_number' && typeof value === 'number'
    ? value
    : undefined;
}
