/** What has happened since the last edit, least pressing first. */
export const pending = { nothing: 0, thought: 1, words: 2, event: 3 } as const;
export type Pending = (typeof pending)[keyof typeof pending];

/**
 * The least time from one progress edit's start to the next one's, in milliseconds.
 *
 * One second, growing with the age of the reply (a tenth of it, at most 5 s): what is long in the making may be
 * a little older. A tool that starts or ends does not wait longer than the second; a mere thought waits three.
 */
export function editGap(news: Pending, age: number): number {
  if (news === pending.event) return 1_000;
  const wide = Math.min(5_000, age / 10);
  return Math.max(news === pending.thought ? 3_000 : 1_000, wide);
}
