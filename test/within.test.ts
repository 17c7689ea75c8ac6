import { expect, it } from 'vitest';
import { atMost, within } from '../src/within.ts';

const never = new Promise<never>(() => {});

it('goes on when the work is done, or after the time that it may take', async () => {
  await atMost(60_000, Promise.resolve());
  await atMost(5, never);
  await expect(atMost(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('gives the work’s outcome, or says that it was late', async () => {
  expect(await within(60_000, Promise.resolve(7))).toBe(7);
  await expect(within(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(within(5, never)).rejects.toThrow('no answer within 5 ms');
});
