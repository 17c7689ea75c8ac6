import { setTimeout } from 'node:timers/promises';

/**
 * Waits, without keeping the process alive for it.
 *
 * @throws the signal's reason, at once, when it fires.
 */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal, ref: false });
  } catch {
    signal.throwIfAborted();
  }
}
