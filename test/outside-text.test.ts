import { expect, it } from 'vitest';
import { cutText, outsideLines, outsideText } from '../src/outside-text.ts';

it.each([
  ['a\u202eb', 'a b'],
  ['\u0000\n x \t', 'x'],
  ['a\u200bb\ufeff', 'a b'],
  ['Übergrößen 🙂', 'Übergrößen 🙂'],
  ['ok\u{e0068}\u{e0069}\u{e01ef}!', 'ok !'],
  ['half \ud83d a', 'half \ufffd a'],
])('shows %j as %j', (text, shown) => {
  expect(outsideText(text, 50)).toBe(shown);
});

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc…(+1 chars)'],
  ['ab🙂', 3, 'ab…(+2 chars)'],
  ['', 0, ''],
])('cuts %j at %d to %j', (text, max, cut) => {
  expect(cutText(text, max)).toBe(cut);
});

it('keeps the lines and tabs of a text, and nothing that hides', () => {
  expect(outsideLines('a\r\n\tb\u0000c\u202e\ud800\u{e0041}\n', 100)).toBe('a\n\tb c \ufffd');
  expect(outsideLines('a\nbcd', 3)).toBe('a\nb…(+2 chars)');
});
