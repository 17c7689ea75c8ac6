import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument, pageOutput } from '../paging-schemas.ts';
import { databaseArgument } from './arguments.ts';
import type { Mysql } from './connection/mysql.ts';
import { readTables, type TableRow, toShown } from './schema/schema.ts';
import { requireDatabase, toDatabase } from './schema/table-name.ts';

const table = z.object({
  name: z.string(),
  type: z.enum(['table', 'view']),
  engine: z.string().nullable(),
  row_count_estimate: z.number().nullable(),
  size_bytes: z.number().nullable(),
  comment: z.string().optional(),
});

export const listTables = (mysql: Mysql) =>
  defineTool({
    name: 'list_tables',
    description: 'List the tables and views of a database with estimated row counts and sizes.',
    input: z.object({
      database: databaseArgument,
      pattern: z.string().max(64).optional().describe('Whole names, e.g. order*'),
      type: z.enum(['all', 'table', 'view']).default('all'),
      limit: limitArgument(200, 1000),
      cursor: cursorArgument,
    }),
    output: z.object({
      database: z.string(),
      tables: z.array(table),
      ...pageOutput,
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const database = toDatabase(mysql, args.database);
      const after = readCursor('list_tables', args, args.cursor);
      const { pattern, type, limit } = args;
      const filter = { pattern, type, after, limit: limit + 1 };
      const rows = await readTables(mysql, database, filter, { signal });
      if (rows.length === 0) await requireDatabase(mysql, database, signal);
      const { items } = fitItems(rows.slice(0, limit).map(toTable));
      const last = rows[items.length - 1];
      const truncated = items.length < rows.length;
      const isExact = rows.length === 0 && pattern && !/[*?]/.test(pattern);
      return {
        database,
        tables: items,
        count: items.length,
        truncated,
        ...(truncated && last && { next_cursor: toCursor('list_tables', args, last.name) }),
        ...(isExact && { notes: [`No table has exactly this name; try *${pattern}*`] }),
      };
    },
  });

const toTable = ({ name, type, engine, row_count_estimate, comment, ...row }: TableRow) => ({
  name: toShown(name),
  type,
  engine,
  row_count_estimate,
  size_bytes: row.data_bytes === null ? null : row.data_bytes + (row.index_bytes ?? 0),
  ...(comment && { comment }),
});
