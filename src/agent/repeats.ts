/** What the run has asked already, so that a model that goes in circles is told so. */
export interface Repeats {
  /** Whether this call may be made; counts it. */
  admit(name: string, args: unknown): boolean;
  /** The outcome of an admitted call. */
  note(name: string, args: unknown, ok: boolean): void;
  /** How many calls were refused. */
  refused(): number;
}

/**
 * A call with the same arguments is refused the third time, and the second time when it succeeded before: reading the
 * same again gives the same. A failed one may be tried once more.
 */
export function openRepeats(): Repeats {
  const calls = new Map<string, { count: number; ok: boolean }>();
  let refused = 0;
  return {
    admit(name, args) {
      const key = toKey(name, args);
      const before = calls.get(key);
      // A call of the same step that is still under way counts as successful.
      if (before && (before.ok || before.count >= 2)) {
        refused++;
        return false;
      }
      calls.set(key, { count: (before?.count ?? 0) + 1, ok: true });
      return true;
    },
    note(name, args, ok) {
      const call = calls.get(toKey(name, args));
      if (call) call.ok = ok;
    },
    refused: () => refused,
  };
}

const toKey = (name: string, args: unknown) => `${name} ${JSON.stringify(canonical(args))}`;

/** The same value with its keys in order, so that `{a, b}` and `{b, a}` are one call. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
