import tables from './search-fields.json' with { type: 'json' };

/** What a search field takes: `string`, `id`, `time`, `date`, `boolean`, a kind of number, `mixed`, or only these words. */
export type FieldType = string | readonly string[];

const all = tables as Record<string, string | Record<string, FieldType>>;

/**
 * The search fields of a list or count by its name in the schema (`orders`, `customersCount`); nothing where Shopify
 * documents none.
 *
 * Source: the tables in the descriptions of the `query` arguments of 2026-10. They are documentation, no contract.
 */
export function searchFields(root: string): Record<string, FieldType> | undefined {
  const entry = all[root];
  return typeof entry === 'string' ? searchFields(entry) : entry;
}
