import { expect, it } from 'vitest';
import { openRepeats } from '../../src/agent/repeats.ts';

type Step = [args: unknown, ok: boolean];

it.each<[string, Step[], boolean[]]>([
  [
    'a call after the same one succeeded',
    [
      [{ a: 1 }, true],
      [{ a: 1 }, true],
    ],
    [true, false],
  ],
  [
    'the same arguments in another order',
    [
      [{ a: 1, b: [{ c: 2, d: 3 }] }, true],
      [{ b: [{ d: 3, c: 2 }], a: 1 }, true],
    ],
    [true, false],
  ],
  [
    'a failed call once more, then not',
    [
      [{}, false],
      [{}, false],
      [{}, false],
    ],
    [true, true, false],
  ],
  [
    'calls in turns',
    [
      [1, true],
      [2, true],
      [1, true],
      [2, true],
    ],
    [true, true, false, false],
  ],
  [
    'other arguments',
    [
      [{ a: 1 }, true],
      [{ a: '1' }, true],
      [{}, true],
      [null, true],
    ],
    [true, true, true, true],
  ],
])('%s', (_, steps, admitted) => {
  const repeats = openRepeats();
  const results = steps.map(([args, ok]) => {
    const may = repeats.admit('t', args);
    if (may) repeats.note('t', args, ok);
    return may;
  });
  expect(results).toEqual(admitted);
  expect(repeats.refused()).toBe(admitted.filter((may) => !may).length);
});

it('refuses a call that is still under way', () => {
  const repeats = openRepeats();
  expect([repeats.admit('t', {}), repeats.admit('t', {})]).toEqual([true, false]);
});
