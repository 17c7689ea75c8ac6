/** How far a key goes in a list or grid of `columns`; undefined for a key that goes nowhere. */
export function stepOf(key: string, columns = 1): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
    ...(columns > 1 && { ArrowRight: 1, ArrowLeft: -1 }),
  };
  return Object.hasOwn(steps, key) ? steps[key] : undefined;
}

/** Moves the focus among elements. `wrap`: from the last on to the first. Returns whether it went anywhere. */
export function stepFocus(elements: Iterable<HTMLElement>, by: number, wrap = false): boolean {
  const all = [...elements];
  const now = all.findIndex((element) => element.contains(document.activeElement));
  const next = now < 0 && Number.isFinite(by) ? (by > 0 ? 0 : all.length - 1) : now + by;
  const bound = Math.max(0, Math.min(all.length - 1, next));
  const target =
    all[wrap && Number.isFinite(by) && bound !== next ? modulo(next, all.length) : bound];
  target?.focus();
  return target !== undefined && bound === next;
}

const modulo = (value: number, count: number) => ((value % count) + count) % count;
