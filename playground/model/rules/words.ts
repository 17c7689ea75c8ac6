/** The words of a text as they stand. */
export const toRawWords = (text: string): string[] =>
  (text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, 200);

/** A question or a name as comparable words: lower case, singular. As many as raw ones. */
export const toWords = (text: string): string[] =>
  toRawWords(text).map((word) => singular(word.toLowerCase()));

/** `created_at`, `orderItems` → their words. */
export const wordsOfName = (name: string): string[] =>
  toWords(name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2'));

/** Rough, but the same on both sides of a comparison: `branches` and `branch`, `purchases` and `purchase` meet. */
function singular(word: string): string {
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (word === 'people') return 'person';
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  const one = word.endsWith('s') ? word.slice(0, -1) : word;
  return /(s|x|z|ch|sh)e$/.test(one) ? one.slice(0, -1) : one;
}

/** Where these words stand one after the other, or -1. */
export function indexOfWords(words: string[], part: string[]): number {
  if (part.length === 0) return -1;
  return words.findIndex((_, at) => part.every((word, offset) => words[at + offset] === word));
}

/** Everyday words for what columns and tables are often called, in the singular. No name of any one database. */
const families = [
  'user customer member client person buyer account reader patron subscriber',
  'product article item goods',
  'order purchase sale checkout',
  'loan lending borrowing',
  'staff employee worker colleague',
].map(toWords);

/** Other words for the same kind of thing. */
export const synonymsOf = (word: string): string[] =>
  families
    .filter((family) => family.includes(word))
    .flat()
    .filter((other) => other !== word);

export const moneyWords = [
  'revenue',
  'turnover',
  'income',
  'total',
  'amount',
  'price',
  'cost',
  'value',
  'spend',
  'spent',
  'spending',
  'money',
  'earning',
  'earn',
  'fee',
  'due',
  'balance',
  'sale',
  'sell',
  'sold',
];
export const quantityWords = ['quantity', 'qty', 'unit', 'piece', 'count'];
export const statusWords = [
  'status',
  'state',
  'phase',
  'stage',
  'type',
  'kind',
  'method',
  'tier',
  'level',
  'label',
  'settled',
];
export const placeWords = ['country', 'region', 'city', 'town', 'state', 'place', 'location'];
export const nameWords = ['name', 'title', 'label', 'subject', 'code', 'email', 'mail'];
