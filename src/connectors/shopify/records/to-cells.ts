import { type MaskKind, mask } from './mask.ts';

/** Columns of ShopifyQL that hold what belongs to a person beyond the name. */
const kinds: readonly (readonly [RegExp, MaskKind])[] = [
  [/e-?mail(?!_(?:subscription|marketing|status|campaign))/i, 'email'],
  [/phone/i, 'phone'],
  [/address|(?:^|_)(?:zip|postal_code)/i, 'address'],
];

const kindOf = (name: string) => kinds.find(([pattern]) => pattern.test(name))?.[1];

/** Whether a ShopifyQL query may give what belongs to a person under a name that does not tell. */
export const renamesPersonal = (query: string): boolean =>
  /\bAS\b/i.test(query) && (query.match(/\w+/g) ?? []).some(kindOf);

/** Makes rows of a table into cells in the order of the columns. They come as objects by column, or as arrays. */
export function toCellsOf(names: readonly string[], showPersonal: boolean) {
  const masks = names.map(kindOf);
  return (row: unknown): unknown[] =>
    names.map((name, at) => {
      const value: unknown = Reflect.get(Object(row), Array.isArray(row) ? at : name);
      const kind = showPersonal ? undefined : masks[at];
      return kind ? mask(kind, value) : (value ?? null);
    });
}
