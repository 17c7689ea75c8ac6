import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { limitArgument } from '../paging-schemas.ts';
import { databaseArgument, tableArgument } from './arguments.ts';
import type { Mysql } from './connection/mysql.ts';
import { isForgivable } from './errors/is-forgivable.ts';
import { readOnlySql } from './guard/read-only-sql.ts';
import { quoteName } from './schema/quote-name.ts';
import { readTables, type TableRow, toShown } from './schema/schema.ts';
import { findTable, requireDatabase, toDatabase } from './schema/table-name.ts';

const optional = z.number().nullable();

const stats = z.object({
  table: z.string(),
  engine: z.string().nullable(),
  row_count: optional,
  row_count_kind: z.enum(['estimate', 'exact']),
  data_bytes: optional,
  index_bytes: optional,
  free_bytes: optional,
  avg_row_bytes: optional,
  auto_increment: z.string().nullable(),
  created: z.string().nullable(),
  updated: z.string().nullable(),
});
type Stats = z.output<typeof stats>;

export const getTableStats = (mysql: Mysql) =>
  defineTool({
    name: 'get_table_stats',
    description:
      'Show how large tables are: rows, data, indexes, free space. Row counts are estimates (up to 40 % off); exact counts the rows of the one table named.',
    input: z.object({
      table: tableArgument.optional(),
      database: databaseArgument,
      exact: z.boolean().default(false),
      sort_by: z.enum(['size', 'rows', 'name']).default('size'),
      limit: limitArgument(50, 500),
    }),
    output: z.object({
      database: z.string(),
      stats: z.array(stats),
      count: z.number(),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ table, exact, sort_by, limit, ...args }, { signal }) {
      if (table !== undefined) {
        const row = await findTable(mysql, { table, ...args }, signal);
        const { one, notes } = await readOne(mysql, row, exact, signal);
        return { database: toShown(row.database), ...toResult([one], 1, notes) };
      }
      const database = toDatabase(mysql, args.database);
      const notes = exact ? ['exact counts the rows of one table: name it.'] : [];
      const onCut = () =>
        notes.push('There are more tables than are read at once; these come first by name.');
      const rows = await readTables(mysql, database, { type: 'table' }, { signal, onCut });
      if (rows.length === 0) await requireDatabase(mysql, database, signal);
      const wanted = rows.sort(by[sort_by]).slice(0, limit);
      const { items, truncated } = fitItems(wanted.map(toStats));
      return { database, ...toResult(items, rows.length, notes, truncated) };
    },
  });

function toResult(items: Stats[], all: number, notes: string[], isFull = false) {
  const truncated = items.length < all;
  const rest = isFull
    ? `These are ${items.length} of ${all} tables, as an answer holds 20 kB; name a table, or page through list_tables.`
    : `These are ${items.length} of ${all} tables; raise limit or name a table.`;
  const said = truncated ? [rest, ...notes] : notes;
  return {
    stats: items,
    count: items.length,
    truncated,
    ...(said.length > 0 && { notes: said }),
  };
}

const size = ({ data_bytes, index_bytes }: TableRow) => (data_bytes ?? 0) + (index_bytes ?? 0);

/** Tables come sorted by name, and sorting keeps the order of equals. */
const by = {
  size: (a: TableRow, b: TableRow) => size(b) - size(a),
  rows: (a: TableRow, b: TableRow) => (b.row_count_estimate ?? 0) - (a.row_count_estimate ?? 0),
  name: () => 0,
};

/** Counting may take too long or not be allowed; then the estimate is better than nothing. */
async function readOne(mysql: Mysql, row: TableRow, exact: boolean, signal: AbortSignal) {
  const estimated = { one: toStats(row), notes: [] };
  if (!exact) return estimated;
  try {
    const row_count = await count(mysql, row, signal);
    return { one: { ...toStats(row), row_count, row_count_kind: 'exact' as const }, notes: [] };
  } catch (error) {
    if (!isForgivable(error)) throw error;
    return { ...estimated, notes: [`The rows could not be counted: ${error.what}.`] };
  }
}

async function count(mysql: Mysql, { database, name }: TableRow, signal: AbortSignal) {
  const sql = readOnlySql(`SELECT COUNT(*) AS n FROM ${quoteName(database)}.${quoteName(name)}`);
  const [row] = await mysql.objects(sql, z.object({ n: z.coerce.number() }), { signal });
  return row?.n ?? null;
}

const toStats = (row: TableRow): Stats => ({
  table: toShown(row.name),
  engine: row.engine,
  row_count: row.row_count_estimate,
  row_count_kind: 'estimate',
  data_bytes: row.data_bytes,
  index_bytes: row.index_bytes,
  free_bytes: row.free_bytes,
  avg_row_bytes: row.avg_row_bytes,
  auto_increment: row.auto_increment,
  created: row.created,
  updated: row.updated,
});
