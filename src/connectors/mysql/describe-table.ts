import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { toForeignKeys } from './foreign-keys.ts';
import type { Mysql } from './mysql.ts';
import { readOnlySql } from './read-only-sql.ts';
import { readsOnly } from './reads-only.ts';
import {
  readColumns,
  readForeignKeys,
  readReferences,
  refuseTable,
  toTableName,
} from './schema.ts';
import { quoteName } from './sessions.ts';

const column = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  default: z.string().nullable(),
  key: z.string().optional().describe('PRI, UNI or MUL'),
  extra: z.string().optional(),
  comment: z.string().optional(),
});

const foreignKey = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  ref_database: z.string(),
  ref_table: z.string(),
  ref_columns: z.array(z.string()),
  on_update: z.string(),
  on_delete: z.string(),
});

const reference = z.object({
  name: z.string(),
  database: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  ref_columns: z.array(z.string()).describe('columns of the described table'),
});

export const describeTable = (mysql: Mysql) =>
  defineTool({
    name: 'describe_table',
    description:
      'Show the columns of a table or view, its primary key, and its foreign keys in both directions: what it refers to and what refers to it. Use it before joining.',
    input: z.object({
      table: z.string().min(1).max(130).describe('A name, or database.name'),
      database: z.string().min(1).max(64).optional().describe('Default: the configured database'),
      sample_rows: z.number().int().min(0).max(10).default(0).describe('Rows to show as examples'),
    }),
    output: z.object({
      database: z.string(),
      table: z.string(),
      columns: z.array(column),
      primary_key: z.array(z.string()),
      foreign_keys: z.array(foreignKey),
      referenced_by: z.array(reference),
      sample: z.array(z.array(z.unknown())).optional().describe('in the order of the columns'),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ table: wanted, database: named, sample_rows }, { signal }) {
      const name = toTableName(mysql, wanted, named);
      const { database, table } = name;
      const [columns, outgoing, incoming] = await Promise.all([
        readColumns(mysql, database, table, signal),
        readForeignKeys(mysql, database, table, signal),
        readReferences(mysql, database, table, signal),
      ]);
      if (columns.length === 0) return refuseTable(mysql, name, signal);
      const shown = fitItems(columns.map(toColumn), 10_000);
      const foreignKeys = fitItems(
        toForeignKeys(outgoing).map(({ database: _, table: __, ...key }) => key),
        2_000,
      );
      const references = fitItems(toForeignKeys(incoming).map(toReference), 3_000);
      const truncated = shown.truncated || foreignKeys.truncated || references.truncated;
      const sample = sample_rows > 0 && (await readSample(mysql, name, sample_rows, signal));
      return {
        database,
        table,
        columns: shown.items,
        primary_key: columns.filter(({ key }) => key === 'PRI').map(({ name }) => name),
        foreign_keys: foreignKeys.items,
        referenced_by: references.items,
        ...(sample && { sample }),
        truncated,
        ...(truncated && { notes: [tooMuch(columns.length, database, table)] }),
      };
    },
  });

const tooMuch = (columns: number, database: string, table: string) =>
  `Not everything fits (the table has ${columns} columns). For the rest: SELECT column_name, column_type FROM information_schema.columns WHERE table_schema = '${database}' AND table_name = '${table}'`;

const readSample = async (
  mysql: Mysql,
  { database, table }: { database: string; table: string },
  maxRows: number,
  signal: AbortSignal,
) => {
  const sql = readOnlySql(
    `SELECT * FROM ${quoteName(database)}.${quoteName(table)} LIMIT ${maxRows}`,
  );
  const { rows } = await mysql.select(sql, { maxRows, maxBytes: 3_000, maxCell: 200, signal });
  return rows;
};

type Described = Awaited<ReturnType<typeof readColumns>>[number];

const toColumn = ({ name, type, nullable, key, extra, comment, ...row }: Described) => ({
  name,
  type,
  nullable,
  default: row.default === 'NULL' ? null : row.default, // MariaDB writes it as an expression
  ...(key && { key }),
  ...(extra && { extra }),
  ...(comment && { comment }),
});

const toReference = ({
  name,
  database,
  table,
  columns,
  ref_columns,
}: ReturnType<typeof toForeignKeys>[number]) => ({
  name,
  database,
  table,
  columns,
  ref_columns,
});
