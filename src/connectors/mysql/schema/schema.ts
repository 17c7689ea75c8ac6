import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import type { Mysql, ObjectsOptions } from '../connection/mysql.ts';
import { systemSchemas } from '../env.ts';
import { type ReadOnlySql, readOnlySql } from '../guard/read-only-sql.ts';

/** Names are as the server spells them: `toShown` makes them fit to be shown. */
const name = z.string();
/** Comments come from outside: one line, nothing invisible, a bounded length. */
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
  avg_row_bytes: optionalCount,
  auto_increment: z.union([z.null(), z.coerce.string()]),
  created: z.string().nullable(),
  updated: z.string().nullable(),
  is_partitioned: count.transform(Boolean),
  comment,
});
export type TableRow = z.output<typeof tableRow>;

const columnRow = z.object({
  table: name,
  name,
  type: z.string().transform((type) => outsideText(type, 200)),
  nullable: count.transform(Boolean),
  default: z.string().nullable(),
  /** `PRI`, `UNI` (unique by itself), `MUL` (first of some index) or nothing. */
  key: z.string(),
  extra: z.string(),
  generated: z.string().nullable(),
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

/** A name that came from outside, on one line and with nothing invisible in it. */
export const toShown = (name: string) => outsideText(name, 64);

/** Sequences count as no tables: nobody asks for their rows. */
const tablesSelect = `
  SELECT table_schema AS \`database\`, table_name AS name, table_type AS type, engine AS engine,
    table_rows AS row_count_estimate, data_length AS data_bytes, index_length AS index_bytes, data_free AS free_bytes,
    avg_row_length AS avg_row_bytes, \`auto_increment\` AS \`auto_increment\`, create_time AS created,
    update_time AS updated, COALESCE(create_options LIKE '%partitioned%', 0) AS is_partitioned,
    CASE WHEN table_type LIKE '%VIEW' THEN '' ELSE table_comment END AS comment
  FROM information_schema.tables
  WHERE table_type <> 'SEQUENCE' AND table_schema = ?`;

// Names are compared byte by byte: two of them may differ in case only, and no page may leave one out.
const tablesOf = {
  table: readOnlySql(`${tablesSelect} AND table_name = ?`),
  database: readOnlySql(`${tablesSelect} AND CAST(table_name AS BINARY) > ?
    AND LOWER(table_name) LIKE LOWER(?) AND (table_type LIKE '%VIEW') IN (?)
    ORDER BY CAST(table_name AS BINARY) LIMIT ?`),
};

const tableNamesSql = readOnlySql(`SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = ? ORDER BY CAST(table_name AS BINARY) LIMIT 20000`);

const namesakesSql = readOnlySql(`SELECT table_schema AS \`database\`, table_name AS name
  FROM information_schema.tables WHERE table_name = ? AND table_schema NOT IN (?)
  ORDER BY table_schema LIMIT 3`);

const columnsSelect = `
  SELECT table_name AS \`table\`, column_name AS name, column_type AS type, is_nullable = 'YES' AS nullable,
    column_default AS \`default\`, column_key AS \`key\`, extra AS extra, generation_expression AS \`generated\`,
    column_comment AS comment
  FROM information_schema.columns`;

// `table_name = ?` lets the servers look at one table instead of opening all.
const columnsOf = {
  table: readOnlySql(
    `${columnsSelect} WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position`,
  ),
  database: readOnlySql(
    `${columnsSelect} WHERE table_schema = ? ORDER BY CAST(table_name AS BINARY), ordinal_position`,
  ),
};

// What a key does on changes is hidden from accounts that may only SELECT; that there is one is not.
const foreignKeysSelect = `
  SELECT k.constraint_name AS name, k.table_schema AS \`database\`, k.table_name AS \`table\`,
    k.column_name AS \`column\`, k.referenced_table_schema AS ref_database, k.referenced_table_name AS ref_table,
    k.referenced_column_name AS ref_column, COALESCE(r.update_rule, 'unknown') AS on_update,
    COALESCE(r.delete_rule, 'unknown') AS on_delete
  FROM information_schema.key_column_usage k
  LEFT JOIN information_schema.referential_constraints r
    ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
    AND r.table_name = k.table_name
  WHERE k.referenced_table_name IS NOT NULL`;
const keyOrder =
  'ORDER BY k.table_schema, CAST(k.table_name AS BINARY), k.constraint_name, k.ordinal_position';

const foreignKeysOf = {
  table: readOnlySql(
    `${foreignKeysSelect} AND k.table_schema = ? AND k.table_name = ? ${keyOrder}`,
  ),
  database: readOnlySql(`${foreignKeysSelect} AND k.table_schema = ? ${keyOrder}`),
};
const referencesTo = {
  table: readOnlySql(`${foreignKeysSelect} AND k.referenced_table_schema = ?
    AND k.referenced_table_name = ?
    AND (@@lower_case_table_names > 0 OR CAST(k.referenced_table_name AS BINARY) = ?) ${keyOrder}`),
  database:
    readOnlySql(`${foreignKeysSelect} AND k.referenced_table_schema = ? AND k.table_schema <> ?
    ${keyOrder}`),
};

const databasesSql = readOnlySql(
  'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name NOT IN (?) ORDER BY schema_name LIMIT 20000',
);

const nameRow = z.object({ name }).transform(({ name }) => name);

/** The databases that hold data and that the account may see, at most 20,000. */
export const listDatabaseNames = (mysql: Mysql, signal?: AbortSignal): Promise<string[]> =>
  mysql.objects(databasesSql, nameRow, { values: [systemSchemas], signal });

/** The names of a database's tables, views and sequences, at most 20,000. */
export const listTableNames = (mysql: Mysql, database: string, signal?: AbortSignal) =>
  mysql.objects(tableNamesSql, nameRow, { values: [database], signal });

/** Tables of any database with this name, at most three. */
export const listNamesakes = (mysql: Mysql, table: string, signal?: AbortSignal) =>
  mysql.objects(namesakesSql, z.object({ database: name, name }), {
    values: [table, systemSchemas],
    signal,
  });

/** Which tables are looked for. `pattern` is a glob; `after` the name where the last page ended. */
export interface TableFilter {
  pattern?: string | undefined;
  type?: 'all' | 'table' | 'view' | undefined;
  after?: string | undefined;
  limit?: number | undefined;
}

/** How a schema is read. */
export type ReadOptions = Pick<ObjectsOptions, 'signal' | 'timeoutMs' | 'onCut'>;

/** Past the most rows that are read at once, so that a cut is noticed. */
const noLimit = 1_000_000;

/** Tables and views, by name, with what the server estimates of them. */
export const readTables = (
  mysql: Mysql,
  database: string,
  { pattern = '*', type = 'all', after = '', limit = noLimit }: TableFilter,
  options: ReadOptions,
) =>
  mysql.objects(tablesOf.database, tableRow, {
    values: [database, after, toLike(pattern), isView[type], limit],
    ...options,
  });

const isView = { all: [0, 1], table: [0], view: [1] };

/** A table or view by its exact name, if the account may see it. */
export async function readTable(
  mysql: Mysql,
  { database, table }: TableName,
  signal?: AbortSignal,
): Promise<TableRow | undefined> {
  const [row] = await mysql.objects(tablesOf.table, tableRow, {
    values: [database, table],
    signal,
  });
  return row;
}

/** A table and its database. */
export interface TableName {
  database: string;
  table: string;
}

/** Reads rows about one table, or about all tables of the database. */
const readerOf =
  <Row extends z.ZodType>(sql: { database: ReadOnlySql; table: ReadOnlySql }, row: Row) =>
  (mysql: Mysql, database: string, table: string | undefined, options: ReadOptions) =>
    table === undefined
      ? mysql.objects(sql.database, row, { values: [database], ...options })
      : mysql.objects(sql.table, row, { values: [database, table], ...options });

/** The columns of one table, or of all. */
export const readColumns = readerOf(columnsOf, columnRow);

/**
 * The columns of all tables. When that are too many, they end with a table of which all are there.
 *
 * @param onCut told that tables are missing at the end of the order by name
 */
export async function readAllColumns(
  mysql: Mysql,
  database: string,
  { onCut, ...options }: ReadOptions & { onCut(): void },
): Promise<ColumnRow[]> {
  let isCut = false;
  const noticeCut = () => {
    isCut = true;
    onCut();
  };
  const columns = await readColumns(mysql, database, undefined, { ...options, onCut: noticeCut });
  const last = columns.at(-1)?.table;
  return isCut ? columns.filter(({ table }) => table !== last) : columns;
}

/** The foreign keys of one table, or of all: one row for each column. */
export const readForeignKeys = readerOf(foreignKeysOf, foreignKeyRow);

/** The foreign keys of any database that point to this table. */
export const readReferences = (
  mysql: Mysql,
  { database, table }: TableName,
  options: ReadOptions,
) =>
  mysql.objects(referencesTo.table, foreignKeyRow, {
    values: [database, table, table],
    ...options,
  });

/** The foreign keys of other databases that point to tables of this one. */
export const readOutsideReferences = (mysql: Mysql, database: string, options: ReadOptions) =>
  mysql.objects(referencesTo.database, foreignKeyRow, { values: [database, database], ...options });

/** No name has a character beyond the basic plane, and the servers refuse to compare names with one. */
export const toComparable = (text: string) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd');

/** A glob (`*` and `?`) as a LIKE pattern; an empty one is none. */
export const toLike = (glob: string) =>
  toComparable(glob || '*')
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
