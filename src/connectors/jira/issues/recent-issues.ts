/** How long the search index may lag behind a write, in milliseconds. */
const maxLag = 5 * 60_000;
/** More than Jira takes beside one search. */
const maxIssues = 50;

/** Ids of the issues that were written lately. A search that names them finds them as they are now. */
export class RecentIssues {
  readonly #writtenAt = new Map<number, number>();

  add(id: string | number): void {
    const number = Number(id);
    if (!Number.isSafeInteger(number) || number <= 0) return;
    this.#writtenAt.delete(number); // the newest stands last
    this.#writtenAt.set(number, Date.now());
    for (const first of this.#writtenAt.keys())
      if (this.#writtenAt.size > maxIssues) this.#writtenAt.delete(first);
  }

  ids(now = Date.now()): number[] {
    return [...this.#writtenAt].filter(([, at]) => now - at < maxLag).map(([id]) => id);
  }
}
