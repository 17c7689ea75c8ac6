import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { loadLibrary } from '../../../playground/shop/load-library.ts';
import { loadShop } from '../../../playground/shop/load-shop.ts';

const access = inject('mysql');
const root = inject('mysqlRoot');
const library = `library_${randomBytes(3).toString('hex')}`;
const target = { ...access, root, isPrivate: true };
let admin: Connection;
let reader: Connection;

beforeAll(async () => {
  await loadLibrary(target, { today: new Date(), database: library });
  admin = await createConnection({ ...root, rowsAsArray: true });
  reader = await createConnection(access);
});

afterAll(async () => {
  await admin.query(`DROP DATABASE ${library}`);
  await admin.end();
  await reader.end();
});

const rowsOf = async (sql: string, values: unknown[] = []) =>
  (await admin.query({ sql, rowsAsArray: true, values }))[0] as string[][];

it.each([
  ['the shop', access.database, 9],
  ['the library', library, 8],
])('%s has no reference that leads nowhere', async (_name, database, least) => {
  const references = await rowsOf(
    'SELECT table_name, column_name, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage WHERE table_schema = ? AND referenced_table_name IS NOT NULL',
    [database],
  );
  expect(references.length).toBeGreaterThanOrEqual(least);
  for (const [table, column, target, key] of references) {
    const [orphans] = await rowsOf(
      `SELECT COUNT(*) FROM ${database}.${table} a LEFT JOIN ${database}.${target} b ON a.${column} = b.${key} WHERE a.${column} IS NOT NULL AND b.${key} IS NULL`,
    );
    expect(orphans, `${table}.${column}`).toEqual([0]);
  }
});

it('adds up: an order is worth its lines less its coupon', async () => {
  const wrong = await rowsOf(
    `SELECT o.id FROM ${access.database}.orders o JOIN ${access.database}.order_items i ON i.order_id = o.id LEFT JOIN ${access.database}.coupons c ON c.id = o.coupon_id GROUP BY o.id HAVING ABS(SUM(i.quantity * i.unit_price) * (100 - COALESCE(MAX(c.percent_off), 0)) / 100 - MAX(o.total)) > 0.01`,
  );
  expect(wrong).toEqual([]);
});

it('may be read by its account, and nothing else', async () => {
  const [rows] = await reader.query('SELECT COUNT(*) AS n FROM orders');
  expect(rows).toEqual([{ n: 5000 }]);
  await expect(reader.query('DELETE FROM orders')).rejects.toThrow(/denied/);
  await expect(reader.query('CREATE TABLE x (id INT)')).rejects.toThrow(/denied/);
  await expect(reader.query('SELECT * FROM mysql.user')).rejects.toThrow(/denied/);
});

it('can be loaded again, but not over a database of somebody else', async () => {
  const today = new Date();
  await loadLibrary(target, { today, database: library });
  const others = loadShop({ ...target, isPrivate: false }, { today, database: library, orders: 1 });
  await expect(others).rejects.toThrow(/exists/);
  expect(await rowsOf(`SELECT COUNT(*) FROM ${library}.book`)).toEqual([[60]]);
});
