import { expect, it } from 'vitest';
import { findDates, fitDate } from '../../../../src/connectors/s3/search/dates.ts';

it.each([
  ['sales-2026-06.csv', [{ year: 2026, month: 6 }]],
  ['2026/06/30/x', [{ year: 2026, month: 6, day: 30 }]],
  ['db_20260630.sql', [{ year: 2026, month: 6, day: 30 }]],
  ['db_202606.sql', [{ year: 2026, month: 6 }]],
  ['30.06.2026', [{ day: 30, month: 6, year: 2026 }]],
  ['06-2026', [{ month: 6, year: 2026 }]],
  ['year=2026/month=06/day=15', [{ year: 2026, month: 6, day: 15 }]],
  ['report 2026', [{ year: 2026 }]],
  ['q3 report', [{ quarter: 3 }]],
  ['june report', [{ month: 6 }]],
  ['order-20261399', []],
  ['id-120266', []],
  ['faq1', []],
])('finds in %j %j', (text, expected) => {
  expect(findDates(text).dates).toEqual(expected);
});

it.each([
  [{ month: 6 }, [{ year: 2026, month: 6 }], 1],
  [{ month: 6 }, [{ year: 2026, month: 5 }], -1],
  [{ month: 6 }, [], 0],
  [{ month: 6 }, [{ year: 2026 }], 0],
  [{ year: 2026, month: 6 }, [{ year: 2026 }], 0.5],
  [{ year: 2026, month: 6 }, [{ year: 2025, month: 6 }], -1],
  [{ quarter: 2 }, [{ month: 5 }], 1],
  [{ quarter: 2 }, [{ month: 7 }], -1],
])('fits %j to %j by %d', (wanted, found, expected) => {
  expect(fitDate(wanted, found)).toBe(expected);
});
