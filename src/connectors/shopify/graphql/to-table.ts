import type { SpoolColumn } from '../../spool.ts';

/** Items as rows for a page that is read later: their parts as columns, or each item whole when they have none. */
export function toTable(items: Iterable<unknown>): {
  columns: SpoolColumn[];
  rows: Iterable<unknown[]>;
} {
  const [first] = items;
  const isPlain = typeof first !== 'object' || first === null || Array.isArray(first);
  const names = isPlain ? [] : Object.keys(first);
  if (names.length === 0 || names.length > 200)
    return {
      columns: [{ name: 'item', type: 'JSON' }],
      rows: Iterator.from(items).map((item) => [item]),
    };
  return {
    columns: names.map((name) => ({ name, type: 'JSON' })),
    rows: Iterator.from(items).map((item) =>
      names.map((name) => (Object(item) as Record<string, unknown>)[name] ?? null),
    ),
  };
}
