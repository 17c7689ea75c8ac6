import { describe, expect, it } from 'vitest';
import { rankKeys } from '../../../../src/connectors/s3/search/rank-keys.ts';
import { toTerms } from '../../../../src/connectors/s3/search/terms.ts';

const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
const keys = [
  ...['2025', '2026'].flatMap((year) =>
    months.flatMap((month) => [
      `exports/${year}/${month}/sales-${year}-${month}.csv`,
      `exports/${year}/${month}/returns-${year}-${month}.csv.gz`,
    ]),
  ),
  'logs/web/year=2026/month=06/day=15/access.log.gz',
  'logs/web/year=2026/month=06/day=16/access.log.gz',
  'backups/db_20260630.sql.gz',
  'backups/db_20260701.sql.gz',
  'finance/Q2_forecast.xlsx',
  'finance/Q3_forecast.xlsx',
  'finance/invoices/INV-10042_ACME.pdf',
  'images/Café Münster logo.png',
  'datasets/customers.parquet',
  'readme.md',
];
const now = new Date('2026-07-01T12:00:00Z');

const rank = (query: string) =>
  rankKeys(
    toTerms(query, now),
    keys.map((key) => ({ key })),
  ).map(({ key }) => key);

describe('the first key for', () => {
  it.each([
    ['the June sales file', 'exports/2026/06/sales-2026-06.csv'],
    ['june 2025 sales', 'exports/2025/06/sales-2025-06.csv'],
    ['sales 2025-06', 'exports/2025/06/sales-2025-06.csv'],
    ['Sales of 06/2025', 'exports/2025/06/sales-2025-06.csv'],
    ['sale june', 'exports/2026/06/sales-2026-06.csv'],
    ["last month's returns", 'exports/2026/06/returns-2026-06.csv.gz'],
    ['this month sales', 'exports/2026/07/sales-2026-07.csv'],
    ['web access log of 15 June... 2026-06-15', 'logs/web/year=2026/month=06/day=15/access.log.gz'],
    ['yesterday db backup', 'backups/db_20260630.sql.gz'],
    ['Q2 forecast', 'finance/Q2_forecast.xlsx'],
    ['forecast spreadsheet Q3', 'finance/Q3_forecast.xlsx'],
    ['invoice 10042', 'finance/invoices/INV-10042_ACME.pdf'],
    ['acme invoice pdf', 'finance/invoices/INV-10042_ACME.pdf'],
    ['munster cafe picture', 'images/Café Münster logo.png'],
    ['custmers parquet', 'datasets/customers.parquet'],
    ['README', 'readme.md'],
  ])('%j', (query, expected) => {
    expect(rank(query)[0]).toBe(expected);
  });
});

it('leaves out keys of another month', () => {
  expect(rank('june sales').filter((key) => !key.includes('-06'))).toEqual([]);
});

it('finds nothing for words that no key has', () => {
  expect(rank('payroll of the chief')).toEqual([]);
});

it('puts the newest first where the words say no more', () => {
  const items = [
    { key: 'a/report-1', modified: new Date('2026-01-01') },
    { key: 'a/report-2', modified: new Date('2026-03-01') },
    { key: 'a/report-3', modified: new Date('2026-02-01') },
  ];
  expect(rankKeys(toTerms('latest report'), items).map(({ key }) => key)).toEqual([
    'a/report-2',
    'a/report-3',
    'a/report-1',
  ]);
});

it.each(['', '   ', '///', '\u0000\ud800', '2026-13-45', '%00'.repeat(500)])(
  'takes %j without a fault',
  (query) => {
    expect(Array.isArray(rank(query))).toBe(true);
  },
);
