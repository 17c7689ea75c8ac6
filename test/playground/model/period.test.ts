import { expect, it } from 'vitest';
import { readPeriod } from '../../../playground/model/rules/period.ts';

it.each([
  ['today', '2026-11-22', '2026-11-23'],
  ['yesterday', '2026-11-21', '2026-11-22'],
  ['this week', '2026-11-16', '2026-11-23'],
  ['last week', '2026-11-09', '2026-11-16'],
  ['this month', '2026-11-01', '2026-12-01'],
  ['last month', '2026-10-01', '2026-11-01'],
  ['last quarter', '2026-07-01', '2026-10-01'],
  ['previous year', '2025-01-01', '2026-01-01'],
  ['in the last 7 days', '2026-11-16', '2026-11-23'],
  ['the past 2 weeks', '2026-11-09', '2026-11-23'],
  ['in march', '2026-03-01', '2026-04-01'],
  ['in december', '2025-12-01', '2026-01-01'],
  ['in february 2024', '2024-02-01', '2024-03-01'],
  ['since october', '2026-10-01', '2026-11-23'],
  ['between 2026-01-01 and 2026-01-31', '2026-01-01', '2026-02-01'],
  ['from 2024-02-29 to 2024-02-29', '2024-02-29', '2024-03-01'],
  ['since 2026-11-01', '2026-11-01', '2026-11-23'],
  ['after 2026-11-01', '2026-11-02', '2026-11-23'],
  ['on 2026-01-31', '2026-01-31', '2026-02-01'],
  ['in 2025', '2025-01-01', '2026-01-01'],
])('%s on 22 November 2026, a Sunday', (text, from, to) => {
  expect(readPeriod(`how many orders ${text}?`, '2026-11-22')).toMatchObject({ from, to });
});

it('goes back over the turn of the year', () => {
  expect(readPeriod('last month', '2026-01-31')).toMatchObject({
    from: '2025-12-01',
    to: '2026-01-01',
  });
  expect(readPeriod('last week', '2026-01-01')).toMatchObject({
    from: '2025-12-22',
    to: '2025-12-29',
  });
});

it.each([
  'between 2026-02-01 and 2026-02-31',
  'between 2026-02-02 and 2026-02-01',
  'between 2026-02-02',
  'since 2026-13-01',
  'on 2026-01-01 and 2026-01-02',
  'before 2026-01-01',
  'the last 5 orders',
  'last',
  'in marching order',
  'order 2025',
  'last 9999 days',
])('sees no time in %j', (text) => {
  expect(readPeriod(text, '2026-11-22')).toBeUndefined();
});
