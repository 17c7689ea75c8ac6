import { z } from 'zod';
import { defineTool } from '../connector.ts';
import type { Mysql } from './mysql.ts';
import { readOnlySql } from './read-only-sql.ts';
import type { Rows } from './read-rows.ts';
import { readsOnly } from './reads-only.ts';
import { toDatabase } from './schema.ts';

export const executeQuery = (mysql: Mysql) =>
  defineTool({
    name: 'execute_query',
    description:
      'Run one read-only SQL statement: SELECT, WITH, SHOW, DESCRIBE or EXPLAIN. Prefer aggregates and LIMIT over long lists. Numbers that a double cannot hold and decimals come as text. Rows past 20 kB are cut; the notes say how to go on.',
    input: z.object({
      query: z.string().min(1).describe('One statement, e.g. SELECT COUNT(*) AS n FROM orders'),
      database: z.string().min(1).max(64).optional().describe('Default: the configured database'),
      max_rows: z.number().int().min(1).max(5000).default(200),
      timeout_ms: z.number().int().min(100).max(60_000).default(15_000),
    }),
    output: z.object({
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
      rows: z.array(z.array(z.unknown())).describe('cells in the order of the columns'),
      row_count: z.number().int().describe('rows in this answer'),
      truncated: z.boolean(),
      truncated_by: z.enum(['rows', 'bytes']).optional(),
      elapsed_ms: z.number(),
      database: z.string().optional(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ query, database: named, max_rows, timeout_ms }, { signal }) {
      const database = named === undefined ? mysql.database : toDatabase(mysql, named);
      const result = await mysql.select(readOnlySql(query), {
        database,
        maxRows: max_rows,
        timeoutMs: timeout_ms,
        signal,
      });
      const { columns, rows, truncatedBy, elapsedMs } = result;
      return {
        columns,
        rows,
        row_count: rows.length,
        truncated: truncatedBy !== undefined,
        ...(truncatedBy && { truncated_by: truncatedBy }),
        elapsed_ms: elapsedMs,
        ...(database !== undefined && { database }),
        ...(truncatedBy && { notes: [toNote(result)] }),
      };
    },
  });

/** Says how to see what was cut. */
function toNote({ rows, truncatedBy }: Rows): string {
  if (truncatedBy === 'rows')
    return `There are more than these ${rows.length} rows. To go on: aggregate, or ORDER BY a key and add WHERE key > its last value, or raise max_rows (at most 5000).`;
  if (rows.length === 0)
    return 'The first row alone is too large for an answer. Select fewer columns, or parts of long ones with LEFT(column, 200).';
  return `Only the first ${rows.length} rows fit into an answer of 20 kB. To go on: select fewer columns, aggregate, or ORDER BY a key and add WHERE key > its last value.`;
}
