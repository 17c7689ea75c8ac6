import { toForeignKeys } from './foreign-keys.ts';
import type { ColumnRow, ForeignKeyRow, TableRow } from './schema.ts';
import { quoteName } from './sessions.ts';

/** What is told of one database. */
export interface DatabaseFacts {
  database: string;
  tables: TableRow[];
  columns: ColumnRow[];
  foreignKeys: ForeignKeyRow[];
}

/** What stands above the tables. */
export interface ServerFacts {
  product: string;
  /** Major and minor, e.g. `10.11`. */
  version: string;
  timeZone: string;
  defaultDatabase?: string | undefined;
}

const maxBytes = 12_000;

/**
 * The schema as text from which a model can write correct SQL, at most 12 kB.
 *
 * After three lines about the server and the notation, one line a table:
 *
 *     shop.orders (~5000 rows): id int PK, user_id int → users.id, total decimal(10,2), created_at datetime [time]
 *
 * Names that are no plain words stand in backticks; `→` names a column of the same database, or `database.table.column`.
 * When that is too long, the lines lose their ordinary columns, then all columns, then the last tables. Row counts are
 * rounded to one digit, so that the text changes only when the schema does.
 */
export function toDigest(server: ServerFacts, databases: readonly DatabaseFacts[]): string {
  const head = toHead(server);
  const texts = [everyColumn, keysOnly, namesOnly].map((show) =>
    [head, ...databases.flatMap((facts) => toLines(facts, show.columns)), show.note]
      .join('\n')
      .trim(),
  );
  return (
    texts.find((text) => Buffer.byteLength(text) <= maxBytes) ?? cutLines(texts.at(-1) ?? head)
  );
}

const toHead = ({ product, version, timeZone, defaultDatabase }: ServerFacts) =>
  [
    `${product} ${version}, dates in time zone ${timeZone}.${defaultDatabase ? ` Default database: ${defaultDatabase}.` : ''}`,
    'One line a table: database.table (rows, rounded): columns.',
    'PK = primary key, → = refers to this column, [time] = order by it to find the latest rows.',
  ].join('\n');

interface Detail {
  columns(all: readonly Described[]): readonly Described[] | undefined;
  note: string;
}

const everyColumn: Detail = { columns: (all) => all, note: '' };
const keysOnly: Detail = {
  columns: (all) => all.filter(({ isKey, isTime, ref }) => isKey || isTime || ref),
  note: 'Only keys and time columns are shown here: use describe_table for the others.',
};
const namesOnly: Detail = {
  columns: () => undefined,
  note: 'Columns are not shown here: use describe_table before writing a query.',
};

/** A column as the digest shows it. */
interface Described {
  text: string;
  isKey: boolean;
  isTime: boolean;
  ref: string | undefined;
}

function toLines(
  { database, tables, columns, foreignKeys }: DatabaseFacts,
  show: Detail['columns'],
): string[] {
  const byTable = Map.groupBy(columns, ({ table }) => table);
  const references = toReferences(foreignKeys);
  return tables.map((table) => {
    const size = table.type === 'view' ? 'view' : `~${round(table.row_count_estimate ?? 0)} rows`;
    const line = `${toName(database)}.${toName(table.name)} (${size})`;
    const shown = show(describe(byTable.get(table.name) ?? [], references));
    return shown && shown.length > 0
      ? `${line}: ${shown.map(({ text }) => text).join(', ')}`
      : line;
  });
}

function describe(columns: ColumnRow[], references: Map<string, string>): Described[] {
  const time = timeColumn(columns);
  return columns.map((column) => {
    const { table, name, key } = column;
    const isKey = key === 'PRI';
    const isTime = column === time;
    const ref = references.get(JSON.stringify([table, name]));
    const parts = [
      toName(name),
      toShortType(column.type),
      isKey && 'PK',
      ref && `→ ${ref}`,
      isTime && '[time]',
    ];
    return { text: parts.filter(Boolean).join(' '), isKey, isTime, ref };
  });
}

/** What each column refers to, by table and column. */
const toReferences = (rows: ForeignKeyRow[]) =>
  new Map(
    toForeignKeys(rows).flatMap((key) =>
      key.columns.map((column, place): [string, string] => {
        const isNear = key.ref_database === key.database;
        const target = [key.ref_table, key.ref_columns[place] ?? ''];
        const path = (isNear ? target : [key.ref_database, ...target]).map(toName).join('.');
        return [JSON.stringify([key.table, column]), path];
      }),
    ),
  );

const timeType = /^(date|datetime|timestamp)\b/i;
const creation =
  /^(created|inserted|added|registered|ordered|placed|posted|occurred|happened|logged|joined|sent|paid)(_?(at|on|date|time|ts))?$|^(creation|create|order|event|entry|log|post)_?(date|time|ts)$|^(date|time|timestamp|ts)$/i;
const change = /update|modif|change|edit|delet|expir|due|birth|valid|last|until|end/i;

/** The column that says when a row came to be: by its name, else the first point in time that is none of a change. */
function timeColumn(columns: ColumnRow[]): ColumnRow | undefined {
  const times = columns.filter(({ type }) => timeType.test(type));
  return (
    times.find(({ name }) => creation.test(name)) ?? times.find(({ name }) => !change.test(name))
  );
}

/** `int(11) unsigned` → `int unsigned`, long lists of values cut. */
function toShortType(type: string): string {
  const short = type.replace(/^((?:small|medium|big)?int|year)\(\d+\)/i, '$1');
  return short.length > 80 ? `${short.slice(0, 79)}…` : short;
}

/** To one digit: 4,987 → 5000. */
const round = (count: number) => Number(count.toPrecision(1));

const toName = (name: string) => (/^[A-Za-z_][\w$]*$/.test(name) ? name : quoteName(name));

function cutLines(text: string): string {
  const lines = text.split('\n');
  const note = lines.pop() ?? '';
  const rest = 'There are more tables: list_tables shows them all.';
  let bytes = Buffer.byteLength(`${note}\n${rest}`);
  const end = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > maxBytes;
  });
  return [...lines.slice(0, end), rest, note].join('\n');
}
