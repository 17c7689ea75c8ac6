import { expect, it } from 'vitest';
import type { Message } from '../../../playground/slack/control-types.ts';
import {
  newestPage,
  pageAbove,
  pageSize,
  shownFrom,
} from '../../../playground/web/src/conversation/shown-messages.ts';

const ts = (n: number) => `1700000000.${String(n).padStart(6, '0')}`;
const many = (count: number) => Array.from({ length: count }, (_, n) => ({ ts: ts(n) }) as Message);

it.each([
  [0, 0],
  [pageSize, pageSize],
  [pageSize + 1, pageSize],
  [5_000, pageSize],
])('of %i messages it draws %i', (count, drawn) => {
  const messages = many(count);
  expect(shownFrom(messages, newestPage(messages))).toHaveLength(drawn);
});

it('draws one page more at a time, up to the first message', () => {
  const messages = many(2 * pageSize + 50);
  let from = newestPage(messages);
  const counts = [1, 2, 3].map(() => {
    from = pageAbove(messages, from);
    return shownFrom(messages, from).length;
  });
  expect(counts).toEqual([2 * pageSize, 2 * pageSize + 50, 2 * pageSize + 50]);
});

it('goes on from the next message when the one it began at was deleted', () => {
  const messages = many(3 * pageSize);
  const from = newestPage(messages);
  const left = messages.filter((message) => message.ts !== from);
  expect(shownFrom(left, from)).toHaveLength(pageSize - 1);
});

it('gives the same list when everything fits, so that nothing is drawn anew', () => {
  const messages = many(3);
  expect(shownFrom(messages, newestPage(messages))).toBe(messages);
});
