import { checkSearch } from './check-search.ts';

/** A filter of ours: the field, with its comparator if it has one (`created_at:>=`), and what it is compared with. */
export type Filter = readonly [field: string, value: string | number | undefined];

/**
 * The text of a search made of what the caller wrote and of filters of ours, each checked and quoted; nothing without
 * any. `root` is the list's name in the schema.
 *
 * @throws ToolError `INVALID_ARGUMENT` for a field or value that Shopify would leave out
 */
export function toSearch(
  root: string,
  query: string | undefined,
  filters: readonly Filter[] = [],
): string | undefined {
  const terms = filters.flatMap(([field, value]) =>
    value === undefined ? [] : [toTerm(field, value)],
  );
  const own = query?.trim();
  // What stands in parentheses can't reach what follows: the check has counted them.
  const parts = own ? [terms.length > 0 ? `(${own})` : own, ...terms] : terms;
  if (own) checkSearch(root, own);
  for (const term of terms) checkSearch(root, term);
  return parts.length > 0 ? parts.join(' AND ') : undefined;
}

/** The value in quotes, in which nothing of it can end them. */
function toTerm(field: string, value: string | number): string {
  const [name = '', comparator = ''] = field.split(':');
  const text = typeof value === 'number' ? `${value}` : `'${value.replace(/[\\']/g, '\\$&')}'`;
  return `${name}:${comparator}${text}`;
}
