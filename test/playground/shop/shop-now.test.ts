import { expect, it } from 'vitest';
import { shopNow } from '../../../playground/shop/shop-now.ts';

it.each([
  ['2026-11-22T12:00:00Z', '2026-11-22T13:00:00.000Z'],
  ['2026-11-22T23:15:00Z', '2026-11-23T00:15:00.000Z'],
  ['2026-12-31T23:59:59Z', '2027-01-01T00:59:59.000Z'],
  ['2026-07-01T21:59:59Z', '2026-07-01T23:59:59.000Z'],
])('at %s the clock in Vienna shows %s', (now, wall) => {
  expect(shopNow(new Date(now)).toISOString()).toBe(wall);
});
