import { setTimeout } from 'node:timers/promises';

/** Waits for the work, but for `ms` milliseconds at most; whoever calls goes on in either case. Rejects only as it does. */
export const atMost = async (ms: number, work: Promise<unknown>): Promise<void> => {
  await Promise.race([work, setTimeout(ms, undefined, { ref: false })]);
};

/**
 * The work's outcome.
 *
 * @throws Error when there is none within `ms` milliseconds
 */
export const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    setTimeout(ms, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${ms} ms`);
    }),
  ]);
