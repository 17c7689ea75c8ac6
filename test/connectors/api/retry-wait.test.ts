import { expect, it } from 'vitest';
import { toWait } from '../../../src/connectors/api/retry-wait.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const wait = (header: string) => toWait(new Headers({ 'retry-after': header }), 1, now);

it.each([
  ['2', 2_000],
  ['0.5', 500],
  ['0', 0],
  ['-3', 0],
  ['Sun, 22 Nov 2026 12:00:07 GMT', 7_000],
  ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
])('reads Retry-After: %s', (header, expected) => {
  expect(wait(header)).toBe(expected);
});

it.each([
  [1, 500],
  [2, 1_000],
  [3, 2_000],
])(
  'in round %i waits %i ms, or up to a quarter more, where nothing sensible is said',
  (round, least) => {
    for (const headers of [undefined, new Headers(), new Headers({ 'retry-after': 'soon' })]) {
      const given = toWait(headers, round);
      expect(given).toBeGreaterThanOrEqual(least);
      expect(given).toBeLessThanOrEqual(least * 1.25);
    }
  },
);
