import type { GraphQLResolveInfo } from 'graphql';
import { type PageArgs, toConnection } from '../connection.ts';
import type { ApiContext } from '../context.ts';
import { parseSearch, toParsed } from './parse-search.ts';
import { type SearchTable, toFilter } from './search-table.ts';

interface SearchParts<T> {
  items: readonly T[];
  table: SearchTable<T>;
  context: ApiContext;
  info: GraphQLResolveInfo;
}

/** The items that a field's `query` lets through. What of it was ignored goes into the answer's extensions. */
export function searchItems<T>({ query }: PageArgs, parts: SearchParts<T>): readonly T[] {
  if (typeof query !== 'string' || query.trim() === '') return parts.items;
  const search = parseSearch(query);
  const { matches, warnings } = toFilter(search, parts.table);
  if (warnings.length > 0)
    parts.context.searches.push({
      path: toPath(parts.info),
      query,
      parsed: toParsed(search),
      warnings,
    });
  return parts.items.filter(matches);
}

/** A page of what a field's `query` lets through, in its `sortKey`'s order. */
export function searchConnection<T>(
  args: PageArgs,
  parts: SearchParts<T> & { idOf: (item: T) => number; toNode: (item: T) => unknown },
) {
  const { sorts, sortKey } = parts.table;
  const key = typeof args.sortKey === 'string' ? args.sortKey : sortKey;
  const { idOf, toNode } = parts;
  return toConnection(searchItems(args, parts), args, {
    idOf,
    toNode,
    sort: { key, valueOf: sorts[key] ?? idOf },
  });
}

const defaultLimit = 10_000;

/** How many a field's `query` lets through, exactly up to its `limit`; null is no limit. */
export function searchCount<T>(args: PageArgs, parts: SearchParts<T>) {
  const found = searchItems(args, parts).length;
  const limit = args.limit === null ? found : Number(args.limit ?? defaultLimit);
  return { count: Math.min(found, limit), precision: found > limit ? 'AT_LEAST' : 'EXACT' };
}

function toPath({ path }: GraphQLResolveInfo): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: typeof path | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return keys;
}
