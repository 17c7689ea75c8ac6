import { expect, it } from 'vitest';
import { boundDepth } from '../../../playground/web/src/blocks/bound-depth.ts';

it.each([
  ['quotes', '>', ' '],
  ['quotes with a space each', '> ', ''],
  ['escaped quotes', '&gt;', ' '],
  ['bullets', '- ', ''],
  ['numbers', '1. ', ''],
])('twelve %s stand, the thirteenth goes', (_what, mark, gap) => {
  const twelve = mark.repeat(12) + gap;
  expect(boundDepth(`${twelve}words`)).toBe(`${twelve}words`);
  expect(boundDepth(`${mark.repeat(13)}${gap}words`)).toBe(`${mark.repeat(12)}words`);
});

it.each([
  '> a\n> b\n- c\n  - d\n1. e',
  '------------------------------',
  '**bold** and a > b > c',
  '',
  'no marks at all',
  '2026. was a year',
  `${'> '.repeat(12)}deep\n${'> '.repeat(12)}deep`,
])('leaves what people write: %j', (text) => {
  expect(boundDepth(text)).toBe(text);
});

it('cuts every line for itself', () => {
  const line = `${'>'.repeat(12_000)} words`;
  expect(boundDepth(`${line}\n${line}`)).toBe(`${'>'.repeat(12)}words\n${'>'.repeat(12)}words`);
});
