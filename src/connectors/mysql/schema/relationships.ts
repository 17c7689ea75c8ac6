import { type ForeignKey, toForeignKeys } from './foreign-keys.ts';
import { type Inferred, inferRelationships, type KeyedColumn } from './infer-relationships.ts';
import type { ColumnRow, ForeignKeyRow, TableRow } from './schema.ts';

/** What was read of one database. */
export interface DatabaseFacts {
  database: string;
  tables: TableRow[];
  columns: ColumnRow[];
  foreignKeys: ForeignKeyRow[];
}

/** Which columns refer to which: what is declared, and what names and types suggest. */
export interface Relationships {
  declared: ForeignKey[];
  inferred: Inferred[];
}

/** Views take no part in what is inferred: their columns come from tables that do. */
export function toRelationships({ tables, columns, foreignKeys }: DatabaseFacts): Relationships {
  const declared = toForeignKeys(foreignKeys);
  const references = new Set(foreignKeys.map(({ table, column }) => toId(table, column)));
  const byTable = Map.groupBy(columns, ({ table }) => table);
  const keyed = tables
    .filter(({ type }) => type === 'table')
    .map(({ name }) => ({ name, columns: toKeyed(byTable.get(name) ?? [], references) }));
  return { declared, inferred: inferRelationships(keyed) };
}

function toKeyed(columns: ColumnRow[], references: ReadonlySet<string>): KeyedColumn[] {
  const isOnePrimary = columns.filter(({ key }) => key === 'PRI').length === 1;
  return columns.map(({ table, name, type, key }) => ({
    name,
    type,
    key: key === 'PRI' && isOnePrimary ? 'primary' : key === 'UNI' ? 'unique' : undefined,
    isReference: references.has(toId(table, name)),
  }));
}

const toId = (...path: string[]) => JSON.stringify(path);
