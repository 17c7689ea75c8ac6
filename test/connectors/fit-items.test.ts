import { expect, it } from 'vitest';
import { fitItems } from '../../src/connectors/fit-items.ts';

it.each([
  ['nothing', [], { items: [], truncated: false }],
  ['what fits', ['aa', 'bb'], { items: ['aa', 'bb'], truncated: false }],
  ['the head of what does not', ['aa', 'bb', 'cc'], { items: ['aa', 'bb'], truncated: true }],
  [
    'one item even if it is too large',
    ['a'.repeat(99), 'b'],
    { items: ['a'.repeat(99)], truncated: true },
  ],
  [
    'a lone large item as complete',
    ['a'.repeat(99)],
    { items: ['a'.repeat(99)], truncated: false },
  ],
])('keeps %s', (_what, items, fitted) => {
  expect(fitItems(items, 12)).toEqual(fitted);
});
