import { z } from 'zod';
import type { Column } from './connection/cells.ts';
import type { Mysql } from './connection/mysql.ts';
import type { Rows } from './connection/read-rows.ts';
import { type PlainSelect, toPlainSelect } from './guard/plain-select.ts';
import { readOnlySql } from './guard/read-only-sql.ts';
import { quoteName } from './schema/quote-name.ts';

/** The most rows that one call reads. */
export const mostRows = 50_000;

/** What was asked, and what came. */
export interface CutResult {
  sql: string;
  database: string | undefined;
  result: Rows;
  maxRows: number;
  signal: AbortSignal;
}

/** Says what a cut answer holds and how to see the rest: by the table's key, as far as that is sure to miss no row. */
export async function toCutNote(mysql: Mysql, cut: CutResult): Promise<string> {
  const { rows, truncatedBy, lost } = cut.result;
  if (rows.length === 0)
    return 'The first row alone is too large for an answer. Select fewer columns, or parts of long ones with LEFT(column, 200).';
  const byKey = await toKeyset(mysql, cut).catch(() => undefined);
  const isQuery = !/^\s*(?:SHOW|DESC|DESCRIBE|EXPLAIN|ANALYZE)\b/i.test(cut.sql);
  const ways = [
    ...(isQuery
      ? [byKey ?? 'ORDER BY a unique key and add WHERE key > its last value', 'aggregate']
      : []),
    truncatedBy === 'rows' && cut.maxRows < mostRows
      ? `raise max_rows (at most ${mostRows})`
      : 'select fewer columns',
  ];
  return [
    toExtent(cut.result),
    ...(lost ? ['What does not fit could not be kept aside.'] : []),
    `To go on: ${ways.join(', or ')}.`,
  ].join(' ');
}

/** How many of how many rows the answer holds. */
function toExtent({ rows, rowCount, truncatedBy, stored }: Rows): string {
  const isMore = truncatedBy === 'rows' || !stored?.complete;
  if (!isMore) return `The first ${rows.length} of ${rowCount} rows: an answer holds 20 kB.`;
  if (rowCount > rows.length)
    return `The first ${rows.length} rows of more than ${rowCount}: an answer holds 20 kB.`;
  return truncatedBy === 'rows'
    ? `Rows cut at ${rows.length}: there are more.`
    : `The first ${rows.length} rows, there are more: an answer holds 20 kB.`;
}

/** How to go on by a key of one column, when the query is one that this surely continues. */
async function toKeyset(mysql: Mysql, cut: CutResult): Promise<string | undefined> {
  const { columns, sources, rows } = cut.result;
  const plain = toPlainSelect(cut.sql);
  const database = plain?.database ?? cut.database;
  if (!plain || !database) return;
  const isSelected = (name: string) =>
    columns.some((column, i) => column.name === name && sources[i] === name);
  const wanted = ({ name }: { name: string }) =>
    isSelected(name) && (!plain.order || same(plain.order.column, name));
  const keys = await readKeys(mysql, { ...plain, database }, cut.signal);
  const key = keys.find(wanted);
  if (!key) return;
  const index = columns.findIndex(({ name }) => name === key.name);
  const name = /^[A-Za-z_]\w*$/.test(key.name) ? key.name : quoteName(key.name);
  // Behind an OR, a bare AND would mean something else.
  const where = plain.isFiltered ? 'let WHERE be (what it is now) AND' : 'add WHERE';
  if (!plain.order)
    return `run it again with ORDER BY ${name} and then ${where} ${name} > its last value`;
  const last = toLiteral(columns[index], rows.at(-1)?.[index]);
  const sign = plain.order.descending ? '<' : '>';
  return (
    last &&
    `${where} ${name} ${sign} ${last} and keep ORDER BY ${name}${plain.order.descending ? ' DESC' : ''}`
  );
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const keysSql =
  readOnlySql(`SELECT column_name AS name, column_key AS \`key\` FROM information_schema.columns
  WHERE table_schema = ? AND table_name = ? AND (column_key = 'PRI' OR column_key = 'UNI' AND is_nullable = 'NO')`);
const keyRow = z.object({ name: z.string(), key: z.string() });

/** The columns that are unique by themselves and never NULL, the primary key first. */
async function readKeys(
  mysql: Mysql,
  { database, table }: PlainSelect & { database: string },
  signal: AbortSignal,
) {
  const keys = await mysql.objects(keysSql, keyRow, { values: [database, table], signal });
  const primary = keys.filter(({ key }) => key === 'PRI');
  const unique = keys.filter(({ key }) => key === 'UNI');
  return [...(primary.length === 1 ? primary : []), ...unique];
}

const numbers = /^(TINYINT|SMALLINT|MEDIUMINT|INT|BIGINT|DECIMAL)$/;
const texts = /^(DATE|DATETIME|CHAR|VARCHAR|UUID)$/; // ENUM sorts by its order, TIMESTAMP has hours that come twice

/** The value as SQL, of types that compare as they sort. */
function toLiteral(column: Column | undefined, value: unknown): string | undefined {
  const text = String(value);
  if (numbers.test(column?.type ?? '') && /^-?\d+(\.\d+)?$/.test(text)) return text;
  if (texts.test(column?.type ?? '') && /^[\w@.:+ -]{1,64}$/.test(text)) return `'${text}'`;
  return;
}
