import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import type { Mysql } from './mysql.ts';
import { readsOnly } from './reads-only.ts';
import { readTables, requireDatabase, type TableRow, toDatabase } from './schema.ts';

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
    description:
      'List the tables and views of a database with estimated row counts and sizes. Use describe_table for columns.',
    input: z.object({
      database: z.string().min(1).max(64).optional().describe('Default: the configured database'),
      pattern: z.string().max(64).optional().describe('Names to show, e.g. order*'),
      type: z.enum(['all', 'table', 'view']).default('all'),
      limit: z.number().int().min(1).max(1000).default(200),
      cursor: z.string().max(500).optional().describe('next_cursor of the last answer'),
    }),
    output: z.object({
      database: z.string(),
      tables: z.array(table),
      count: z.number().int(),
      truncated: z.boolean(),
      next_cursor: z.string().optional(),
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const database = toDatabase(mysql, args.database);
      const after = readCursor('list_tables', args, args.cursor);
      const { pattern, type, limit } = args;
      const filter = { pattern, type, after, limit: limit + 1 };
      const rows = await readTables(mysql, [database], filter, signal);
      if (rows.length === 0) await requireDatabase(mysql, database, signal);
      const { items } = fitItems(rows.slice(0, limit).map(toTable));
      const last = items.at(-1);
      const truncated = items.length < rows.length;
      return {
        database,
        tables: items,
        count: items.length,
        truncated,
        ...(truncated && last && { next_cursor: toCursor('list_tables', args, last.name) }),
      };
    },
  });

const toTable = ({ name, type, engine, row_count_estimate, comment, ...row }: TableRow) => ({
  name,
  type,
  engine,
  row_count_estimate,
  size_bytes: row.data_bytes === null ? null : row.data_bytes + (row.index_bytes ?? 0),
  ...(comment && { comment }),
});
