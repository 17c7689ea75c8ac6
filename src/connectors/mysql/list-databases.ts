import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import type { Mysql } from './connection/mysql.ts';
import { systemSchemas } from './env.ts';
import { readOnlySql } from './guard/read-only-sql.ts';
import { toLike, toShown } from './schema/schema.ts';

const database = z.object({
  name: z.string(),
  charset: z.string(),
  collation: z.string(),
  tables: z.number(),
  size_bytes: z.number().describe('data and indexes, an estimate'),
});

const sql = readOnlySql(`
  SELECT s.schema_name AS name, s.default_character_set_name AS charset, s.default_collation_name AS collation,
    COUNT(t.table_name) AS tables, COALESCE(SUM(t.data_length + t.index_length), 0) AS size_bytes
  FROM information_schema.schemata s LEFT JOIN information_schema.tables t
    ON t.table_schema = s.schema_name AND t.table_type <> 'SEQUENCE'
  WHERE s.schema_name NOT IN (?) AND LOWER(s.schema_name) LIKE LOWER(?)
  GROUP BY s.schema_name, s.default_character_set_name, s.default_collation_name ORDER BY s.schema_name`);

const row = z.object({
  name: z.string().transform(toShown),
  charset: z.string(),
  collation: z.string(),
  tables: z.coerce.number(),
  size_bytes: z.coerce.number(),
});

export const listDatabases = (mysql: Mysql) =>
  defineTool({
    name: 'list_databases',
    description: 'List the databases that the account may read, with their sizes.',
    input: z.object({
      pattern: z.string().max(64).optional().describe('e.g. shop*'),
      include_system: z.boolean().default(false).describe("Also the server's own"),
    }),
    output: z.object({
      databases: z.array(database),
      count: z.number(),
      truncated: z.boolean(),
      default_database: z.string().optional(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ pattern = '*', include_system }, { signal }) {
      const hidden = include_system ? [''] : systemSchemas;
      const rows = await mysql.objects(sql, row, { values: [hidden, toLike(pattern)], signal });
      const { items, truncated } = fitItems(rows);
      return {
        databases: items,
        count: items.length,
        truncated,
        ...(mysql.database && { default_database: mysql.database }),
        ...(truncated && { notes: [`These are ${items.length} of ${rows.length}: use pattern.`] }),
      };
    },
  });
