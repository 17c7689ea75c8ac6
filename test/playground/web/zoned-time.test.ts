import { expect, it } from 'vitest';
import { toSeconds, toWallTime } from '../../../playground/web/src/blocks/zoned-time.ts';

it.each([
  ['UTC', '2026-11-01T09:30', '2026-11-01T09:30Z'],
  ['Europe/Vienna', '2026-07-01T09:30', '2026-07-01T07:30Z'],
  ['Europe/Vienna', '2026-12-01T00:15', '2026-11-30T23:15Z'],
  ['America/New_York', '2026-12-31T23:59', '2027-01-01T04:59Z'],
  ['Asia/Kolkata', '2026-01-01T05:30', '2026-01-01T00:00Z'],
  // The first minutes of summer and winter time.
  ['Europe/Vienna', '2026-03-29T03:00', '2026-03-29T01:00Z'],
  ['Europe/Vienna', '2026-10-25T03:00', '2026-10-25T02:00Z'],
])('in %s a clock shows %s at %s', (timeZone, wall, moment) => {
  const seconds = String(Date.parse(moment) / 1_000);
  expect(toWallTime(seconds, timeZone)).toBe(wall);
  expect(toSeconds(wall, timeZone)).toBe(seconds);
});

it.each(['', 'soon', '2026-13-01T00:00'])('%j is no time', (wall) => {
  expect(toSeconds(wall, 'UTC')).toBeNull();
});

it.each([null, '', 'soon', '1e99'])('%j is no moment', (seconds) => {
  expect(toWallTime(seconds, 'UTC')).toBe('');
});
