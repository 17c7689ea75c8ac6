import { z } from 'zod';
import { outsideText } from '../outside-text.ts';
import { ToolError } from '../tool-error.ts';
import { systemSchemas } from './env.ts';
import { suggestion } from './explain-error.ts';
import type { Mysql } from './mysql.ts';
import { type ReadOnlySql, readOnlySql } from './read-only-sql.ts';

/** Names and comments come from outside: one line, nothing invisible, a bounded length. */
const name = z.string().transform((text) => outsideText(text, 64));
const comment = z
  .string()
  .nullable()
  .transform((text) => outsideText(text ?? '', 300));
const count = z.coerce.number();
const optionalCount = z.union([z.null(), count]);

const tableRow = z.object({
  database: name,
  name,
  type: z
    .string()
    .transform((type) => (type.includes('VIEW') ? ('view' as const) : ('table' as const))),
  engine: z.string().nullable(),
  row_count_estimate: optionalCount,
  data_bytes: optionalCount,
  index_bytes: optionalCount,
  free_bytes: optionalCount,
  auto_increment: z.union([z.null(), z.coerce.string()]),
  created: z.string().nullable(),
  updated: z.string().nullable(),
  comment,
});
export type TableRow = z.output<typeof tableRow>;

const columnRow = z.object({
  table: name,
  name,
  type: z.string().transform((type) => outsideText(type, 200)),
  nullable: z.coerce.number().transform(Boolean),
  default: z.string().nullable(),
  key: z.string(),
  extra: z.string(),
  comment,
});
export type ColumnRow = z.output<typeof columnRow>;

const foreignKeyRow = z.object({
  name,
  database: name,
  table: name,
  column: name,
  ref_database: name,
  ref_table: name,
  ref_column: name,
  on_update: z.string(),
  on_delete: z.string(),
});
export type ForeignKeyRow = z.output<typeof foreignKeyRow>;

const tablesSql = readOnlySql(`
  SELECT table_schema AS \`database\`, table_name AS name, table_type AS type, engine AS engine,
    table_rows AS row_count_estimate, data_length AS data_bytes, index_length AS index_bytes, data_free AS free_bytes,
    \`auto_increment\` AS \`auto_increment\`, create_time AS created, update_time AS updated,
    CASE WHEN table_type LIKE '%VIEW' THEN '' ELSE table_comment END AS comment
  FROM information_schema.tables
  WHERE table_schema IN (?) AND table_name > ? AND table_name LIKE ? AND table_type LIKE ?
  ORDER BY table_schema, table_name LIMIT ?`);

const columnsSelect = `
  SELECT table_name AS \`table\`, column_name AS name, column_type AS type, is_nullable = 'YES' AS nullable,
    column_default AS \`default\`, column_key AS \`key\`, extra AS extra, column_comment AS comment
  FROM information_schema.columns`;

const foreignKeysSelect = `
  SELECT k.constraint_name AS name, k.table_schema AS \`database\`, k.table_name AS \`table\`,
    k.column_name AS \`column\`, k.referenced_table_schema AS ref_database, k.referenced_table_name AS ref_table,
    k.referenced_column_name AS ref_column, r.update_rule AS on_update, r.delete_rule AS on_delete
  FROM information_schema.key_column_usage k
  JOIN information_schema.referential_constraints r
    ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
    AND r.table_name = k.table_name`;

// `table_name = ?` lets the servers look at one table instead of opening all.
const columnsOf = {
  table: readOnlySql(
    `${columnsSelect} WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position`,
  ),
  database: readOnlySql(
    `${columnsSelect} WHERE table_schema = ? ORDER BY table_name, ordinal_position`,
  ),
};
const foreignKeysOf = {
  table: readOnlySql(`${foreignKeysSelect}
    WHERE k.table_schema = ? AND k.table_name = ? AND k.referenced_table_name IS NOT NULL
    ORDER BY k.constraint_name, k.ordinal_position`),
  database: readOnlySql(`${foreignKeysSelect}
    WHERE k.table_schema = ? AND k.referenced_table_name IS NOT NULL
    ORDER BY k.table_name, k.constraint_name, k.ordinal_position`),
};
const referencesSql = readOnlySql(`${foreignKeysSelect}
  WHERE k.referenced_table_schema = ? AND k.referenced_table_name = ?
  ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position`);

const databasesSql = readOnlySql(
  'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name NOT IN (?) ORDER BY schema_name',
);

