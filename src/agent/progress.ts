const everyMs = 1_000;
const longest = 200;

/** Passes a call's progress on at most once a second, 200 characters of it: a source may send it hundreds of times. */
export function toProgress(
  tell: (message: string) => void,
  now: () => number = () => performance.now(),
): (progress: { message?: string | undefined }) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    if (!message || now() < quietUntil) return;
    quietUntil = now() + everyMs;
    tell(message.slice(0, longest).toWellFormed());
  };
}
