import { expect, it } from 'vitest';
import { withListNumbers } from '../../../playground/web/src/blocks/list-numbers.ts';

const list = (style: string, items: number, indent = 0, offset?: number) => ({
  type: 'rich_text_list',
  style,
  indent,
  elements: Array.from({ length: items }, () => ({ type: 'rich_text_section', elements: [] })),
  ...(offset !== undefined && { offset }),
});
const words = { type: 'rich_text_section', elements: [] };

/** Where the library begins a list: after all lists at the same depth since the last words, plus the offset. */
it.each([
  ['a list alone', [list('ordered', 2)], [0]],
  ['with an offset', [list('ordered', 2, 0, 4)], [4]],
  ['after bullets', [list('bullet', 3), list('ordered', 1)], [0, -3]],
  ['after bullets, with an offset', [list('bullet', 3), list('ordered', 1, 0, 2)], [0, -1]],
  [
    'around a list further in',
    [list('ordered', 1), list('bullet', 2, 1), list('ordered', 1)],
    [0, 0, 0],
  ],
  ['bullets in between', [list('ordered', 2), list('bullet', 1), list('ordered', 1)], [0, -2, -3]],
  ['after words', [list('bullet', 2), words, list('ordered', 1)], [0, undefined, 0]],
  ['at a depth that is none', [list('bullet', 1, -1), list('ordered', 1, 99)], [0, -1]],
])('numbers %s', (_what, elements, offsets) => {
  const { elements: drawn } = withListNumbers({ type: 'rich_text', elements }) as {
    elements: { offset?: number }[];
  };
  expect(drawn.map(({ offset }) => offset)).toEqual(offsets);
});

it.each([null, 7, { type: 'section' }])('leaves %j as it is', (block) => {
  expect(withListNumbers(block)).toBe(block);
});
