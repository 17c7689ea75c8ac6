import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { databaseArgument, tableArgument } from './arguments.ts';
import type { Mysql } from './connection/mysql.ts';
import { toIndexNotes } from './schema/index-notes.ts';
import { index, readIndexes } from './schema/indexes.ts';
import { toShown } from './schema/schema.ts';
import { findTable } from './schema/table-name.ts';

export const getTableIndexes = (mysql: Mysql) =>
  defineTool({
    name: 'get_table_indexes',
    description:
      'Show the indexes of a table with their columns in order, and what is odd about them. Use it when a query is slow.',
    input: z.object({ table: tableArgument, database: databaseArgument }),
    output: z.object({
      database: z.string(),
      table: z.string(),
      indexes: z.array(index),
      count: z.number(),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const { database, name: table, type } = await findTable(mysql, args, signal);
      const all = await readIndexes(mysql, { database, table }, signal);
      const { items, truncated } = fitItems(all, 16_000);
      const notes = [
        ...(type === 'view' ? ['A view has no indexes of its own.'] : toIndexNotes(all)),
        ...(truncated ? [`These are ${items.length} of ${all.length} indexes.`] : []),
      ];
      return {
        database: toShown(database),
        table: toShown(table),
        indexes: items,
        count: items.length,
        truncated,
        ...(notes.length > 0 && { notes }),
      };
    },
  });
