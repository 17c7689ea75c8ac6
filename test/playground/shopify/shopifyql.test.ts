import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenShop, openShop } from './open-shop.ts';

let open: OpenShop;
beforeAll(async () => {
  open = await openShop();
});
afterAll(() => open[Symbol.asyncDispose]());

async function run(query: string) {
  const { data } = await open.ask(
    'query ($q: String!) { shopifyqlQuery(query: $q) { tableData { columns { name dataType } rows } parseErrors } }',
    { q: query },
  );
  return data.shopifyqlQuery as {
    tableData: { columns: object[]; rows: Record<string, string>[] } | null;
    parseErrors: string[];
  };
}

/** Cents of orders that were neither cancelled nor paid back, in days that begin with this. */
const salesOf = (period: string) =>
  open.shop.data.orders
    .filter(({ createdAt }) => createdAt.startsWith(period))
    .filter(({ cancelledAt, refundedAt }) => cancelledAt === null && refundedAt === null)
    .reduce((sum, { total }) => sum + total, 0);

it('adds up sales by month', async () => {
  const { tableData } = await run(
    'FROM sales SHOW total_sales, orders GROUP BY month SINCE 2026-09-01 UNTIL 2026-10-31',
  );
  expect(tableData?.columns).toEqual([
    { name: 'month', dataType: 'MONTH_TIMESTAMP' },
    { name: 'total_sales', dataType: 'MONEY' },
    { name: 'orders', dataType: 'INTEGER' },
  ]);
  expect(tableData?.rows.map(({ month }) => month)).toEqual(['2026-09-01', '2026-10-01']);
  expect(tableData?.rows.map(({ total_sales }) => Math.round(Number(total_sales) * 100))).toEqual([
    salesOf('2026-09'),
    salesOf('2026-10'),
  ]);
});

it.each([
  ['day', 8, '2026-11-15'],
  ['week', 2, '2026-11-15'],
  ['month', 1, '2026-11-01'],
  ['quarter', 1, '2026-10-01'],
  ['year', 1, '2026-01-01'],
])('has a row for each %s, also for empty ones', async (span, count, first) => {
  const { tableData } = await run(
    `FROM sales SHOW orders TIMESERIES ${span} SINCE -7d UNTIL today`,
  );
  expect(tableData?.rows).toHaveLength(count);
  expect(tableData?.rows[0]?.[span]).toBe(first);
});

it('has one row without groups, of the last 30 days unless told', async () => {
  const { tableData } = await run('from sales show orders');
  expect(tableData?.rows).toHaveLength(1);
});

it.each([
  ['', /expected FROM/],
  ['SELECT 1', /expected FROM/],
  ['FROM orders SHOW x', /Table 'orders' not found/],
  ['FROM sales SHOW total_sale', /Column 'total_sale' not found/],
  ['FROM sales SHOW orders GROUP BY colour', /'colour' can't be used/],
  ['FROM sales SHOW orders SINCE forever', /Invalid date 'forever'/],
])('cannot parse %j', async (query, message) => {
  const answer = await run(query);
  expect(answer.tableData).toBeNull();
  expect(answer.parseErrors).toEqual([expect.stringMatching(message)]);
});
