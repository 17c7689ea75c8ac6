import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import type { Mysql } from '../connection/mysql.ts';
import { systemSchemas } from '../env.ts';
import { suggestion } from '../errors/explain-names.ts';
import {
  listDatabaseNames,
  listNamesakes,
  listTableNames,
  readTable,
  type TableName,
  type TableRow,
  toComparable,
  toShown,
} from './schema.ts';

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
  return toComparable(meant);
}

/**
 * Looks a table up that somebody named: `orders`, `shop.orders`, either in backticks.
 *
 * A dot may also be part of the name: should `a.b` be no table `b` of `a`, it is looked for as it stands.
 *
 * @throws ToolError `NOT_FOUND` with near names.
 */
export async function findTable(
  mysql: Mysql,
  { table, database }: { table: string; database?: string | undefined },
  signal?: AbortSignal,
): Promise<TableRow> {
  const candidates = toCandidates(mysql, toComparable(table), database);
  for (const candidate of candidates) {
    const found = await readTable(mysql, candidate, signal);
    if (found) return found;
  }
  return refuseTable(mysql, candidates, signal);
}

const quoted = '`((?:[^`]|``)+)`';
const whole = new RegExp(`^${quoted}$`);
const path = new RegExp(`^(?:${quoted}|([^\`.]+))\\.(?:${quoted}|([^\`]+))$`);

/** What the name may mean, the likeliest first. */
function toCandidates(
  mysql: Mysql,
  text: string,
  database: string | undefined,
): [TableName, ...TableName[]] {
  const bare = whole.exec(text)?.[1];
  const plain = bare === undefined ? text : unquote(bare);
  const [, quotedHead, head, quotedTail, tail] = path.exec(text) ?? [];
  const qualifier = head ?? (quotedHead && unquote(quotedHead));
  if (qualifier === undefined) return [{ database: toDatabase(mysql, database), table: plain }];
  const qualified = {
    database: toDatabase(mysql, qualifier),
    table: tail ?? unquote(quotedTail ?? ''),
  };
  const home = database ?? mysql.database;
  if (home === undefined) return [qualified];
  const literal = { database: toDatabase(mysql, home), table: plain };
  return database === undefined ? [qualified, literal] : [literal, qualified];
}

const unquote = (name: string) => name.replaceAll('``', '`');

/** @throws ToolError `NOT_FOUND` with near names when there is no such database. */
export async function requireDatabase(
  mysql: Mysql,
  database: string,
  signal?: AbortSignal,
): Promise<void> {
  const names = await listDatabaseNames(mysql, signal);
  if (!names.includes(database)) refuseDatabase(database, names);
}

function refuseDatabase(database: string, names: string[]): never {
  const what = `there is no database ${outsideText(database, 64)} that the account may see`;
  throw new ToolError('NOT_FOUND', what, { try: suggestion(database, names, 'list_databases') });
}

async function refuseTable(
  mysql: Mysql,
  candidates: [TableName, ...TableName[]],
  signal: AbortSignal | undefined,
): Promise<never> {
  const databases = await listDatabaseNames(mysql, signal);
  const meant = candidates.find(({ database }) => databases.includes(database));
  if (!meant) refuseDatabase(candidates[0].database, databases);
  const { database, table } = meant;
  const [names, elsewhere] = await Promise.all([
    listTableNames(mysql, database, signal),
    listNamesakes(mysql, table, signal),
  ]);
  const what = `there is no table ${outsideText(`${database}.${table}`, 130)} that the account may see`;
  const paths = elsewhere.map(({ database, name }) => `${toShown(database)}.${toShown(name)}`);
  throw new ToolError('NOT_FOUND', what, {
    try: paths.length > 0 ? paths.join(', ') : suggestion(table, names, 'list_tables'),
  });
}
