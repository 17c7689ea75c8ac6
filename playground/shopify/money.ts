import { currency } from './nodes/shop-nodes.ts';

/** Cents as the scalar `Money`: `12.50`. */
export const toMoney = (cents: number): string => (cents / 100).toFixed(2);

/** Cents as the scalar `Decimal`, which has no more places than it needs but one: `12.5`, `0.0`. */
export const toDecimal = (cents: number): string => {
  const [whole, places = ''] = toMoney(cents).split('.');
  return `${whole}.${places.replace(/0$/, '')}`;
};

/** `MoneyV2`. */
export const toAmount = (cents: number) => ({ amount: toDecimal(cents), currencyCode: currency });

/** `MoneyBag`: the shop sells in one currency. */
export const toBag = (cents: number) => ({
  shopMoney: toAmount(cents),
  presentmentMoney: toAmount(cents),
});
