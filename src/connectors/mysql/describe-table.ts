import { z } from 'zod';
import { cutText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { databaseArgument, tableArgument } from './arguments.ts';
import type { Mysql } from './connection/mysql.ts';
import { isForgivable } from './errors/is-forgivable.ts';
import { readOnlySql } from './guard/read-only-sql.ts';
import { column, toColumn } from './schema/columns.ts';
import { type ForeignKey, toForeignKeys } from './schema/foreign-keys.ts';
import { type Index, readIndexes } from './schema/indexes.ts';
import { quoteName } from './schema/quote-name.ts';
import {
  type ColumnRow,
  readColumns,
  readForeignKeys,
  readReferences,
  type TableName,
  type TableRow,
  toShown,
} from './schema/schema.ts';
import { readChecks, readDdl, readPartitions } from './schema/table-details.ts';
import { findTable } from './schema/table-name.ts';

const names = z.array(z.string());

/** With more, which `toForeignKey` and `toReference` name: every tool's definition is read with every question. */
const key = z.looseObject({ name: z.string(), columns: names });

export const describeTable = (mysql: Mysql) =>
  defineTool({
    name: 'describe_table',
    description:
      'Show the columns of a table or view, its keys, and its foreign keys in both directions. Use it before joining.',
    input: z.object({
      table: tableArgument,
      database: databaseArgument,
      sample_rows: z.number().int().min(0).max(10).default(0),
      include_ddl: z.boolean().default(false).describe('The CREATE statement'),
    }),
    output: z.object({
      database: z.string(),
      table: z.string(),
      type: z.enum(['table', 'view']),
      comment: z.string().optional(),
      columns: z.array(column),
      primary_key: names,
      unique_keys: z.array(key),
      foreign_keys: z.array(key),
      referenced_by: z.array(key),
      checks: z.array(z.object({ name: z.string(), clause: z.string() })),
      partitions: z
        .object({ method: z.string(), expression: z.string(), count: z.number() })
        .optional(),
      sample: z.array(z.array(z.unknown())).optional().describe('in the order of columns'),
      ddl: z.string().optional(),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ sample_rows, include_ddl, ...args }, { signal }) {
      const [row, { dialect }] = await Promise.all([
        findTable(mysql, args, signal),
        mysql.learn(signal),
      ]);
      const { database, name: table, type, comment } = row;
      const name = { database, table };
      const notes: string[] = [];
      const reads = reader(notes);
      const [columns, outgoing, incoming, indexes, checks, partitions] = await Promise.all([
        readColumns(mysql, database, table, { signal }),
        reads('foreign keys', readForeignKeys(mysql, database, table, { signal })),
        reads('what refers to it', readReferences(mysql, name, { signal, timeoutMs: 5_000 })),
        reads('unique keys', readIndexes(mysql, name, signal)),
        reads('checks', readChecks(mysql, dialect.product, name, signal)),
        reads('partitions', readPartitions(mysql, row, signal)),
      ]);
      const cuts: string[] = [];
      const upTo = fitter(cuts, name);
      const lists = {
        columns: upTo(
          'columns',
          columns.map((column) => toColumn(column, dialect.product)),
          7_000,
        ),
        unique_keys: upTo(
          'unique_keys',
          (indexes ?? []).filter(isUniqueKey).map(toUniqueKey),
          1_000,
        ),
        foreign_keys: upTo('foreign_keys', toForeignKeys(outgoing ?? []).map(toForeignKey), 1_500),
        referenced_by: upTo('referenced_by', toForeignKeys(incoming ?? []).map(toReference), 2_000),
        checks: upTo('checks', checks ?? [], 1_200),
      };
      const seen = columns.slice(0, lists.columns.length);
      const sample =
        sample_rows > 0 &&
        (await reads('sample rows', readSample(mysql, row, seen, sample_rows, signal)));
      const ddl = include_ddl && (await reads('the CREATE statement', readDdl(mysql, row, signal)));
      const described = {
        database: toShown(database),
        table: toShown(table),
        type,
        ...(comment && { comment }),
        columns: lists.columns,
        primary_key: columns.filter(({ key }) => key === 'PRI').map(({ name }) => toShown(name)),
        unique_keys: lists.unique_keys,
        foreign_keys: lists.foreign_keys,
        referenced_by: lists.referenced_by,
        checks: lists.checks,
        ...(partitions && { partitions }),
        ...(sample && { sample }),
        truncated: cuts.length > 0,
        ...(cuts.length + notes.length > 0 && { notes: [...cuts, ...notes] }),
      };
      return { ...described, ...(ddl && { ddl: cutToRest(ddl, described) }) };
    },
  });

/** What the account may not see or what takes too long becomes a note, not the end of the whole answer. */
const reader =
  (notes: string[]) =>
  async <T>(what: string, work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      if (!isForgivable(error)) throw error;
      notes.push(`Not shown: ${what}, because ${error.what}.`);
      return;
    }
  };

