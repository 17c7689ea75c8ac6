import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { splitLines, toTexts } from '../../../../src/connectors/s3/content/split-lines.ts';

async function lines(parts: string[], longest = 100) {
  const all: unknown[] = [];
  for await (const line of splitLines(Readable.from(parts), longest))
    all.push(line.cut > 0 ? line : line.text);
  return all;
}

it.each([
  [['a\nb\n'], ['a', 'b']],
  [['a\nb'], ['a', 'b']],
  [['a\r\nb\r\n'], ['a', 'b']],
  [
    ['a\r', '\nb'],
    ['a', 'b'],
  ],
  [
    ['a', 'b', '\n', 'c'],
    ['ab', 'c'],
  ],
  [['\n\n'], ['', '']],
  [['a\n', ''], ['a']],
  [[''], []],
  [[], []],
])('splits %j', async (parts, expected) => {
  expect(await lines(parts)).toEqual(expected);
});

it('keeps the head of a line that is too long, and counts the rest', async () => {
  const parts = ['x'.repeat(150), 'y'.repeat(1000), '\nnext\n'];
  expect(await lines(parts)).toEqual([{ text: 'x'.repeat(100), cut: 1050 }, 'next']);
});

it('cuts a line that is too long between characters', async () => {
  expect(await lines([`${'x'.repeat(99)}😀yz\n`])).toEqual([{ text: 'x'.repeat(99), cut: 4 }]);
});

it.each(['utf-8', 'utf-16le'] as const)('puts together characters cut in %s', async (encoding) => {
  const bytes = Buffer.from('ü😀漢\n', encoding === 'utf-8' ? 'utf8' : 'utf16le');
  const single = Readable.from([...bytes].map((byte) => Buffer.from([byte])));
  let all = '';
  for await (const text of toTexts(single, encoding)) all += text;
  expect(all).toBe('ü😀漢\n');
});
