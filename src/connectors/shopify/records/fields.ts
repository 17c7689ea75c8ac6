import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { shortId } from '../ids.ts';

/** Text from a shop, on one line and cut at so many characters. */
export const text = (max = 255) => z.string().transform((value) => outsideText(value, max));

/** Money as Shopify's decimal string, never a float: `{ amount: "19.90", currency: "EUR" }`. */
export const money = z
  .object({ amount: z.string(), currencyCode: z.string() })
  .transform(({ amount, currencyCode }) => ({ amount, currency: currencyCode }));

/** What an amount is in the shop's own currency. */
export const shopMoney = z
  .object({ shopMoney: money })
  .transform(({ shopMoney: { amount, currency } }) => ({ amount, currency }));

/** An enum's word as people write it: `PARTIALLY_PAID` → `partially_paid`. */
export const word = z.string().transform((value) => outsideText(value, 60).toLowerCase());

export const tags = z
  .array(z.string())
  .transform((values) => values.slice(0, 50).map((value) => outsideText(value, 80)));

/** An id both as Shopify writes it and as people do. */
export const toIds = (id: string) => ({ id, short_id: shortId(id) });

/** The object without its empty parts: what is null, absent or an empty list says nothing. */
export function withoutEmpty<Value extends object>(value: Value): Partial<Value> {
  const isFull = ([, part]: [string, unknown]) =>
    part !== null && part !== undefined && part !== '' && !(Array.isArray(part) && !part.length);
  return Object.fromEntries(Object.entries(value).filter(isFull)) as Partial<Value>;
}
