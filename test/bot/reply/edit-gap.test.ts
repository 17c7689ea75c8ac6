import { expect, it } from 'vitest';
import { editGap, type Pending, pending } from '../../../src/bot/reply/edit-gap.ts';

it.each<[keyof typeof pending, number, number]>([
  ['words', 0, 1_000],
  ['words', 10_000, 1_000],
  ['words', 30_000, 3_000],
  ['words', 600_000, 5_000],
  ['event', 0, 1_000],
  ['event', 600_000, 1_000],
  ['thought', 0, 3_000],
  ['thought', 600_000, 5_000],
  ['nothing', 0, 1_000],
])('%s wait, in a reply %d ms old, %d ms', (news, age, expected) => {
  expect(editGap(pending[news] satisfies Pending, age)).toBe(expected);
});