/** Cuts lists to their room, and says so for each that it had to cut. */
const fitter =
  (cuts: string[], table: TableName) =>
  <Item>(list: string, all: readonly Item[], room: number): Item[] => {
    const { items, truncated } = fitItems(all, room);
    if (truncated)
      cuts.push(
        `Only ${items.length} of ${all.length} ${list} fit. For the rest: ${wayTo(list, table)}`,
      );
    return items;
  };

/** Where the rest of a list is shown. */
function wayTo(list: string, { database, table }: TableName): string {
  if (list === 'columns')
    return `SELECT column_name, column_type FROM information_schema.columns WHERE table_schema = ${quoteText(database)} AND table_name = ${quoteText(table)}`;
  if (list === 'checks') return 'include_ddl';
  return list === 'unique_keys' ? 'get_table_indexes' : 'list_relationships';
}

const quoteText = (text: string) => `'${toShown(text).replace(/[\\']/g, '\\$&')}'`;

/** By the columns' names, since `*` leaves invisible ones out. */
async function readSample(
  mysql: Mysql,
  { database, name }: TableRow,
  columns: ColumnRow[],
  maxRows: number,
  signal: AbortSignal,
): Promise<unknown[][]> {
  const list = columns.map((column) => quoteName(column.name)).join(', ');
  const sql = readOnlySql(
    `SELECT ${list} FROM ${quoteName(database)}.${quoteName(name)} LIMIT ${maxRows}`,
  );
  const limits = { maxRows, maxBytes: 2_500, maxCell: 200, timeoutMs: 5_000 };
  const { rows } = await mysql.select(sql, { ...limits, signal });
  return rows;
}

const isUniqueKey = ({ unique, primary }: Index) => unique && !primary;

const toUniqueKey = ({ name, columns }: Index) => ({
  name,
  columns: columns.map((column) => column.name ?? column.expression ?? '?'),
});

const toForeignKey = (key: ForeignKey) => ({
  name: toShown(key.name),
  columns: key.columns.map(toShown),
  ref_database: toShown(key.ref_database),
  ref_table: toShown(key.ref_table),
  ref_columns: key.ref_columns.map(toShown),
  on_update: key.on_update,
  on_delete: key.on_delete,
});

const toReference = (key: ForeignKey) => ({
  name: toShown(key.name),
  database: toShown(key.database),
  table: toShown(key.table),
  columns: key.columns.map(toShown),
  ref_columns: key.ref_columns.map(toShown),
});

/** As much of the statement as an answer of 19 kB still has room for. */
function cutToRest(ddl: string, described: object): string {
  const room = 19_000 - Buffer.byteLength(JSON.stringify(described));
  const bytes = Buffer.byteLength(JSON.stringify(ddl));
  return bytes <= room ? ddl : cutText(ddl, Math.floor((ddl.length * room) / bytes) - 40);
}
