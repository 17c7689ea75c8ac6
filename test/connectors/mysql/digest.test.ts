import { expect, it } from 'vitest';
import { type DatabaseFacts, toDigest } from '../../../src/connectors/mysql/digest.ts';

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
  auto_increment: null,
  created: null,
  updated: null,
  comment: '',
});

const columns = (table: string, ...lines: string[]): DatabaseFacts['columns'] =>
  lines.map((line) => {
    const [name = '', type = '', key = ''] = line.split(' ');
    return { table, name, type, key, nullable: true, default: null, extra: '', comment: '' };
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
  expect(lines({ tables: [table('t', count)] })).toEqual([`shop.t (~${rounded} rows)`]);
});

it.each([
  ['all columns', 20, /: id int PK, .*note_0 text/, ''],
  ['keys only', 80, /: id int PK$/m, 'Only keys'],
  ['names only', 350, /rows\)$/m, 'Columns are not shown'],
  ['some names', 3_000, /rows\)$/m, 'There are more tables'],
])('shows %s of %d tables, within 12 kB', (_what, count, form, note) => {
  const names = Array.from({ length: count }, (_, n) => `table_${n}`);
  const notes = Array.from({ length: 10 }, (_, n) => `note_${n} text`);
  const digest = toDigest(server, [
    {
      database: 'shop',
      tables: names.map((name) => table(name, 5)),
      columns: names.flatMap((name) => columns(name, 'id int PRI', ...notes)),
      foreignKeys: [],
    },
  ]);
  expect(Buffer.byteLength(digest)).toBeLessThanOrEqual(12_000);
  expect(digest).toMatch(form);
  expect(digest).toContain(note);
});
