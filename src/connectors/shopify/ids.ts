import { outsideText } from '../../outside-text.ts';
import { ToolError } from '../tool-error.ts';

/** The kinds of records that have an id of their own in our tools. */
export type IdKind =
  | 'Product'
  | 'ProductVariant'
  | 'Order'
  | 'Customer'
  | 'DraftOrder'
  | 'Location'
  | 'InventoryItem';

const gid = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d{1,20})$/;

/** The id as Shopify writes it, of `gid://shopify/Order/8001` or `8001`; nothing for other text. */
export function toGid(kind: IdKind, text: string): string | undefined {
  const given = text.trim();
  if (/^\d{1,20}$/.test(given)) return `gid://shopify/${kind}/${given}`;
  const [, named] = gid.exec(given) ?? [];
  if (!named) return;
  if (named === kind) return given;
  throw new ToolError(
    'INVALID_ARGUMENT',
    `this id is of the kind ${outsideText(named, 40)}, and ${kind} is wanted`,
  );
}

/** @throws ToolError `INVALID_ARGUMENT` for text that is no id of this kind */
export function requireGid(kind: IdKind, text: string): string {
  const id = toGid(kind, text);
  if (id) return id;
  throw new ToolError(
    'INVALID_ARGUMENT',
    `${JSON.stringify(outsideText(text, 60))} is not the id of a ${kind}`,
    { try: `gid://shopify/${kind}/8001 or 8001, as the lists give it` },
  );
}

/** The number at the end of an id. */
export const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** Which kind of record an id is of; nothing for what is no id. */
export const kindOf = (id: string): string | undefined => gid.exec(id.trim())?.[1];
