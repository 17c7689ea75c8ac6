/** At most this many answers are kept; the oldest goes first. */
const maxEntries = 5000;

/**
 * Remembers a look-up's answers for `maxAgeMs` milliseconds. Calls for the same key share one look-up; a failed
 * one is forgotten at once.
 */
export function expiring<T>(maxAgeMs: number, lookUp: (key: string) => Promise<T>) {
  const known = new Map<string, { at: number; answer: Promise<T> }>();
  return (key: string): Promise<T> => {
    const entry = known.get(key);
    if (entry && Date.now() - entry.at < maxAgeMs) return entry.answer;
    const answer = lookUp(key);
    known.delete(key); // so that the map stays in order of age
    known.set(key, { at: Date.now(), answer });
    answer.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= maxEntries) break;
      known.delete(oldest);
    }
    return answer;
  };
}
