import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { libraryRows } from '../../../playground/shop/library-rows.ts';
import { openRandom } from '../../../playground/shop/random.ts';
import { shopRows } from '../../../playground/shop/shop-rows.ts';

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const noon = new Date('2026-11-22T12:00:00Z');
const tables = shopRows({ today: noon });
const columnOf = (name: string, column: string) => {
  const table = tables.find((one) => one.name === name);
  const at = table?.columns.indexOf(column) ?? -1;
  return table?.rows.map((row) => row[at] ?? null) ?? [];
};

it.each([
  ['shop', shopRows],
  ['library', libraryRows],
])(
  'makes the same %s for the same seed and day, at any hour, and another for another',
  (_name, rows) => {
    const night = new Date('2026-11-22T23:59:59Z');
    expect(hash(rows({ today: night }))).toBe(hash(rows({ today: noon })));
    expect(hash(rows({ today: noon, seed: 1 }))).not.toBe(hash(rows({ today: noon })));
    expect(hash(rows({ today: new Date('2026-11-23') }))).not.toBe(hash(rows({ today: noon })));
  },
);

it('has 11 tables, 500 users and 5,000 orders, and one table without rows', () => {
  const sizes = Object.fromEntries(tables.map(({ name, rows }) => [name, rows.length]));
  expect(Object.keys(sizes)).toHaveLength(11);
  expect(sizes).toMatchObject({ users: 500, orders: 5000, gift_cards: 0 });
});

it('reaches up to the day, and never past its second hour', () => {
  for (const [table, column] of [
    ['users', 'created_at'],
    ['orders', 'updated_at'],
    ['reviews', 'created_at'],
  ]) {
    const newest =
      columnOf(table ?? '', column ?? '')
        .map(String)
        .toSorted()
        .at(-1) ?? '';
    expect(newest >= '2026-11-22' && newest <= '2026-11-22 02:00:00', `${table}: ${newest}`).toBe(
      true,
    );
  }
});

it('lets nobody order before they signed up', () => {
  const joined = columnOf('users', 'created_at').map(String);
  const buyers = columnOf('orders', 'user_id').map(Number);
  const early = columnOf('orders', 'created_at').filter(
    (at, index) => String(at) < (joined[(buyers[index] ?? 1) - 1] ?? ''),
  );
  expect(early).toEqual([]);
});

it('uses addresses that belong to nobody, numbers past a double, names beyond ASCII, and NULLs', () => {
  for (const mail of columnOf('users', 'email'))
    expect(mail).toMatch(/@(example\.(com|org)|mail\.example\.test)$/);
  expect(BigInt(String(columnOf('payments', 'id')[0]))).toBeGreaterThan(
    BigInt(Number.MAX_SAFE_INTEGER),
  );
  expect(columnOf('users', 'last_name')).toContain('田中');
  expect(columnOf('users', 'phone')).toContain(null);
});

it('can be smaller, down to nothing', () => {
  const sizeOf = (options: { users: number; orders: number }) =>
    Object.fromEntries(
      shopRows({ today: noon, ...options }).map(({ name, rows }) => [name, rows.length]),
    );
  expect(sizeOf({ users: 1, orders: 1 })).toMatchObject({ users: 1, orders: 1 });
  expect(sizeOf({ users: 3, orders: 0 })).toMatchObject({ users: 3, orders: 0, order_items: 0 });
});

it('draws evenly', () => {
  const random = openRandom(3);
  const draws = Array.from({ length: 9000 }, () => random.int(1, 3));
  for (const value of [1, 2, 3]) {
    const share = draws.filter((draw) => draw === value).length / draws.length;
    expect(share).toBeCloseTo(1 / 3, 1);
  }
});
