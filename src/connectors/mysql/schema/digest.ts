import { toName } from './quote-name.ts';
import { type DatabaseFacts, toRelationships } from './relationships.ts';
import { type ColumnRow, type TableRow, toShown } from './schema.ts';

/** What stands above the tables. */
export interface ServerFacts {
  product: string;
  /** Major and minor, e.g. `10.11`. */
  version: string;
  timeZone: string;
  defaultDatabase?: string | undefined;
  /** Whether there are databases beside those that are told of. */
  hasMore?: boolean;
}

const maxBytes = 12_000;

/**
 * The schema as text from which a model can write correct SQL, at most 12 kB.
 *
 * After three lines about the server and the notation, one line a table:
 *
 *     shop.orders (~5000 rows): id int PK, user_id int → users.id, total decimal(10,2), created_at datetime [time]
 *
 * Names that are no plain words stand in backticks; `→` names a column of the same database, or `database.table.column`,
 * `→?` one that is only inferred. When that is too long, the tables with the fewest rows lose their ordinary columns
 * first, then all of them, and then their lines. Row counts are rounded to one digit, so that the text changes
 * only when the schema does.
 */
export function toDigest(server: ServerFacts, databases: readonly DatabaseFacts[]): string {
  const head = toHead(server);
  const tables = databases.flatMap(toLines);
  const more = server.hasMore ? 'There are more databases: list_databases shows them all.' : '';
  const room = maxBytes - size(head) - size(more) - 200; // for the note
  const { lines, note } = fitLines(tables, room);
  return [head, ...lines, note, more].filter(Boolean).join('\n');
}

const toHead = ({ product, version, timeZone, defaultDatabase }: ServerFacts) =>
  [
    `${product} ${version}, dates in time zone ${timeZone}.${defaultDatabase ? ` Default database: ${defaultDatabase}.` : ''}`,
    'One line a table: database.table (rows, rounded): columns.',
    'PK = primary key, → = refers to this column (→? = seems to, by its name), [time] = order by it to find the latest rows.',
  ].join('\n');

/** The same table told at length, by its keys, and by its name. */
interface Line {
  full: string;
  keys: string;
  bare: string;
  /** Nobody read its columns: there were too many. */
  isBare: boolean;
  /** Rounded: the larger, the more worth telling of. */
  rows: number;
}

const keysOnly =
  'Where columns end in …, only keys and time columns are shown: use describe_table for the others.';
const namesOnly =
  'Where columns are missing or end in …: use describe_table before writing a query.';
const someOnly = 'There are more tables: list_tables shows them all.';

/** As much as there is room for, in bytes, and what to say about the rest. */
function fitLines(tables: Line[], room: number): { lines: string[]; note: string } {
  const full = tables.map(({ full }) => full);
  const isBare = tables.some(({ isBare }) => isBare);
  if (total(full) <= room) return { lines: full, note: isBare ? namesOnly : '' };
  const keys = tables.map(({ keys }) => keys);
  if (total(keys) <= room)
    return { lines: upgrade(tables, keys, full, room), note: isBare ? namesOnly : keysOnly };
  const bare = tables.map(({ bare }) => bare);
  if (total(bare) <= room) return { lines: upgrade(tables, bare, keys, room), note: namesOnly };
  const none = bare.map(() => '');
  const lines = upgrade(tables, none, bare, room).filter(Boolean);
  return { lines, note: `${someOnly} ${namesOnly}` };
}

/** Tells as many tables as there is room for at more length, those with the most rows first. */
function upgrade(tables: Line[], short: string[], long: string[], room: number): string[] {
  const lines = [...short];
  let left = room - total(short);
  const byRows = [...tables.keys()].sort((a, b) => rowsOf(b) - rowsOf(a) || a - b);
  for (const place of byRows) {
    const line = long[place] ?? '';
    const more = size(line) - size(short[place] ?? '');
    if (more > left) continue;
    left -= more;
    lines[place] = line;
  }
  return lines;

  function rowsOf(place: number) {
    return tables[place]?.rows ?? 0;
  }
}

/** In bytes, with its line break; no line has none. */
const size = (line: string) => (line ? Buffer.byteLength(line) + 1 : 0);
const total = (lines: string[]) => lines.reduce((sum, line) => sum + size(line), 0);

/** A column as the digest shows it. */
interface Described {
  text: string;
  /** Whether it identifies, refers or tells the time: what is left when there is little room. */
  isKey: boolean;
}

function toLines(facts: DatabaseFacts): Line[] {
  const byTable = Map.groupBy(facts.columns, ({ table }) => table);
  const references = toReferences(facts);
  return facts.tables.map((table) => {
    const rows = round(table.row_count_estimate ?? 0);
    const bare = `${toPath(facts.database, table.name)} (${toSize(table, rows)})`;
    const columns = describe(byTable.get(table.name) ?? [], references);
    const keys = columns.filter(({ isKey }) => isKey);
    const rest = keys.length < columns.length ? ['…'] : [];
    return {
      full: toLine(bare, columns.map(toText)),
      keys: toLine(bare, [...keys.map(toText), ...rest]),
      bare,
      isBare: columns.length === 0,
      rows,
    };
  });
}

const toText = ({ text }: Described) => text;
const toLine = (bare: string, columns: string[]) =>
  columns.length > 0 ? `${bare}: ${columns.join(', ')}` : bare;
const toSize = ({ type }: TableRow, rows: number) => (type === 'view' ? 'view' : `~${rows} rows`);

function describe(columns: ColumnRow[], references: ReadonlyMap<string, string>): Described[] {
  const time = timeColumn(columns);
  return columns.map((column) => {
    const { table, name, key } = column;
    const ref = references.get(toId(table, name));
    const parts = [
      toPath(name),
      toShortType(column.type),
      key === 'PRI' && 'PK',
      key === 'UNI' && 'unique',
      ref,
      column === time && '[time]',
    ];
    return { text: parts.filter(Boolean).join(' '), isKey: parts.slice(2).some(Boolean) };
  });
}

/** What each column refers to, by table and column. */
function toReferences(facts: DatabaseFacts): Map<string, string> {
  const { declared, inferred } = toRelationships(facts);
  return new Map([
    ...inferred.map(({ table, column, ref_table, ref_column }): [string, string] => [
      toId(table, column),
      `→? ${toPath(ref_table, ref_column)}`,
    ]),
    ...declared.flatMap((key) =>
      key.columns.map((column, place): [string, string] => {
        const target = [key.ref_table, key.ref_columns[place] ?? ''];
        const path = key.ref_database === key.database ? target : [key.ref_database, ...target];
        return [toId(key.table, column), `→ ${toPath(...path)}`];
      }),
    ),
  ]);
}

const toId = (table: string, column: string) => JSON.stringify([table, column]);

const toPath = (...names: string[]) => names.map((name) => toName(toShown(name))).join('.');

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
