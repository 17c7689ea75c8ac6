import { expect, it } from 'vitest';
import { waitUntil } from '../../../playground/slack/client/wait-until.ts';

/** Something to wait on: `stir()` tells that it may have changed. */
function source() {
  const listeners = new Set<() => void>();
  return {
    listeners,
    onStir: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stir: () => {
      for (const listener of [...listeners]) listener();
    },
  };
}

it.each([
  ['at once', () => 7],
  ['soon', async () => 7],
])('gives what is there %s, and listens no more', async (_name, check) => {
  const { onStir, listeners } = source();
  expect(await waitUntil(onStir, check, 1_000)).toBe(7);
  expect(listeners.size).toBe(0);
});

it('sees what is there between two stirs only', async () => {
  const { onStir, stir } = source();
  let seen: number | undefined;
  const waiting = waitUntil(onStir, () => seen, 1_000);
  seen = 3;
  stir();
  seen = undefined;
  stir();
  expect(await waiting).toBe(3);
});

it('asks a slow check once more for all that happened meanwhile', async () => {
  const { onStir, stir } = source();
  const answers = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
  let asked = 0;
  const waiting = waitUntil(onStir, () => answers[asked++]?.promise ?? false, 1_000);
  stir();
  stir();
  expect(asked).toBe(1);
  answers[0]?.resolve(false);
  answers[1]?.resolve(true);
  expect(await waiting).toBe(true);
  expect(asked).toBe(2);
});

it('gives nothing when the time is over, even while a check is running', async () => {
  const { onStir, listeners } = source();
  const late = Promise.withResolvers<number>();
  expect(await waitUntil(onStir, () => late.promise, 5)).toBeUndefined();
  late.reject(new Error('too late for anybody'));
  expect(listeners.size).toBe(0);
});

it('passes on what the check throws', async () => {
  const { onStir, listeners } = source();
  const broken = () => {
    throw new Error('broken');
  };
  await expect(waitUntil(onStir, broken, 1_000)).rejects.toThrow('broken');
  expect(listeners.size).toBe(0);
});
