import { expect, it } from 'vitest';
import { clockTime, dayName, dayOf, timeAgo } from '../../../playground/web/src/workspace/time.ts';

// 2026-11-22 23:30:00 UTC
const late = '1795390200.000100';

it.each([
  ['UTC', '11:30 PM', '11/22/2026'],
  ['Europe/Vienna', '12:30 AM', '11/23/2026'],
  ['America/New_York', '6:30 PM', '11/22/2026'],
  ['Not/AZone', '11:30 PM', '11/22/2026'],
])('gives the time as it is in %s', (timeZone, time, day) => {
  expect(clockTime(late, timeZone)).toBe(time);
  expect(dayOf(late, timeZone)).toBe(day);
});

it.each([
  ['2026-11-22T23:59:00Z', 'Today'],
  ['2026-11-23T01:00:00Z', 'Yesterday'],
  ['2026-11-25T01:00:00Z', 'Sunday, November 22'],
])('at %s calls the day %s', (now, name) => {
  expect(dayName(late, 'UTC', new Date(now))).toBe(name);
});

it.each([
  [0, 'just now'],
  [-100, 'just now'],
  [61, '1 minute ago'],
  [59 * 60, '59 minutes ago'],
  [60 * 60, '1 hour ago'],
  [49 * 60 * 60, '2 days ago'],
])('%i seconds later it was %s', (seconds, words) => {
  expect(timeAgo(late, new Date((1795390200.1 + seconds) * 1000))).toBe(words);
});

it.each(['', 'never', '1e400'])('shows nothing for the ts %j', (ts) => {
  expect(clockTime(ts, 'UTC')).toBe('');
});
