import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument, pageOutput } from '../paging-schemas.ts';
import { databaseArgument } from './arguments.ts';
import type { Mysql } from './connection/mysql.ts';
import { type ForeignKey, toForeignKeys } from './schema/foreign-keys.ts';
import { quoteName, toName } from './schema/quote-name.ts';
import { toRelationships } from './schema/relationships.ts';
import {
  readAllColumns,
  readForeignKeys,
  readOutsideReferences,
  readTables,
  type TableName,
  type TableRow,
  toShown,
} from './schema/schema.ts';
import { findTable, requireDatabase, toDatabase } from './schema/table-name.ts';

const edge = z.object({
  from: z.string(),
  to: z.string(),
  columns: z.array(z.object({ from: z.string(), to: z.string() })),
  join: z.string().describe('SQL'),
  kind: z.enum(['declared', 'inferred']),
  why: z.string().optional(),
});

export const listRelationships = (mysql: Mysql) =>
  defineTool({
    name: 'list_relationships',
    description:
      'List which columns join which tables: declared foreign keys, and inferred ones, guessed by name and type where nothing is declared. Use it before joining several tables.',
    input: z.object({
      database: databaseArgument,
      tables: z.array(z.string().min(1).max(140)).max(20).optional().describe('Only of these'),
      limit: limitArgument(100, 500),
      cursor: cursorArgument,
    }),
    output: z.object({
      database: z.string(),
      edges: z.array(edge),
      ...pageOutput,
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const after = readCursor('list_relationships', args, args.cursor) ?? '';
      const { database, names } = await toScope(mysql, args, signal);
      const { edges, notes } = await readEdges(mysql, database, signal);
      if (edges.length === 0) await requireDatabase(mysql, database, signal);
      const wanted = edges
        .filter(({ tables }) => !names || tables.some((table) => names.has(toId(table))))
        .filter(({ place }) => place > after)
        .sort((one, other) => (one.place < other.place ? -1 : 1));
      const { items } = fitItems(wanted.slice(0, args.limit).map(toShape));
      const last = wanted[items.length - 1];
      const truncated = items.length < wanted.length;
      return {
        database: toShown(database),
        edges: items,
        count: items.length,
        truncated,
        ...(truncated && last && { next_cursor: toCursor('list_relationships', args, last.place) }),
        ...(notes.length > 0 && { notes }),
      };
    },
  });

/** The database, and which tables are asked about, also of other databases. */
async function toScope(
  mysql: Mysql,
  { database, tables = [] }: { database?: string | undefined; tables?: string[] | undefined },
  signal: AbortSignal,
): Promise<{ database: string; names?: Set<string> }> {
  const found: TableRow[] = [];
  for (const table of tables) found.push(await findTable(mysql, { table, database }, signal));
  const meant = toDatabase(mysql, database ?? toHome(mysql, found));
  if (found.length === 0) return { database: meant };
  const names = found.map(({ database, name }) => toId({ database, table: name }));
  return { database: meant, names: new Set(names) };
}

/** The database whose relationships are meant: the configured one where any of the tables is in it. */
const toHome = (mysql: Mysql, tables: TableRow[]) =>
  tables.some(({ database }) => database === mysql.database) ? mysql.database : tables[0]?.database;

const toId = ({ database, table }: TableName) => JSON.stringify([database, table]);

interface Edge extends z.output<typeof edge> {
  /** Both ends. */
  tables: TableName[];
  /** Where it stands in the order of all: what is declared first, then by the table that refers. */
  place: string;
}

const toShape = ({ tables: _, place: __, ...edge }: Edge) => edge;

const tooMany =
  'The database is too large to be read at once: relationships of some tables are missing. describe_table shows those of one.';

async function readEdges(mysql: Mysql, database: string, signal: AbortSignal) {
  const notes = new Set<string>();
  const options = { signal, onCut: () => void notes.add(tooMany) };
  const [tables, columns, foreignKeys, outside] = await Promise.all([
    readTables(mysql, database, {}, options),
    readAllColumns(mysql, database, options),
    readForeignKeys(mysql, database, undefined, options),
    readOutsideReferences(mysql, database, options),
  ]);
  const { declared, inferred } = toRelationships({ database, tables, columns, foreignKeys });
  const edges = [
    ...[...declared, ...toForeignKeys(outside)].map((key) => toEdge(database, key, 'declared')),
    ...inferred.map(({ table, column, ref_table, ref_column }) => {
      const ref = { ref_database: database, ref_table, ref_columns: [ref_column] };
      const key = { name: column, database, table, columns: [column], ...ref };
      const target = `${toShown(ref_table)}.${toShown(ref_column)}`;
      const why = `${toShown(column)} is named after ${target}, a key of a matching type; nothing declares it`;
      return toEdge(database, key, 'inferred', why);
    }),
  ];
  return { edges, notes: [...notes] };
}

type Key = Omit<ForeignKey, 'on_update' | 'on_delete'>;

function toEdge(home: string, key: Key, kind: Edge['kind'], why?: string): Edge {
  const from = toPath(home, key.database, key.table);
  const to = toPath(home, key.ref_database, key.ref_table);
  const isSelf = from.sql === to.sql; // a table beside itself needs names of its own
  const [left, right] = isSelf ? ['a', 'b'] : [from.sql, to.sql];
  const columns = key.columns.map((column, place) => ({
    from: toShown(column),
    to: toShown(key.ref_columns[place] ?? ''),
  }));
  const reasons = [isSelf && `a and b are both ${from.sql}`, why].filter(Boolean).join('; ');
  return {
    from: from.text,
    to: to.text,
    columns,
    join: columns
      .map((pair) => `${left}.${toName(pair.from)} = ${right}.${toName(pair.to)}`)
      .join(' AND '),
    kind,
    ...(reasons && { why: reasons }),
    tables: [
      { database: key.database, table: key.table },
      { database: key.ref_database, table: key.ref_table },
    ],
    place: JSON.stringify([kind, key.database !== home, key.database, key.table, key.name]),
  };
}

/** Without the database where it is this one. */
function toPath(home: string, database: string, table: string) {
  const path = (database === home ? [table] : [database, table]).map(toShown);
  return { text: path.map(toName).join('.'), sql: path.map(quoteName).join('.') };
}
