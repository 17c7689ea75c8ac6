import { vi } from 'vitest';

/** Waits until the check no longer throws, and gives what it gave: up to twenty seconds, since the machine runs other tests beside. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 20_000 });
