import { describe, expect, it } from 'vitest';
import { byteSize, clip, jsonSize } from '../../../src/bot/reply/size.ts';
import { splitMarkdown } from '../../../src/bot/reply/split.ts';

const fence = '```';
const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

describe('splitMarkdown', () => {
  it('leaves alone what fits, and makes nothing of nothing', () => {
    expect(splitMarkdown('a\n\n\nb', 100)).toEqual(['a\n\n\nb']);
    expect(splitMarkdown('', 100)).toEqual([]);
    expect(splitMarkdown(' \n', 100)).toEqual([]);
  });

  it('cuts between paragraphs', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
    expect(splitMarkdown(`${a}\n\n${b}\n\n${c}`, 100)).toEqual([`${a}\n\n${b}`, c]);
  });

  it('moves a block to the next part rather than cut it near the end of one', () => {
    const words = 'a'.repeat(75);
    const code = `${fence}\n${'b\n'.repeat(15)}${fence}`;
    expect(splitMarkdown(`${words}\n\n${code}`, 100)).toEqual([words, code]);
    expect(splitMarkdown(`${words.slice(20)}\n\n${code}`, 100)).toHaveLength(2);
    expect(splitMarkdown(`${words.slice(20)}\n\n${code}`, 100)[0]).toContain('b');
  });

  it('closes a fence that is cut and opens it again with its language', () => {
    const rows = Array.from({ length: 12 }, (_, index) => `SELECT ${index};`);
    const parts = splitMarkdown(`Look:\n\n${fence}sql\n${rows.join('\n')}\n${fence}\n\nEnd.`, 90);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.split(fence).length % 2, part).toBe(1);
    for (const part of parts.slice(1, -1)) expect(part.startsWith(`${fence}sql\n`)).toBe(true);
    const code = parts.flatMap((part) =>
      part.split('\n').filter((line) => line.startsWith('SELECT')),
    );
    expect(code).toEqual(rows);
    expect(parts.at(-1)).toContain('End.');
  });

  it('repeats the header of a table that is cut', () => {
    const head = '| id | name |\n|---|---|';
    const rows = Array.from({ length: 20 }, (_, index) => `| ${index} | name${index} |`);
    const parts = splitMarkdown(`${head}\n${rows.join('\n')}`, 120);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(part.startsWith(`${head}\n| `)).toBe(true);
    expect(parts.flatMap((part) => part.split('\n').slice(2))).toEqual(rows);
  });

  it('never tears a character', () => {
    const parts = splitMarkdown('😀'.repeat(500), 99);
    expect(parts.every((part) => part.isWellFormed())).toBe(true);
    expect(parts.join('')).toBe('😀'.repeat(500));
  });

  it('leaves full parts as they are while the text grows', () => {
    const text = [
      'word '.repeat(60),
      `${fence}sql\n${'SELECT 1;\n'.repeat(60)}${fence}`,
      `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(60)}`,
      'x'.repeat(900),
      'The end.',
    ].join('\n\n');
    const full = new Map<number, string>();
    for (let end = 10; end < text.length; end += 7) {
      const parts = splitMarkdown(text.slice(0, end), 200);
      // A part is full once two more came after it: the block that turned the page may still have been moved.
      for (const [index, part] of parts.slice(0, -2).entries()) {
        expect(full.get(index) ?? part).toBe(part);
        full.set(index, part);
      }
    }
    expect(full.size).toBeGreaterThan(8);
  });

  const monsters: [string, string][] = [
    ['one long line', 'a'.repeat(5_000)],
    ['words', 'word '.repeat(2_000)],
    ['quotes', '"'.repeat(3_000)],
    ['lines', 'a\n'.repeat(3_000)],
    ['blank lines', '\n'.repeat(3_000)],
    ['a fence with a long line', `${fence}\n${'x'.repeat(4_000)}`],
    ['a fence with a monstrous language', `${fence}${'x'.repeat(4_000)}\ny\n`],
    ['a monstrous fence', `${'`'.repeat(900)}\na\n${'`'.repeat(900)}`],
    [
      'a table with a monstrous header',
      `|${' h |'.repeat(900)}\n|${'---|'.repeat(900)}\n|${' 1 |'.repeat(900)}`,
    ],
    ['a table with a monstrous cell', `|a|b|\n|-|-|\n|${'c'.repeat(3_000)}|d|`],
    ['fences one after another', `${fence}\na\n${fence}\n`.repeat(300)],
    ['an umlaut text', 'äöü '.repeat(1_000)],
  ];
  for (const [name, size] of [
    ['JSON characters', jsonSize],
    ['bytes', byteSize],
  ] as const)
    it.each(monsters)(`keeps the limit in ${name} and every letter of %s`, (_, text) => {
      const parts = splitMarkdown(text, 300, size);
      for (const part of parts) expect(size(part)).toBeLessThanOrEqual(300);
      for (const part of parts) expect(part.trim()).not.toBe('');
      const kept = parts.map(letters).join('');
      expect(kept.length).toBeGreaterThanOrEqual(text.includes(fence) ? 1 : letters(text).length);
    });

  it('takes a megabyte of anything without a pause to speak of', () => {
    for (const piece of ['a', 'word ', '|a|b|\n', `${fence}\n`, '\n\n', '"', '😀', '- item\n']) {
      const parts = splitMarkdown(piece.repeat(1_000_000 / piece.length), 9_500);
      expect(parts.every((part) => jsonSize(part) <= 9_500)).toBe(true);
    }
  }, 15_000);
});

it.each([
  ['abc', 20, 'abc'],
  ['some words that go on and on', 20, 'some words that…'],
  ['x'.repeat(30), 20, `${'x'.repeat(17)}…`],
  ['😀'.repeat(10), 20, `${'😀'.repeat(4)}…`],
  ['😀'.repeat(10), 22, `${'😀'.repeat(4)}…`],
  [`${'x'.repeat(14)}&amp;${'y'.repeat(20)}`, 20, `${'x'.repeat(14)}…`],
])('clip(%j, %d bytes) is %j', (text, room, expected) => {
  expect(clip(text, room, byteSize)).toBe(expected);
});
