import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool, RichAnswer } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { toLink } from '../spool.ts';
import type { Mysql } from './connection/mysql.ts';
import { mostRows, toCutNote } from './cut-note.ts';
import { lowerLimit } from './guard/lower-limit.ts';
import { readOnlySql } from './guard/read-only-sql.ts';
import { toDatabase } from './schema/table-name.ts';

/** Of columns and rows; the rest of an answer of 20 kB is for notes. */
const maxBytes = 18_900;

export const executeQuery = (mysql: Mysql) =>
  defineTool({
    name: 'execute_query',
    description:
      'Run one read-only SQL statement: SELECT, WITH, SHOW, DESCRIBE or EXPLAIN. Prefer aggregates and LIMIT over long lists. Numbers that a double cannot hold and decimals come as text. An answer holds 20 kB of rows; the notes say how to go on.',
    input: z.object({
      query: z.string().min(1).describe('One statement, e.g. SELECT COUNT(*) AS n FROM orders'),
      database: z.string().min(1).max(64).optional().describe('Default: the configured database'),
      max_rows: z.number().int().min(1).max(mostRows).default(200),
      timeout_ms: z.number().int().min(100).max(60_000).default(15_000),
    }),
    output: z.object({
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
      rows: z.array(z.array(z.unknown())).describe('cells in the order of the columns'),
      row_count: z.number().int().describe('rows read; when truncated, rows may hold fewer'),
      total: z
        .number()
        .int()
        .optional()
        .describe('rows of the whole result, when truncated and known'),
      truncated: z.boolean(),
      truncated_by: z.enum(['rows', 'bytes']).optional(),
      elapsed_ms: z.number(),
      database: z.string().optional(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ query, database: named, max_rows, timeout_ms }, { signal, spool }) {
      const database = named === undefined ? mysql.database : toDatabase(mysql, named);
      const sql = readOnlySql(query);
      const result = await mysql.select(lowerLimit(sql, max_rows + 1), {
        database,
        maxRows: max_rows,
        maxBytes,
        withColumns: true,
        timeoutMs: timeout_ms,
        signal,
        spool,
      });
      const { columns, rows, rowCount, truncatedBy, stored, elapsedMs } = result;
      const cut = { sql, database, result, maxRows: max_rows, signal };
      const head = fitItems(columns, rows.length > 0 ? Infinity : maxBytes);
      const cutBy = head.truncated ? 'bytes' : truncatedBy;
      const note = head.truncated
        ? `These are the first ${head.items.length} of ${columns.length} columns: select fewer.`
        : truncatedBy && (await toCutNote(mysql, cut));
      const answer = {
        columns: head.items,
        rows,
        row_count: rowCount,
        ...(stored?.complete && { total: rowCount }),
        truncated: cutBy !== undefined,
        ...(cutBy && { truncated_by: cutBy }),
        elapsed_ms: elapsedMs,
        ...(database !== undefined && { database }),
        ...(note && { notes: [note] }),
      };
      return stored ? new RichAnswer(answer, { link: toLink(stored) }) : answer;
    },
  });
