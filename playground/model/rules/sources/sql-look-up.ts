import { isMeasure, keyOf } from '../facts.ts';
import { type Rows, toRowsResult } from '../phrase-query.ts';
import type { RowsQuery } from '../query.ts';
import { readMentions } from '../reading.ts';
import type { Column, Schema, Table } from '../schema.ts';
import { toSql } from '../sql.ts';
import { wordsOfName } from '../words.ts';
import type { SourceCall } from './plan.ts';

/** A look-up in the database beside others, and how its result is read. */
export interface LookUpRows {
  call: SourceCall;
  table: Table;
  read(data: unknown): Rows;
}

/** The row of a thing by its number: of "order" in whichever table is called so. */
export function rowById(
  sql: string,
  schema: Schema,
  noun: string,
  id: number,
): LookUpRows | undefined {
  const table = readMentions(noun, schema)[0]?.table;
  const key = table && keyOf(table);
  return table && key && rowsWhere(sql, table, table.columns, key, id);
}

/** The stock of a product by its SKU, in the table that has both. */
export function stockBySku(sql: string, { tables }: Schema, sku: string): LookUpRows | undefined {
  for (const table of tables) {
    const key = named(table, ['sku']);
    const stock = table.columns.find(
      (column) => isMeasure(column) && has(column, ['stock', 'inventory', 'quantity']),
    );
    if (key && stock) return rowsWhere(sql, table, [key, stock], key, sku);
  }
  return undefined;
}

const has = ({ name }: Column, words: string[]) =>
  wordsOfName(name).some((word) => words.includes(word));

const named = ({ columns }: Table, words: string[]) => columns.find((column) => has(column, words));

function rowsWhere(
  sql: string,
  table: Table,
  columns: Column[],
  column: Column,
  value: string | number,
): LookUpRows {
  const query: RowsQuery = {
    type: 'rows',
    table,
    columns,
    filters: [{ path: [], column, test: { op: '=', value } }],
    limit: 2,
  };
  const input = { query: toSql(query), max_rows: query.limit };
  return { call: { source: sql, tool: 'execute_query', input }, table, read: toRowsResult };
}
