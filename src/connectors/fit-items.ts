/** A list that was cut so that an answer stays small. */
export interface Fitted<Item> {
  items: Item[];
  truncated: boolean;
}

/** The first items whose JSON is at most `maxBytes` large; at least one, so that paging always moves on. */
export function fitItems<Item>(items: readonly Item[], maxBytes = 18_000): Fitted<Item> {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > maxBytes;
  });
  if (end < 0) return { items: [...items], truncated: false };
  return { items: items.slice(0, Math.max(end, 1)), truncated: items.length > Math.max(end, 1) };
}
