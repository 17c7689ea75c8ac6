import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument, pageOutput } from '../paging-schemas.ts';
import type { Mysql } from './connection/mysql.ts';
import { toShown } from './schema/schema.ts';
import { type Found, findInSchema, listSchemaNames } from './schema/schema-search.ts';
import { requireDatabase, toDatabase } from './schema/table-name.ts';

const places = ['table', 'column', 'index', 'comment'] as const;

const match = z.object({
  kind: z.enum(['table', 'view', 'column', 'index']),
  database: z.string(),
  table: z.string(),
  name: z.string(),
  type: z.string().optional(),
  comment: z.string().optional(),
  row_count_estimate: z.number().nullable().optional(),
  key: z.string().optional(),
  columns: z.string().optional().describe('of an index'),
});

export const searchSchema = (mysql: Mysql) =>
  defineTool({
    name: 'search_schema',
    description:
      'Find tables, views, columns and indexes by a part of their name or comment, in all databases. Use it when you do not know where something is kept.',
    input: z.object({
      pattern: z.string().min(1).max(100).describe('A part of the name, or a glob such as *_id'),
      in: z
        .array(z.enum(places))
        .min(1)
        .max(4)
        .default([...places]),
      database: z.string().max(64).optional().describe('Default: all'),
      detail: z.enum(['names', 'summary']).default('names'),
      limit: limitArgument(50, 500),
      cursor: cursorArgument,
    }),
    output: z.object({
      matches: z.array(match),
      ...pageOutput,
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const { pattern, detail, limit } = args;
      const database = args.database === undefined ? undefined : toDatabase(mysql, args.database);
      const after = readCursor('search_schema', args, args.cursor);
      const wanted = { pattern, places: args.in, database, after, limit: limit + 1 };
      const found = await findInSchema(mysql, wanted, signal);
      if (found.length === 0 && after === undefined)
        return { matches: [], count: 0, truncated: false, notes: [await nothing()] };
      const { items } = fitItems(
        found.slice(0, limit).map(detail === 'names' ? toName : toSummary),
      );
      const last = found[items.length - 1];
      const truncated = items.length < found.length;
      return {
        matches: items,
        count: items.length,
        truncated,
        ...(truncated && last && { next_cursor: toCursor('search_schema', args, last.place) }),
      };

      async function nothing() {
        if (database !== undefined) await requireDatabase(mysql, database, signal);
        const names = await listSchemaNames(mysql, database, signal);
        const close = nearest(pattern.replaceAll(/[*?]/g, ''), names, 5);
        return close.length > 0
          ? `Nothing matches. Near names: ${close.map(toShown).join(', ')}.`
          : 'Nothing matches, and no name is near; list_tables shows all tables.';
      }
    },
  });

/** A comment is shown where it is what matched. */
const toName = ({ kind, database, table, name, type, comment, by_comment }: Found) => ({
  kind,
  database: toShown(database),
  table: toShown(table),
  name: toShown(name),
  ...(kind === 'column' && { type }),
  ...(by_comment && { comment }),
});

const toSummary = (found: Found) => ({
  ...toName(found),
  ...(found.type && { type: found.type }),
  ...(found.comment && { comment: found.comment }),
  ...(found.kind === 'table' && { row_count_estimate: found.row_count_estimate }),
  ...(found.key && { key: found.key }),
  ...(found.kind === 'index' && { columns: toShown(found.columns ?? '') }),
});
