import { expect, it } from 'vitest';
import { sortRows } from '../../../playground/web/src/blocks/sort-rows.ts';
import { cellText } from '../../../playground/web/src/blocks/table-cells.ts';

const text = (text: string) => ({ type: 'raw_text', text });
const number = (value: number) => ({ type: 'raw_number', value, text: `${value}.00` });
const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

it.each([
  ['numbers by value', [number(100), number(-2), number(9)], ['-2.00', '9.00', '100.00']],
  ['numbers in words by value', [text('Item 10'), text('Item 9')], ['Item 9', 'Item 10']],
  ['words without regard to case', [text('b'), text('A'), text('C')], ['A', 'b', 'C']],
  ['rich text by its words', [rich('z'), text('y'), rich('x')], ['x', 'y', 'z']],
  ['numbers before words', [text('none'), number(5)], ['5.00', 'none']],
  ['what is no cell first', [text('a'), null, 7], ['', '', 'a']],
])('sorts %s, and the other way round', (_what, cells, sorted) => {
  const rows = cells.map((cell) => [text('other'), cell]);
  const shown = (descending: boolean) =>
    sortRows(rows, { column: 1, descending }).map((row) => cellText(row[1]));
  expect(shown(false)).toEqual(sorted);
  expect(shown(true)).toEqual(sorted.toReversed());
});

it('leaves rows as the app sent them, until somebody sorts', () => {
  const rows = [[number(2)], [number(1)]];
  expect(sortRows(rows, undefined)).toBe(rows);
});
