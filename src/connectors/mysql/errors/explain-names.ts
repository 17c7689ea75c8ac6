import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { readOnlySql } from '../guard/read-only-sql.ts';
import { lexSql } from '../guard/sql-lexer.ts';
import type { Explanation, Failure } from './explain-error.ts';

/** Names the tables of the database that are nearest to the one that is not there. */
export async function explainTable(message: string, { mysql }: Failure): Promise<Explanation> {
  const [, database = '', table = ''] = /^Table '(.*?)\.(.*)' doesn't exist/.exec(message) ?? [];
  const tables = await mysql.objects(tablesOf, named, { values: [database], onCut });
  return {
    code: 'NOT_FOUND',
    what: `there is no table ${outsideText(`${database}.${table}`, 140)}`,
    try: suggestion(table, tables, 'list_tables'),
  };
}

/** Names the columns nearest to the one that is not there, among those of all tables that the statement mentions. */
export async function explainColumn(
  message: string,
  { mysql, sql, database = mysql.database }: Failure,
): Promise<Explanation> {
  const column = /^Unknown column '(.*?)' in/.exec(message)?.[1] ?? '';
  const words = [
    ...new Set(
      lexSql(sql)
        .filter(isName)
        .map(({ text }) => bare(text)),
    ),
  ].slice(0, 200);
  const options = { values: [database ?? '', words, words], maxRows: 2_000, onCut };
  const columns = await mysql.objects(columnsOf, named, options);
  return {
    code: 'NOT_FOUND',
    what: `there is no column ${outsideText(column, 140)}`,
    try: suggestion(column.split('.').at(-1) ?? '', columns, 'describe_table'),
  };
}

/** Names the databases nearest to the one that is not there. */
export async function explainDatabase(message: string, { mysql }: Failure): Promise<Explanation> {
  const database = /^(?:Unknown database|Incorrect database name) '(.*)'/.exec(message)?.[1] ?? '';
  // The configured database may be the one that is missing, and then nothing can be asked.
  const databases =
    database === mysql.database ? [] : await mysql.objects(allDatabases, named, { onCut });
  return {
    code: 'NOT_FOUND',
    what: `there is no database ${outsideText(database, 80)}`,
    try: suggestion(database, databases, 'list_databases'),
  };
}

/** Names the indexes of the table that a hint in the statement is about. */
export async function explainIndex(message: string, { mysql }: Failure): Promise<Explanation> {
  const [, index = '', table = ''] =
    /^Key '(.*)' doesn't exist in table '(.*)'/.exec(message) ?? [];
  const options = { values: [mysql.database ?? '', table] };
  const indexes = await mysql.objects(indexesOf, named, options);
  return {
    code: 'NOT_FOUND',
    what: `there is no index ${outsideText(index, 80)} on ${outsideText(table, 80)}`,
    try: suggestion(index, indexes, 'get_table_indexes'),
  };
}

/** A few near names; else all, when they are few; else the tool that lists them. */
export function suggestion(wanted: string, names: string[], tool: string): string {
  const close = nearest(wanted, names);
  const offered = close.length > 0 ? close : names.length <= 20 ? names : [];
  const list = offered.map((name) => outsideText(name, 64)).join(', ');
  if (list && close.length === 0) return `${list}`;
  return list ? `${list} (${tool} shows all)` : tool;
}

/** For near names the first ones have to do. */
const onCut = () => {};

const named = z.object({ name: z.string() }).transform(({ name }) => name);

const tablesOf = readOnlySql(
  'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? ORDER BY name',
);
const columnsOf = readOnlySql(
  'SELECT DISTINCT column_name AS name FROM information_schema.columns WHERE (table_schema = ? OR table_schema IN (?)) AND table_name IN (?)',
);
const allDatabases = readOnlySql('SELECT schema_name AS name FROM information_schema.schemata');
const indexesOf = readOnlySql(
  'SELECT DISTINCT index_name AS name FROM information_schema.statistics WHERE table_schema = ? AND table_name = ?',
);

const isName = ({ type }: { type: string }) => type === 'word' || type === 'quoted';
const bare = (text: string) =>
  text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text;
