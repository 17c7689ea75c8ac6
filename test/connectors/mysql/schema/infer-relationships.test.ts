import { expect, it } from 'vitest';
import {
  inferRelationships,
  type KeyedTable,
} from '../../../../src/connectors/mysql/schema/infer-relationships.ts';

/** `customers: id int PK, email varchar(90) UNI`, and `FK` for what is declared. */
function toTable(line: string): KeyedTable {
  const [name = '', columns = ''] = line.split(': ');
  return {
    name,
    columns: columns.split(', ').map((column) => {
      const [name = '', type = 'int', mark] = column.split(' ');
      const key = mark === 'PK' ? 'primary' : mark === 'UNI' ? 'unique' : undefined;
      return { name, type, key, isReference: mark === 'FK' };
    }),
  };
}

const infer = (...lines: string[]) =>
  inferRelationships(lines.map(toTable)).map(
    ({ table, column, ref_table, ref_column }) => `${table}.${column} → ${ref_table}.${ref_column}`,
  );

it.each([
  ['a plural', 'customers: id int PK', 'orders: customer_id int', 'customer_id → customers.id'],
  ['a singular', 'customer: id int PK', 'orders: customer_id int', 'customer_id → customer.id'],
  ['-ies', 'categories: id int PK', 'items: category_id int', 'category_id → categories.id'],
  ['-es', 'addresses: id int PK', 'orders: address_id int', 'address_id → addresses.id'],
  ['-uses', 'statuses: id int PK', 'orders: status_id int', 'status_id → statuses.id'],
  ['-ses', 'houses: id int PK', 'rooms: house_id int', 'house_id → houses.id'],
  ['-ie', 'movies: id int PK', 'actors: movie_id int', 'movie_id → movies.id'],
  ['an irregular plural', 'people: id int PK', 'pets: person_id int', 'person_id → people.id'],
  ['camel case', 'Customers: Id int PK', 'Orders: customerId int', 'customerId → Customers.Id'],
  ['capitals', 'customers: ID int PK', 'orders: CustomerID int', 'CustomerID → customers.ID'],
  ['no separator', 'customers: id int PK', 'orders: customerid int', 'customerid → customers.id'],
  [
    'a role',
    'customers: id int PK',
    'orders: billing_customer_id int',
    'billing_customer_id → customers.id',
  ],
  [
    'two words',
    'sales_orders: id int PK',
    'lines: sales_order_id int',
    'sales_order_id → sales_orders.id',
  ],
  ['a shared prefix', 'wp_users: id int PK', 'wp_posts: user_id int', 'user_id → wp_users.id'],
  [
    'a prefix of all tables',
    'tbl_user: id int PK',
    'tbl_post: user_id int',
    'user_id → tbl_user.id',
  ],
  [
    'a star schema',
    'dim_customer: customer_key int PK',
    'fact_sales: customer_key int',
    'customer_key → dim_customer.customer_key',
  ],
  [
    'a key named after its table',
    'customers: customer_id int PK',
    'orders: customer_id int',
    'customer_id → customers.customer_id',
  ],
  [
    'a unique code',
    'countries: id int PK, code char(2) UNI',
    'users: country_code varchar(2)',
    'country_code → countries.code',
  ],
  [
    'a key of one table only',
    'products: sku varchar(20) PK',
    'lines: sku varchar(20)',
    'sku → products.sku',
  ],
  [
    'another size of integer',
    'customers: id bigint(20) PK',
    'orders: customer_id int',
    'customer_id → customers.id',
  ],
  [
    'a shared key',
    'customers: id int PK',
    'profiles: customer_id int PK',
    'customer_id → customers.id',
  ],
  [
    'a binary uuid',
    'users: uuid binary(16) PK',
    'posts: user_uuid binary(16)',
    'user_uuid → users.uuid',
  ],
])('sees %s', (_what, target, source, expected) => {
  expect(infer(target, source)).toEqual([`${source.split(':')[0]}.${expected}`]);
});

it('sees a tree', () => {
  const tree = 'categories: id int PK, parent_category_id int';
  expect(infer(tree)).toEqual(['categories.parent_category_id → categories.id']);
});

it.each([
  ['a bare id', 'customers: id int PK', 'orders: id int'],
  ['a bare key in all tables', 'customers: code char(9) PK', 'orders: code char(9)'],
  ['a name', 'customers: name varchar(9) UNI', 'orders: name varchar(9)'],
  ['another type', 'customers: id int PK', 'orders: customer_id varchar(20)'],
  ['what is declared', 'customers: id int PK', 'orders: customer_id int FK'],
  ['a table without a key', 'customers: id int', 'orders: customer_id int'],
  ['a table of which only a part is named', 'order_customers: id int PK', 'bills: customer_id int'],
  ['its own number', 'orders: id int PK', 'lines: id int PK, line_id int'],
  ['its own number behind a prefix', 'shop_order: id int PK, order_id int'],
  [
    'a pair that names its table',
    'owners: id int PK',
    'pets: owner_id int, owner_type varchar(20)',
  ],
  ["another system's number", 'customers: id int PK', 'orders: external_customer_id int'],
  ["a known system's number", 'orders: id bigint PK', 'refunds: shopify_order_id bigint'],
  [
    'a number that two keys of the table may bear',
    'customers: id int PK, customer_id int UNI',
    'orders: customer_id int',
  ],
  ['a word that ends in id', 'pas: id int PK', 'orders: paid int'],
  [
    "a unique number that is not the table's key",
    'users: id int PK, session_no int UNI',
    'logs: session_no int',
  ],
  ['nothing', 'x: ', 'y: '],
])('guesses nothing from %s', (_what, ...tables) => {
  expect(infer(...tables)).toEqual([]);
});

it('guesses nothing where two tables fit', () => {
  const source = 'orders: customer_id int, sku varchar(9)';
  expect(infer('customer: id int PK', 'customers: id int PK', source)).toEqual([]);
  expect(infer('books: sku varchar(9) PK', 'toys: sku varchar(9) PK', source)).toEqual([]);
});

it('copes with names of any script and with none', () => {
  expect(infer('пользователи: id int PK', 'x: пользователи_id int', '___: __ int')).toEqual([
    'x.пользователи_id → пользователи.id',
  ]);
  expect(infer('constructor: id int PK', 'x: constructor_id int, __proto___id int')).toEqual([
    'x.constructor_id → constructor.id',
  ]);
});

// Were each column compared with each table, this would take longer than a test may.
it('finds its way among thousands of tables that end alike', () => {
  const tenants = Array.from({ length: 5_000 }, (_, n) =>
    toTable(`t${n}_user: id int PK, user_id int, boss_user_id int, friend_id int`),
  );
  expect(inferRelationships(tenants)).toHaveLength(5_000);
});
