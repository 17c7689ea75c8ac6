import { apiError } from './api-error.ts';

/** What a connection field was asked for, of an unknown shape. */
export type PageArgs = Record<string, unknown>;

/** How the items of a connection are told apart, ordered and shown. */
export interface PageParts<T> {
  idOf: (item: T) => number;
  toNode: (item: T) => unknown;
  /** By what they are sorted, and under which name; by id unless told. */
  sort?: { key: string; valueOf: (item: T) => string | number };
}

interface Position {
  last_id: number;
  last_value: string | number;
  key: string;
}

const maximum = 250;

/**
 * A page of items as a Relay connection. Cursors say the item and its sort value, so that a page goes on where the last
 * one ended though items came and went.
 *
 * Throws what Shopify does for page sizes and cursors that it refuses.
 */
export function toConnection<T>(items: readonly T[], args: PageArgs, parts: PageParts<T>) {
  checkSizes(args);
  const { idOf, toNode, sort = { key: 'ID', valueOf: idOf } } = parts;
  const direction = args.reverse === true ? -1 : 1;
  const sorted = items
    .map((item) => ({
      item,
      at: { last_id: idOf(item), last_value: sort.valueOf(item), key: sort.key },
    }))
    .sort((a, b) => direction * compare(a.at, b.at));
  const after = readCursor(args.after, sort.key);
  const before = readCursor(args.before, sort.key);
  const between = sorted.filter(
    ({ at }) =>
      (!after || direction * compare(at, after) > 0) &&
      (!before || direction * compare(at, before) < 0),
  );
  const page = toPage(between, args);
  const edges = page.map(({ item, at }) => ({ cursor: writeCursor(at), node: toNode(item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.length > 0 && page.at(-1) !== sorted.at(-1),
      hasPreviousPage: page.length > 0 && page[0] !== sorted[0],
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function toPage<T>(items: T[], { first, last }: PageArgs): T[] {
  if (typeof first === 'number') return items.slice(0, first);
  return items.slice(items.length - Math.min(items.length, Number(last)));
}

/** The beginning of a list that is no connection: `fulfillments(first: 5)`. */
export const firstOf = <T>(items: readonly T[], { first }: PageArgs): readonly T[] =>
  typeof first === 'number' ? items.slice(0, first) : items;

function checkSizes({ first, last }: PageArgs): void {
  if (first == null && last == null)
    throw apiError('you must provide one of first or last', 'BAD_REQUEST');
  if (first != null && last != null)
    throw apiError('providing both first and last is not supported', 'BAD_REQUEST');
  for (const [name, size] of Object.entries({ first, last })) {
    if (size == null) continue;
    if (Number(size) < 0) throw apiError(`${name} cannot be negative`, 'BAD_REQUEST');
    if (Number(size) > maximum)
      throw apiError(
        `${name} cannot exceed ${maximum}. To query larger amounts of data with fewer limits, bulk operations should be used instead.`,
        'BAD_REQUEST',
      );
  }
}

function compare(a: Position, b: Position): number {
  if (a.last_value < b.last_value) return -1;
  if (a.last_value > b.last_value) return 1;
  return a.last_id - b.last_id;
}

const writeCursor = (position: Position): string =>
  Buffer.from(JSON.stringify(position)).toString('base64');

function readCursor(cursor: unknown, key: string): Position | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  try {
    const read = JSON.parse(Buffer.from(String(cursor), 'base64').toString()) as Position;
    if (read.key === key && Number.isInteger(read.last_id)) return read;
  } catch {
    // Not one of ours.
  }
  throw apiError('Invalid cursor for current pagination sort.', 'BAD_REQUEST');
}
