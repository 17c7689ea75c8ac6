import { expect, it } from 'vitest';
import { toDigest } from '../../../../src/connectors/mysql/schema/digest.ts';
import type { DatabaseFacts } from '../../../../src/connectors/mysql/schema/relationships.ts';

const server = { product: 'MariaDB', version: '10.11', timeZone: 'UTC', defaultDatabase: 'shop' };

const table = (name: string, rows: number | null = 0): DatabaseFacts['tables'][number] => ({
  database: 'shop',
  name,
  type: rows === null ? 'view' : 'table',
  engine: 'InnoDB',
  row_count_estimate: rows,
  data_bytes: 0,
  index_bytes: 0,
  free_bytes: 0,
  avg_row_bytes: 0,
  is_partitioned: false,
  auto_increment: null,
  created: null,
  updated: null,
  comment: '',
});

const columns = (table: string, ...lines: string[]): DatabaseFacts['columns'] =>
  lines.map((line) => {
    const [name = '', type = '', key = ''] = line.split(' ');
    const nothing = { default: null, generated: null, extra: '', comment: '' };
    return { table, name, type, key, nullable: true, ...nothing };
  });

const foreignKey = (path: string, target: string): DatabaseFacts['foreignKeys'][number] => {
  const [table = '', column = ''] = path.split('.');
  const [ref_database = '', ref_table = '', ref_column = ''] = target.split('.');
  const rules = { on_update: 'RESTRICT', on_delete: 'RESTRICT' };
  return {
    name: path,
    database: 'shop',
    table,
    column,
    ref_database,
    ref_table,
    ref_column,
    ...rules,
  };
};

const lines = (facts: Partial<DatabaseFacts>) =>
  toDigest(server, [{ database: 'shop', tables: [], columns: [], foreignKeys: [], ...facts }])
    .split('\n')
    .slice(3);

it('gives each table one line from which SQL can be written', () => {
  const facts = {
    tables: [table('orders', 4_987)],
    columns: columns(
      'orders',
      'id int(11) PRI',
      'user_id int(10) MUL',
      'total decimal(10,2)',
      'created_at datetime',
    ),
    foreignKeys: [foreignKey('orders.user_id', 'shop.users.id')],
  };
  expect(lines(facts)).toEqual([
    'shop.orders (~5000 rows): id int PK, user_id int → users.id, total decimal(10,2), created_at datetime [time]',
  ]);
});

it('quotes odd names, names another database, and tells views from tables', () => {
  const facts = {
    tables: [table('od d', null)],
    columns: columns('od d', 'a,b int'),
    foreignKeys: [foreignKey('od d.a,b', 'crm.people.id')],
  };
  expect(lines(facts)).toEqual(['shop.`od d` (view): `a,b` int → crm.people.id']);
});

it.each([
  ['created_at, not the change', ['updated_at datetime', 'created_at datetime'], 'created_at'],
  ['an order date', ['due_date date', 'order_date date'], 'order_date'],
  ['the only point in time', ['at datetime', 'n int'], 'at'],
  ['no birthday', ['birthday date'], undefined],
  ['no text that is named like a time', ['created_at varchar(20)'], undefined],
])('marks %s', (_what, given, marked) => {
  const [line] = lines({ tables: [table('t')], columns: columns('t', ...given) });
  expect(/(\w+) \S+ \[time\]/.exec(line ?? '')?.[1]).toBe(marked);
});

it.each([
  [0, 0],
  [12, 10],
  [449, 400],
  [1_060, 1_000],
  [1_940_000, 2_000_000],
])('rounds %d rows to %d, so that the text stays the same', (count, rounded) => {
  expect(lines({ tables: [table('t', count)] })[0]).toBe(`shop.t (~${rounded} rows)`);
});

it('says that columns are missing when nobody read them', () => {
  const facts = { tables: [table('a'), table('b')], columns: columns('a', 'id int PRI') };
  expect(lines(facts)).toEqual([
    'shop.a (~0 rows): id int PK',
    'shop.b (~0 rows)',
    'Where columns are missing or end in …: use describe_table before writing a query.',
  ]);
});

it('marks what is unique, and what seems to refer to a key', () => {
  const facts = {
    tables: [table('users'), table('posts')],
    columns: [
      ...columns('users', 'id int PRI', 'email varchar(90) UNI'),
      ...columns('posts', 'user_id int MUL'),
    ],
  };
  expect(lines(facts)).toEqual([
    'shop.users (~0 rows): id int PK, email varchar(90) unique',
    'shop.posts (~0 rows): user_id int →? users.id',
  ]);
});

it('cleans names that could hide or fake text', () => {
  const facts = { tables: [table('a\u202eb')], columns: columns('a\u202eb', 'x\u200by int') };
  expect(lines(facts)).toEqual(['shop.`a b` (~0 rows): `x y` int']);
});

/** So many tables with a key, a time and ten columns more; the last ones have the most rows. */
function many(count: number): DatabaseFacts {
  const names = Array.from({ length: count }, (_, n) => `table_${n}`);
  const notes = Array.from({ length: 10 }, (_, n) => `note_${n} text`);
  return {
    database: 'shop',
    tables: names.map((name, n) => table(name, n)),
    columns: names.flatMap((name) => columns(name, 'id int PRI', 'created_at datetime', ...notes)),
    foreignKeys: [],
  };
}

it.each([
  [
    'all columns',
    20,
    /table_0 .*: id int PK, created_at datetime \[time\], note_0 text/,
    /note_9 text$/,
  ],
  [
    'keys of small tables',
    100,
    /table_0 .*: id int PK, created_at datetime \[time\], …$/m,
    /keys and time columns/,
  ],
  ['names of small tables', 250, /table_0 \(~0 rows\)$/m, /columns are missing/],
  ['some names', 3_000, /table_2500 \(~3000 rows\)$/m, /There are more tables/],
])('shows %s of %d tables, within 12 kB', (_what, count, form, note) => {
  const digest = toDigest(server, [many(count)]);
  expect(Buffer.byteLength(digest)).toBeLessThanOrEqual(12_000);
  expect(Buffer.byteLength(digest)).toBeGreaterThan(count > 50 ? 11_000 : 0); // the room is used
  expect(digest).toMatch(form);
  expect(digest).toMatch(note);
});

it.each([
  [100, /table_99 .*note_9 text$/m],
  [250, /table_249 .*: id int PK, created_at datetime \[time\], …$/m],
])('tells more of large tables where there are %d', (count, form) => {
  expect(toDigest(server, [many(count)])).toMatch(form);
});

it('says that there are more databases', () => {
  expect(toDigest({ ...server, hasMore: true }, [])).toMatch(
    /There are more databases: list_databases/,
  );
});

it('names the tables with the most rows when not even all names fit, in their order', () => {
  const lines = namesOf([
    { ...many(1_000), database: 'attic' },
    { ...many(2), database: 'zoo' },
  ]);
  expect(lines).toContain('attic.table_999');
  expect(lines).not.toContain('attic.table_0');
  const empty = {
    ...many(1_000),
    tables: many(1_000).tables.map((one) => ({ ...one, row_count_estimate: 0 })),
  };
  const full = { ...many(1), database: 'zoo', tables: [table('table_0', 9)] };
  expect(namesOf([empty, full]).slice(0, 2)).toEqual(['shop.table_0', 'shop.table_1']);
  expect(namesOf([empty, full]).at(-1)).toBe('zoo.table_0');
});

const namesOf = (databases: DatabaseFacts[]) =>
  [...toDigest(server, databases).matchAll(/^(\w+\.\w+) \(/gm)].map(([, name]) => name);
