/** Milliseconds since 1970 with fractions: comparable between processes of one machine, and fine enough for a bench. */
export const now = () => performance.timeOrigin + performance.now();

/** Waits `ms`; ends early, and quietly, when `signal` fires. */
export const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
