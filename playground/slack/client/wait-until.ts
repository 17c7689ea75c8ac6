/** Calls `listener` whenever something may have changed. Returns how to stop that. */
export type OnStir = (listener: () => void) => () => void;

/** What is waited for, or nothing yet. */
export type Check<T> = () => T | undefined | false | Promise<T | undefined | false>;

/**
 * Resolves with what `check` gives as soon as it gives something, or with nothing after `timeoutMs`. It is asked now and after
 * every stir, one at a time: what happens meanwhile has it asked once more. Rejects with what `check` throws.
 */
export function waitUntil<T>(
  onStir: OnStir,
  check: Check<T>,
  timeoutMs: number,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    let looking = false;
    let stirred = false;
    let over = false;
    const end = (settle: () => void) => {
      over = true;
      clearTimeout(timer);
      stop();
      settle();
    };
    const look = async () => {
      stirred = true;
      if (looking) return;
      looking = true;
      while (stirred && !over) {
        stirred = false;
        const checked = check();
        // What is there at once is seen at once: it may be gone a moment later.
        const found = checked instanceof Promise ? await checked : checked;
        if (over || found === undefined || found === false) continue;
        end(() => resolve(found));
      }
      looking = false;
    };
    const onTime = () => look().catch((error: unknown) => over || end(() => reject(error)));
    const timer = setTimeout(() => end(() => resolve(undefined)), timeoutMs);
    const stop = onStir(() => void onTime());
    void onTime();
  });
}