/** The databases that hold data and that the account may see. */
export async function listDatabaseNames(mysql: Mysql, signal?: AbortSignal): Promise<string[]> {
  const rows = await mysql.objects(databasesSql, z.object({ name: z.string() }), {
    values: [systemSchemas],
    signal,
  });
  return rows.map((row) => row.name);
}

/** Which tables are looked for. `pattern` is a glob; `after` the name where the last page ended. */
export interface TableFilter {
  pattern?: string | undefined;
  type?: 'all' | 'table' | 'view' | undefined;
  after?: string | undefined;
  limit?: number | undefined;
}

/** Tables and views with what the server estimates of them. */
export const readTables = (
  mysql: Mysql,
  databases: string[],
  { pattern, type = 'all', after = '', limit = 5_000 }: TableFilter = {},
  signal?: AbortSignal,
) =>
  mysql.objects(tablesSql, tableRow, {
    values: [databases, after, toLike(pattern ?? '*'), likeType[type], limit],
    signal,
  });

const likeType = { all: '%', table: '%TABLE', view: '%VIEW' };

/** Reads rows about one table, or about all tables of the database. */
const readerOf =
  <Row extends z.ZodType>(sql: { database: ReadOnlySql; table: ReadOnlySql }, row: Row) =>
  (mysql: Mysql, database: string, table?: string, signal?: AbortSignal) =>
    table === undefined
      ? mysql.objects(sql.database, row, { values: [database], signal })
      : mysql.objects(sql.table, row, { values: [database, table], signal });

/** The columns of one table, or of all. */
export const readColumns = readerOf(columnsOf, columnRow);

/** The foreign keys of one table, or of all: one row for each column. */
export const readForeignKeys = readerOf(foreignKeysOf, foreignKeyRow);

/** The foreign keys of other tables that point to this one. */
export const readReferences = (
  mysql: Mysql,
  database: string,
  table: string,
  signal?: AbortSignal,
) => mysql.objects(referencesSql, foreignKeyRow, { values: [database, table], signal });

/** A glob as a LIKE pattern. */
const toLike = (glob: string) =>
  glob
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');

/** A table somebody named, with its database: `orders` or `shop.orders`. */
export interface TableName {
  database: string;
  table: string;
}

/**
 * The database that is meant.
 *
 * @throws ToolError when none is named or configured, or it belongs to the server itself.
 */
export function toDatabase(mysql: Mysql, database: string | undefined): string {
  const meant = database ?? mysql.database;
  if (!meant)
    throw new ToolError('INVALID_ARGUMENT', 'no database was named', {
      try: 'the argument database; list_databases shows what there is',
    });
  if (systemSchemas.includes(meant.toLowerCase()))
    throw new ToolError('REFUSED', `${meant} belongs to the server itself`, {
      try: 'a database of list_databases; queries may read information_schema.tables and .columns by that name',
    });
  return meant;
}

/** `shop.orders` names its database itself. */
export function toTableName(mysql: Mysql, table: string, database?: string): TableName {
  const [, qualifier, bare] = /^`?([^`.]+)`?\.`?([^`.]+)`?$/.exec(table) ?? [];
  if (database === undefined && qualifier && bare)
    return { database: toDatabase(mysql, qualifier), table: bare };
  return { database: toDatabase(mysql, database), table };
}

/** @throws ToolError `NOT_FOUND` with near names when there is no such database. */
export async function requireDatabase(mysql: Mysql, database: string, signal?: AbortSignal) {
  const names = await listDatabaseNames(mysql, signal);
  if (names.some((name) => name.toLowerCase() === database.toLowerCase())) return;
  throw new ToolError('NOT_FOUND', `there is no database ${outsideText(database, 64)}`, {
    try: suggestion(database, names, 'list_databases'),
  });
}

/** What to say when a table showed no columns. Always throws. */
export async function refuseTable(
  mysql: Mysql,
  { database, table }: TableName,
  signal?: AbortSignal,
): Promise<never> {
  await requireDatabase(mysql, database, signal);
  const tables = await readTables(mysql, [database], {}, signal);
  const names = tables.map(({ name }) => name);
  throw new ToolError(
    'NOT_FOUND',
    `there is no table ${outsideText(`${database}.${table}`, 130)}`,
    {
      try: suggestion(table, names, 'list_tables'),
    },
  );
}
