import { expect, it } from 'vitest';
import { edgeOf, toMoment } from '../../../playground/jira/jql/dates.ts';

const now = Date.parse('2026-11-22T10:30:00Z');
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

it.each([
  ['2026-11-22', '2026-11-22T00:00:00.000Z'],
  ['2026/1/5', '2026-01-05T00:00:00.000Z'],
  ['2026-11-22 08:15', '2026-11-22T08:15:00.000Z'],
  ['-1d', '2026-11-21T10:30:00.000Z'],
  ['4w 2d', '2026-12-22T10:30:00.000Z'],
  ['-30m', '2026-11-22T10:00:00.000Z'],
  ['1767225600000', '2026-01-01T00:00:00.000Z'],
  ['2026-02-30', undefined],
  ['2026-11-22 25:00', undefined],
  ['yesterday', undefined],
  ['-1', undefined],
  ['', undefined],
])('reads %s', (text, moment) => {
  expect(iso(toMoment(text, now))).toBe(moment);
});

it.each([
  ['start', 'Day', undefined, '2026-11-22T00:00:00.000Z'],
  ['end', 'Day', undefined, '2026-11-22T23:59:59.999Z'],
  ['start', 'Day', '-1', '2026-11-21T00:00:00.000Z'],
  // Weeks begin on Sunday; this is one.
  ['start', 'Week', undefined, '2026-11-22T00:00:00.000Z'],
  ['start', 'Week', '-1w', '2026-11-15T00:00:00.000Z'],
  ['start', 'Month', '-1', '2026-10-01T00:00:00.000Z'],
  ['end', 'Month', '-9', '2026-02-28T23:59:59.999Z'],
  ['start', 'Month', '+14d', '2026-11-15T00:00:00.000Z'],
  ['start', 'Year', '-1', '2025-01-01T00:00:00.000Z'],
  ['start', 'Day', 'soon', undefined],
] as const)('knows the %s of %s %s', (edge, unit, offset, moment) => {
  expect(iso(edgeOf(edge, unit, offset, now))).toBe(moment);
});
