import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import type { Mysql } from '../connection/mysql.ts';
import { systemSchemas } from '../env.ts';
import { readOnlySql } from '../guard/read-only-sql.ts';
import { toLike } from './schema.ts';

const found = z.object({
  /** Where it stands in the order of all: database, table, kind, name. */
  place: z.string(),
  kind: z
    .string()
    .transform((kind) => (kind.includes('VIEW') ? 'view' : kind))
    .pipe(z.enum(['table', 'view', 'column', 'index']).catch('table')),
  database: z.string(),
  table: z.string(),
  name: z.string(),
  type: z
    .string()
    .nullable()
    .transform((type) => outsideText(type ?? '', 100)),
  comment: z
    .string()
    .nullable()
    .transform((comment) => outsideText(comment ?? '', 200)),
  /** Whether its comment is what matched, rather than its name. */
  by_comment: z.coerce.number().transform(Boolean),
  row_count_estimate: z.union([z.null(), z.coerce.number()]),
  key: z.string(),
  columns: z.string().nullable(),
});

/** A table, view, column or index that was found. */
export type Found = z.output<typeof found>;

export interface SchemaSearch {
  /** A glob, or a part of the name where it holds neither `*` nor `?`. */
  pattern: string;
  places: readonly ('table' | 'column' | 'index' | 'comment')[];
  /** Default: all but the server's own. */
  database: string | undefined;
  /** The place of the last one of the page before. */
  after: string | undefined;
  limit: number;
}

/** In one character set and collation: columns of different ones cannot stand below one another in a UNION. */
const text = (expression: string) => `CONVERT(${expression} USING utf8mb4)`;

/** Where a thing stands, and of which table it is; `\0` is in no name. */
const toPlace = (kind: 0 | 1 | 2, name: string) => `
    CONCAT_WS('\\0', ${text('table_schema')}, ${text('table_name')}, '${kind}', ${text(name)}) AS place,
    ${text('table_schema')} AS \`database\`, ${text('table_name')} AS \`table\`, ${text(name)} AS name,
    NOT (? AND LOWER(${name}) LIKE LOWER(?)) AS by_comment`;

const isWanted = (name: string, comment: string) => `(? OR ?) AND
    ((? AND LOWER(${name}) LIKE LOWER(?)) OR (? AND LOWER(${comment}) LIKE LOWER(?)))`;

const tableComment = "CASE WHEN table_type LIKE '%VIEW' THEN '' ELSE table_comment END";
const indexType = "CONCAT(CASE MIN(non_unique) WHEN 0 THEN 'unique ' ELSE '' END, MIN(index_type))";
const indexColumns = "GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ', ')";

/** A part that is not wanted costs nothing: `WHERE (0 OR 0) AND …`. */
const toSql = (where: string) =>
  readOnlySql(`
  SELECT * FROM (
    SELECT ${toPlace(0, 'table_name')}, ${text('table_type')} AS kind, ${text('engine')} AS type,
      ${text(tableComment)} AS comment, table_rows AS row_count_estimate, '' AS \`key\`, '' AS \`columns\`
    FROM information_schema.tables
    WHERE ${where} AND table_type <> 'SEQUENCE' AND ${isWanted('table_name', tableComment)}
    UNION ALL
    SELECT ${toPlace(1, 'column_name')}, 'column', ${text('column_type')},
      ${text('column_comment')}, NULL, ${text('column_key')}, ''
    FROM information_schema.columns
    WHERE ${where} AND ${isWanted('column_name', 'column_comment')}
    UNION ALL
    SELECT ${toPlace(2, 'index_name')}, 'index', ${text(indexType)},
      ${text('MIN(index_comment)')}, NULL, '', ${text(indexColumns)}
    FROM information_schema.statistics
    WHERE ${where} AND ${isWanted('index_name', 'index_comment')}
    GROUP BY table_schema, table_name, index_name
  ) AS found
  WHERE CAST(place AS BINARY) > ? ORDER BY CAST(place AS BINARY) LIMIT ?`);

const searchIn = {
  one: toSql('table_schema = ?'),
  all: toSql('table_schema NOT IN (?)'),
};

/** What matches, in the order of its place. */
export function findInSchema(
  mysql: Mysql,
  { pattern, places, database, after = '', limit }: SchemaSearch,
  signal?: AbortSignal,
): Promise<Found[]> {
  const like = /[*?]/.test(pattern) ? toLike(pattern) : `%${toLike(pattern)}%`;
  const where = database ?? systemSchemas;
  const inComments = places.includes('comment');
  const valuesOf = (place: 'table' | 'column' | 'index') => {
    const inNames = places.includes(place);
    return [inNames, like, where, inNames, inComments, inNames, like, inComments, like];
  };
  const values = [...valuesOf('table'), ...valuesOf('column'), ...valuesOf('index'), after, limit];
  return mysql.objects(database === undefined ? searchIn.all : searchIn.one, found, {
    values,
    signal,
  });
}

const toNamesSql = (where: string) =>
  readOnlySql(`SELECT ${text('table_name')} AS name FROM information_schema.tables WHERE ${where}
    UNION SELECT ${text('column_name')} FROM information_schema.columns WHERE ${where} LIMIT 20000`);

const namesIn = { one: toNamesSql('table_schema = ?'), all: toNamesSql('table_schema NOT IN (?)') };

/** The names of all tables and columns, each once, at most 20,000. */
export function listSchemaNames(
  mysql: Mysql,
  database: string | undefined,
  signal?: AbortSignal,
): Promise<string[]> {
  const where = database ?? systemSchemas;
  const row = z.object({ name: z.string() }).transform(({ name }) => name);
  const sql = database === undefined ? namesIn.all : namesIn.one;
  return mysql.objects(sql, row, { values: [where, where], signal });
}
