import type { ForeignKeyRow } from './schema.ts';

/** A foreign key with its columns in order. */
export interface ForeignKey extends Omit<ForeignKeyRow, 'column' | 'ref_column'> {
  columns: string[];
  ref_columns: string[];
}

/** Puts the rows, one for each column, together to keys. Rows of a key stand one after another. */
export function toForeignKeys(rows: readonly ForeignKeyRow[]): ForeignKey[] {
  const keys = new Map<string, ForeignKey>();
  for (const { column, ref_column, ...row } of rows) {
    const id = JSON.stringify([row.database, row.table, row.name]);
    const key = keys.get(id) ?? { ...row, columns: [], ref_columns: [] };
    key.columns.push(column);
    key.ref_columns.push(ref_column);
    keys.set(id, key);
  }
  return [...keys.values()];
}
