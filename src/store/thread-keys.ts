/** The Redis keys of one thread. The braces are a hash tag: a Cluster keeps them all on one node. */
export function keysOf(session: string) {
  const thread = `th:{${session}}`;
  return {
    /** Sorted set of the identities of accepted questions, by time. */
    seen: `${thread}:seen`,
    /** List of accepted questions, oldest first. */
    inbox: `${thread}:inbox`,
    /** Hash: accepted, fence, lastRun, seenUpTo. */
    meta: `${thread}:meta`,
    /** Set of people who asked here. */
    askers: `${thread}:askers`,
    /** String: the owner, while a worker is at it. */
    lease: `${thread}:lease`,
    /** Hash: the unfinished run. */
    run: `${thread}:run`,
    /** List: the finished messages of the unfinished run. */
    turn: `${thread}:turn`,
    /** List: the conversation. */
    transcript: `${thread}:transcript`,
  };
}
