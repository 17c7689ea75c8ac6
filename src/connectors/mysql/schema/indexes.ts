import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import type { Mysql } from '../connection/mysql.ts';
import { readOnlySql } from '../guard/read-only-sql.ts';
import { quoteName } from './quote-name.ts';
import { type TableName, toShown } from './schema.ts';

/** An index as the tools show it. */
export const index = z.object({
  name: z.string(),
  unique: z.boolean(),
  primary: z.boolean(),
  type: z.string(),
  visible: z.boolean(),
  columns: z.array(
    z.object({
      name: z.string().nullable().describe('null: an expression'),
      order: z.enum(['asc', 'desc', 'none']),
      prefix_length: z.number().optional(),
      expression: z.string().optional(),
      cardinality: z.number().nullable().describe('distinct values, an estimate'),
    }),
  ),
});
export type Index = z.output<typeof index>;

const optionalNumber = z.union([z.null(), z.coerce.number()]);

/** A row of SHOW INDEX, one for each column. The last three are in one product only. */
const row = z.object({
  Key_name: z.string(),
  Non_unique: z.coerce.number(),
  Column_name: z.string().nullable(),
  Collation: z.string().nullable(),
  Cardinality: optionalNumber,
  Sub_part: optionalNumber,
  Index_type: z.string(),
  Visible: z.string().optional(),
  Ignored: z.string().optional(),
  Expression: z.string().nullish(),
});
type Row = z.output<typeof row>;

/** The indexes of a table, the primary key first; of a view there are none. */
export async function readIndexes(
  mysql: Mysql,
  { database, table }: TableName,
  signal?: AbortSignal,
): Promise<Index[]> {
  const sql = readOnlySql(`SHOW INDEX FROM ${quoteName(table)} FROM ${quoteName(database)}`);
  return toIndexes(await mysql.objects(sql, row, { signal }));
}

/** Puts the rows of SHOW INDEX together to indexes. Exported for the answers of other servers. */
export function toIndexes(rows: readonly Row[]): Index[] {
  const byName = Map.groupBy(rows, ({ Key_name }) => Key_name);
  return [...byName].map(([name, [first, ...rest]]) => ({
    name: toShown(name),
    unique: first?.Non_unique === 0,
    primary: name === 'PRIMARY',
    type: first?.Index_type ?? '?',
    visible: first?.Visible !== 'NO' && first?.Ignored !== 'YES',
    columns: [first, ...rest].filter((row) => row !== undefined).map(toIndexColumn),
  }));
}

const toIndexColumn = (row: Row): Index['columns'][number] => ({
  name: row.Column_name === null ? null : toShown(row.Column_name),
  order: row.Collation === 'A' ? 'asc' : row.Collation === 'D' ? 'desc' : 'none',
  ...(row.Sub_part !== null && { prefix_length: row.Sub_part }),
  ...(row.Expression && { expression: outsideText(row.Expression, 200) }),
  cardinality: row.Cardinality,
});
