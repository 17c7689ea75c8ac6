import { StartError } from '../../src/errors.ts';

/** One way to get a service: a value, nothing when the machine lacks what it takes, or an error when it failed. */
export interface Way<T> {
  name: string;
  get(): Promise<T | undefined>;
}

/**
 * Goes through the ways in order and gives what the first one that works gave.
 *
 * @throws StartError with `advice` (what a person can do about it) and what went wrong on the way.
 */
export async function firstThatWorks<T>(ways: Way<T>[], advice: string): Promise<T> {
  const failures: string[] = [];
  for (const way of ways) {
    try {
      const value = await way.get();
      if (value !== undefined) return value;
    } catch (error) {
      failures.push(`  ${way.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new StartError([advice, ...failures].join('\n'));
}

/** The sentence that fits this machine. */
export function advice(
  need: string,
  hints: { darwin: string; win32: string; linux: string },
): string {
  const platform = process.platform === 'darwin' || process.platform === 'win32';
  return `${need} ${hints[platform ? (process.platform as 'darwin' | 'win32') : 'linux']}`;
}
