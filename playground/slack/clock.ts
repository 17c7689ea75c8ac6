/** Milliseconds since 1970 with fractions: comparable between processes of one machine, and fine enough for a bench. */
export const now = () => performance.timeOrigin + performance.now();

/** Whole seconds since 1970, as most of Slack's times are. */
export const unixSeconds = () => Math.floor(Date.now() / 1000);

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
