import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { outsideText } from '../outside-text.ts';
import { systemSchemas } from './env.ts';
import type { Mysql } from './mysql.ts';
import { readOnlySql } from './read-only-sql.ts';
import { readsOnly } from './reads-only.ts';

const database = z.object({
  name: z.string(),
  charset: z.string(),
  tables: z.number().int().describe('tables and views that the account may see'),
  size_bytes: z.number().describe('an estimate, data and indexes'),
});

const sql = readOnlySql(`
  SELECT s.schema_name AS name, s.default_character_set_name AS charset, COUNT(t.table_name) AS tables,
    COALESCE(SUM(t.data_length + t.index_length), 0) AS size_bytes
  FROM information_schema.schemata s LEFT JOIN information_schema.tables t ON t.table_schema = s.schema_name
  WHERE s.schema_name NOT IN (?) GROUP BY s.schema_name, s.default_character_set_name ORDER BY s.schema_name`);

const row = z.object({
  name: z.string().transform((text) => outsideText(text, 64)),
  charset: z.string(),
  tables: z.coerce.number(),
  size_bytes: z.coerce.number(),
});

export const listDatabases = (mysql: Mysql) =>
  defineTool({
    name: 'list_databases',
    description:
      'List the databases that the account may read, with their number of tables and size.',
    input: z.object({}),
    output: z.object({
      databases: z.array(database),
      count: z.number().int(),
      truncated: z.boolean(),
      default_database: z.string().optional().describe('the one that is meant when none is named'),
    }),
    annotations: readsOnly,
    async run(_args, { signal }) {
      const rows = await mysql.objects(sql, row, { values: [systemSchemas], signal });
      const { items, truncated } = fitItems(rows);
      return {
        databases: items,
        count: items.length,
        truncated,
        ...(mysql.database && { default_database: mysql.database }),
      };
    },
  });
