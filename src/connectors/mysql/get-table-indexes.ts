import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { outsideText } from '../outside-text.ts';
import type { Mysql } from './mysql.ts';
import { readOnlySql } from './read-only-sql.ts';
import { readsOnly } from './reads-only.ts';
import { toTableName } from './schema.ts';
import { quoteName } from './sessions.ts';

const index = z.object({
  name: z.string(),
  unique: z.boolean(),
  primary: z.boolean(),
  type: z.string(),
  visible: z.boolean().describe('false: the optimizer does not use it'),
  columns: z.array(
    z.object({
      name: z.string().nullable().describe('null for an expression'),
      order: z.enum(['asc', 'desc', 'none']),
      prefix_length: z.number().optional(),
      expression: z.string().optional(),
      cardinality: z.number().nullable().describe('an estimate of distinct values'),
    }),
  ),
});
type Index = z.output<typeof index>;

const optionalNumber = z.union([z.null(), z.coerce.number()]);

/** A row of SHOW INDEX. The last three are in one product only. */
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

export const getTableIndexes = (mysql: Mysql) =>
  defineTool({
    name: 'get_table_indexes',
    description:
      'Show the indexes of a table with their columns in order, and what is odd about them. Use it when a query is slow.',
    input: z.object({
      table: z.string().min(1).max(130).describe('A name, or database.name'),
      database: z.string().min(1).max(64).optional().describe('Default: the configured database'),
    }),
    output: z.object({
      database: z.string(),
      table: z.string(),
      indexes: z.array(index),
      count: z.number().int(),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ table: wanted, database: named }, { signal }) {
      const { database, table } = toTableName(mysql, wanted, named);
      const sql = readOnlySql(`SHOW INDEX FROM ${quoteName(table)} FROM ${quoteName(database)}`);
      const all = toIndexes(await mysql.objects(sql, row, { signal }));
      const notes = toNotes(all);
      const { items, truncated } = fitItems(all);
      return {
        database,
        table,
        indexes: items,
        count: items.length,
        truncated,
        ...(notes.length > 0 && { notes }),
      };
    },
  });

function toIndexes(rows: z.output<typeof row>[]): Index[] {
  const indexes = new Map<string, Index>();
  for (const row of rows) {
    const found = indexes.get(row.Key_name) ?? {
      name: outsideText(row.Key_name, 64),
      unique: row.Non_unique === 0,
      primary: row.Key_name === 'PRIMARY',
      type: row.Index_type,
      visible: row.Visible !== 'NO' && row.Ignored !== 'YES',
      columns: [],
    };
    found.columns.push({
      name: row.Column_name === null ? null : outsideText(row.Column_name, 64),
      order: row.Collation === 'A' ? 'asc' : row.Collation === 'D' ? 'desc' : 'none',
      ...(row.Sub_part !== null && { prefix_length: row.Sub_part }),
      ...(row.Expression && { expression: outsideText(row.Expression, 200) }),
      cardinality: row.Cardinality,
    });
    indexes.set(row.Key_name, found);
  }
  return [...indexes.values()];
}

/** What a person who tunes queries would remark. */
function toNotes(indexes: Index[]): string[] {
  const notes = indexes.some(({ primary }) => primary) ? [] : ['The table has no primary key.'];
  for (const one of indexes)
    for (const other of indexes)
      if (one !== other && !one.unique && isPrefix(one, other))
        notes.push(`${one.name} is redundant: ${other.name} begins with the same columns.`);
  return notes.slice(0, 10);
}

function isPrefix(short: Index, long: Index): boolean {
  if (short.type !== 'BTREE' || long.type !== 'BTREE') return false;
  const isEqual = short.columns.length === long.columns.length;
  if (
    short.columns.length > long.columns.length ||
    (isEqual && !long.unique && short.name < long.name)
  )
    return false;
  return short.columns.every(
    (column, place) => JSON.stringify(sort(column)) === JSON.stringify(sort(long.columns[place])),
  );
}

const sort = (column: Index['columns'][number] | undefined) => [
  column?.name,
  column?.order,
  column?.prefix_length,
  column?.expression,
];
