import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import type { Mysql } from './mysql.ts';
import { readOnlySql } from './read-only-sql.ts';
import { readsOnly } from './reads-only.ts';
import {
  readTables,
  refuseTable,
  requireDatabase,
  type TableName,
  type TableRow,
  toDatabase,
  toTableName,
} from './schema.ts';
import { quoteName } from './sessions.ts';

const stats = z.object({
  table: z.string(),
  engine: z.string().nullable(),
  row_count: z.number().nullable(),
  row_count_kind: z.enum(['estimate', 'exact']),
  data_bytes: z.number().nullable(),
  index_bytes: z.number().nullable(),
  free_bytes: z.number().nullable(),
  auto_increment: z.string().nullable(),
  created: z.string().nullable(),
  updated: z.string().nullable(),
});

export const getTableStats = (mysql: Mysql) =>
  defineTool({
    name: 'get_table_stats',
    description:
      'Show how large tables are: rows, data, indexes, free space. Row counts are estimates of the server (up to 40 % off) unless exact is true, which counts the rows of the one table named.',
    input: z.object({
      table: z.string().min(1).max(130).optional().describe('Default: all tables of the database'),
      database: z.string().min(1).max(64).optional().describe('Default: the configured database'),
      exact: z.boolean().default(false),
      sort_by: z.enum(['size', 'rows', 'name']).default('size'),
      limit: z.number().int().min(1).max(500).default(50),
    }),
    output: z.object({
      database: z.string(),
      stats: z.array(stats),
      count: z.number().int(),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ table, database: named, exact, sort_by, limit }, { signal }) {
      if (table !== undefined) {
        const name = toTableName(mysql, table, named);
        return { database: name.database, ...(await readOne(mysql, name, exact, signal)) };
      }
      const database = toDatabase(mysql, named);
      const rows = await readTables(mysql, [database], { type: 'table' }, signal);
      if (rows.length === 0) await requireDatabase(mysql, database, signal);
      const { items } = fitItems(
        rows
          .sort(by[sort_by])
          .slice(0, limit)
          .map((row) => toStats(row)),
      );
      const truncated = items.length < rows.length;
      const notes = [
        ...(truncated
          ? [`These are ${items.length} of ${rows.length} tables; raise limit or name a table.`]
          : []),
        ...(exact ? ['exact counts the rows of one table: name it.'] : []),
      ];
      return {
        database,
        stats: items,
        count: items.length,
        truncated,
        ...(notes.length > 0 && { notes }),
      };
    },
  });

const size = ({ data_bytes, index_bytes }: TableRow) => (data_bytes ?? 0) + (index_bytes ?? 0);

const by = {
  size: (a: TableRow, b: TableRow) => size(b) - size(a),
  rows: (a: TableRow, b: TableRow) => (b.row_count_estimate ?? 0) - (a.row_count_estimate ?? 0),
  name: (a: TableRow, b: TableRow) => a.name.localeCompare(b.name),
};

async function readOne(mysql: Mysql, name: TableName, exact: boolean, signal: AbortSignal) {
  const { database, table } = name;
  const rows = await readTables(mysql, [database], {}, signal);
  const row = rows.find((row) => row.name.toLowerCase() === table.toLowerCase());
  if (!row) return refuseTable(mysql, name, signal);
  const counted = exact ? await count(mysql, { database, table: row.name }, signal) : undefined;
  return { stats: [toStats(row, counted)], count: 1, truncated: false };
}

async function count(mysql: Mysql, { database, table }: TableName, signal: AbortSignal) {
  const sql = readOnlySql(`SELECT COUNT(*) AS n FROM ${quoteName(database)}.${quoteName(table)}`);
  const [row] = await mysql.objects(sql, z.object({ n: z.coerce.number() }), { signal });
  return row?.n;
}

const toStats = (row: TableRow, counted?: number) => ({
  table: row.name,
  engine: row.engine,
  row_count: counted ?? row.row_count_estimate,
  row_count_kind: counted === undefined ? ('estimate' as const) : ('exact' as const),
  data_bytes: row.data_bytes,
  index_bytes: row.index_bytes,
  free_bytes: row.free_bytes,
  auto_increment: row.auto_increment,
  created: row.created,
  updated: row.updated,
});
