import { expect, it } from 'vitest';
import { toProgress } from '../../src/agent/progress.ts';

/** What is heard when messages come at these times, in milliseconds. */
function heard(messages: [at: number, message: string | undefined][]): string[] {
  const told: string[] = [];
  let now = 0;
  const progress = toProgress(
    (message) => told.push(message),
    () => now,
  );
  for (const [at, message] of messages) {
    now = at;
    progress({ message });
  }
  return told;
}

it.each<[string, [number, string | undefined][], string[]]>([
  ['the first one at once', [[0, 'a']], ['a']],
  ['at most one a second', Array.from({ length: 200 }, (_, n) => [n * 10, `${n}`]), ['0', '100']],
  [
    'nothing of those without a word, which take no place',
    [
      [0, undefined],
      [1, ''],
      [2, 'a'],
    ],
    ['a'],
  ],
  ['200 characters of each', [[0, 'x'.repeat(5_000)]], ['x'.repeat(200)]],
  ['no half of a character', [[0, `${'x'.repeat(199)}😀`]], [`${'x'.repeat(199)}\uFFFD`]],
])('a call’s progress tells %s', (_, messages, told) => {
  expect(heard(messages)).toEqual(told);
});
