import { type MaskKind, mask } from './mask.ts';

/** As Shopify gives them: objects by column, in some versions arrays. */
export type Row = readonly unknown[] | Record<string, unknown>;

/** Columns of ShopifyQL that hold what belongs to a person beyond the name. */
const kinds: readonly (readonly [RegExp, MaskKind])[] = [
  [/e-?mail(?!_(?:subscription|marketing|status|campaign))/i, 'email'],
  [/phone/i, 'phone'],
  [/address|(?:^|_)(?:zip|postal_code)/i, 'address'],
];

/** Makes rows of a table, which come as objects or arrays, into cells in the order of the columns. */
export function toCellsOf(names: readonly string[], showPersonal: boolean) {
  const masks = names.map((name) => kinds.find(([pattern]) => pattern.test(name))?.[1]);
  return (row: Row): unknown[] =>
    names.map((name, at) => {
      const value: unknown = Reflect.get(Object(row), Array.isArray(row) ? at : name);
      const kind = showPersonal ? undefined : masks[at];
      return kind ? mask(kind, value) : (value ?? null);
    });
}
